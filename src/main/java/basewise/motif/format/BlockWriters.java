package basewise.motif.format;

import basewise.motif.Motif;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writers of the formats that {@link BlockText} reads. */
final class BlockWriters {
  private BlockWriters() {}

  /** JASPAR since 2016: {@code >id name}, and a bracketed row of counts for each base. */
  static String jaspar(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      title(out, motif);
      String[][] cells = Cells.counts(motif);
      int wide = 6;
      for (String[] row : cells) {
        for (String cell : row) {
          wide = Math.max(wide, cell.length());
        }
      }
      for (int c = 0; c < 4; c++) {
        out.append("ACGT".charAt(c)).append("  [");
        for (String[] row : cells) {
          out.append(' ').append(" ".repeat(wide - row[c].length())).append(row[c]);
        }
        out.append(" ]\n");
      }
    }
    return out.toString();
  }

  /** {@code >id name} and a row of counts for each position: Cluster-Buster, HOCOMOCO's counts. */
  static String positionCounts(List<Motif> motifs, boolean names) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      if (names) {
        title(out, motif);
      } else {
        out.append('>').append(motif.id()).append('\n');
      }
      for (String[] row : Cells.counts(motif)) {
        out.append(String.join("\t", row)).append('\n');
      }
    }
    return out.toString();
  }

  /** GimmeMotifs: {@code >id name} and a row of probabilities for each position. */
  static String gimme(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      title(out, motif);
      for (String[] row : Cells.probabilities(motif)) {
        out.append(String.join("\t", row)).append('\n');
      }
    }
    return out.toString();
  }

  /** ENCODE (Kheradpour and Kellis): the consensus letter before each row of probabilities. */
  static String encode(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      title(out, motif);
      String[][] cells = Cells.probabilities(motif);
      String consensus = motif.probabilities().consensus();
      for (int i = 0; i < cells.length; i++) {
        out.append(consensus.charAt(i)).append(' ').append(String.join(" ", cells[i])).append('\n');
      }
    }
    return out.toString();
  }

  /** HOMER: {@code >consensus, id, threshold} (tabs) and a row of probabilities a position. */
  static String homer(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      String threshold = motif.notes().get("homer_threshold");
      if (threshold == null) {
        threshold = String.format(Locale.ROOT, "%.6f", HomerThreshold.of(motif.probabilities()));
      }
      out.append('>').append(motif.probabilities().consensus()).append('\t');
      out.append(motif.id()).append('\t').append(threshold).append('\n');
      for (String[] row : Cells.probabilities(motif)) {
        out.append(String.join("\t", row)).append('\n');
      }
    }
    return out.toString();
  }

  /** CIS-BP: keys, then {@code Pos A C G T} and numbered rows of probabilities. */
  static String cisbp(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      Map<String, String> notes = motif.notes();
      out.append("TF\t").append(notes.getOrDefault("cisbp_tf", motif.id())).append('\n');
      out.append("TF Name\t").append(motif.name()).append('\n');
      out.append("Gene\t").append(notes.getOrDefault("cisbp_gene", motif.label())).append('\n');
      out.append("Motif\t").append(motif.id()).append('\n');
      out.append("Family\t").append(notes.getOrDefault("family", "")).append('\n');
      out.append("Species\t").append(notes.getOrDefault("species", "")).append('\n');
      out.append("Pos\tA\tC\tG\tT\n");
      String[][] cells = Cells.probabilities(motif);
      for (int i = 0; i < cells.length; i++) {
        out.append(i + 1).append('\t').append(String.join("\t", cells[i])).append('\n');
      }
      out.append("\n\n");
    }
    return out.toString();
  }

  /** UniPROBE's short form: the id, then a row of probabilities for each base. */
  static String uniprobe(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      out.append(motif.id()).append('\n');
      String[][] cells = Cells.probabilities(motif);
      for (int c = 0; c < 4; c++) {
        out.append("ACGT".charAt(c)).append(':');
        for (String[] row : cells) {
          out.append('\t').append(row[c]);
        }
        out.append('\n');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static void title(StringBuilder out, Motif motif) {
    out.append('>').append(motif.id());
    if (!motif.name().isEmpty()) {
      out.append('\t').append(motif.name().strip());
    }
    out.append('\n');
  }
}
