package basewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Other scanners beside ours, run by {@code src/test/python/scan_peers.py} in a Python that {@code
 * src/test/scripts/scan-peers.sh} made.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}, with a JDK 25 and the test
 * class path:
 *
 * <pre>{@code
 * java ... basewise.bench.ScanPeers time PYTHON MOTIFS FASTA [PVALUE [WORK]]
 * java ... basewise.bench.ScanPeers hits PYTHON MOTIFS FASTA PVALUE PEER ...
 * }</pre>
 *
 * <p>{@code time} prints how fast peers are; {@code hits} compares the places they find, and FIMO's
 * scores and p-values, with ours ({@link ScanAgreement}) and fails if a difference is not one of
 * rounding. PEER is moods-sums, moods-bits, lightmotif or fimo.
 */
public final class ScanPeers {
  private static final String SCRIPT = "src/test/python/scan_peers.py";

  /** FIMO is so slow that it gets this part of the work of others. */
  private static final double FIMO_PART = 1.0 / 20;

  private ScanPeers() {}

  /**
   * What a peer did.
   *
   * @param peer lightmotif, moods, memelite or pymemesuite (FIMO)
   * @param motifs how many motifs, on both strands
   * @param bases how many bases
   * @param seconds best time, one thread
   * @param hits how many hits, by its own threshold for the p-value
   */
  public record Row(String peer, int motifs, long bases, double seconds, long hits) {
    /** Strand-motif-positions a second. */
    public double rate() {
      return 2.0 * motifs * bases / seconds;
    }
  }

  /**
   * Times all peers that are installed, each on one thread and both strands, hits counted.
   *
   * @param python of the virtual environment
   * @param motifs MEME text, gzipped or not
   * @param fasta the sequences, gzipped or not
   * @param pvalue threshold
   * @param work strand-motif-positions a peer does at most (fewer motifs, then fewer bases), FIMO a
   *     twentieth of it; 0 for all
   * @param repeats how often; the best counts
   */
  public static List<Row> time(
      String python, Path motifs, Path fasta, double pvalue, double work, int repeats)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String[] f :
        run(
            python,
            "time",
            motifs,
            fasta,
            pvalue,
            "--work",
            Double.toString(work),
            "--fimo-work",
            Double.toString(work * FIMO_PART),
            "--repeat",
            Integer.toString(repeats))) {
      rows.add(
          new Row(
              f[0],
              Integer.parseInt(f[1]),
              Long.parseLong(f[2]),
              Double.parseDouble(f[3]),
              Long.parseLong(f[4])));
    }
    return rows;
  }

  /** The rows of a peer's hits: motif, sequence, 0-based start, strand, score, p-value. */
  static List<String[]> hits(String python, String peer, Path motifs, Path fasta, double pvalue)
      throws IOException {
    return run(python, "hits", motifs, fasta, pvalue, "--peer", peer);
  }

  /** The table a run of the script prints, without its head. */
  private static List<String[]> run(
      String python, String what, Path motifs, Path fasta, double pvalue, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                SCRIPT,
                what,
                "--motifs",
                motifs.toString(),
                "--fasta",
                fasta.toString(),
                "--pvalue",
                Double.toString(pvalue)));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String[]> rows = new ArrayList<>();
    try (BufferedReader in = process.inputReader()) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rows.add(line.split("\t", -1));
      }
    }
    try {
      if (process.waitFor() != 0) {
        throw new IOException("ended with " + process.exitValue() + ": " + command);
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException("interrupted: " + command, e);
    }
    return rows;
  }

  /** Times peers, or compares their hits with ours. */
  public static void main(String[] args) throws IOException {
    Path motifs = Path.of(args[2]);
    Path fasta = Path.of(args[3]);
    double pvalue = args.length > 4 ? Double.parseDouble(args[4]) : 1e-4;
    if (args[0].equals("time")) {
      double work = args.length > 5 ? Double.parseDouble(args[5]) : 0;
      for (Row r : time(args[1], motifs, fasta, pvalue, work, 3)) {
        System.out.printf(
            Locale.ROOT,
            "%-12s %d motifs x %d bases x 2 strands: %.4f s, %.4f G strand-motif-positions/s,"
                + " %d hits%n",
            r.peer(),
            r.motifs(),
            r.bases(),
            r.seconds(),
            r.rate() / 1e9,
            r.hits());
      }
      return;
    }
    ScanAgreement ours = ScanAgreement.scan(motifs, fasta, pvalue);
    boolean agree = true;
    for (String peer : List.of(args).subList(5, args.length)) {
      ScanAgreement.Answer answer = ours.with(peer, hits(args[1], peer, motifs, fasta, pvalue));
      System.out.println(answer.text());
      agree &= answer.agrees();
    }
    if (!agree) {
      throw new AssertionError("differences that rounding does not explain");
    }
  }
}
