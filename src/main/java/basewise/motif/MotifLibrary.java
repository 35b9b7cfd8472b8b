package basewise.motif;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.motif.format.MotifCollection;
import basewise.motif.format.MotifFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The motif collections that ship, by name, and any motif file, by path. {@code jaspar} is the
 * whole collection, {@code jaspar:vertebrates} one taxon of it. A name of the catalogue wins over a
 * file of the same name; {@code ./jaspar} is the file.
 */
public final class MotifLibrary {
  private final Path folder;

  private MotifLibrary(Path folder) {
    this.folder = folder;
  }

  /** The library of this installation: {@code motifs/} in the folder {@code basewise.home}. */
  public static MotifLibrary installed() {
    return at(Path.of(System.getProperty("basewise.home", ""), "motifs"));
  }

  /** A library in a folder that has a {@code catalog.tsv}. */
  public static MotifLibrary at(Path folder) {
    return new MotifLibrary(folder);
  }

  /** Names of the collections of the catalogue and the file each is in. */
  public Map<String, Path> collections() {
    Map<String, Path> found = new LinkedHashMap<>();
    Path catalog = folder.resolve("catalog.tsv");
    if (Files.isRegularFile(catalog)) {
      for (Map<String, String> row : table(catalog)) {
        String name = row.getOrDefault("collection", "");
        if (!name.isEmpty()) {
          found.putIfAbsent(name, folder.resolve(row.getOrDefault("file", "")));
        }
      }
    }
    return found;
  }

  /** The taxa that the tables of the catalogue name, sorted. */
  public List<String> taxa() {
    Set<String> taxa = new TreeSet<>();
    for (Path collection : collections().values()) {
      Path beside = beside(collection);
      if (Files.isRegularFile(beside)) {
        table(beside).forEach(row -> taxa.add(row.getOrDefault("taxon", "")));
      }
    }
    taxa.remove("");
    return List.copyOf(taxa);
  }

  /** The motifs of {@code NAME}, {@code NAME:TAXON} or a path. */
  public List<Motif> resolve(String nameOrPath) {
    return resolve(nameOrPath, null);
  }

  /**
   * The motifs of {@code NAME}, {@code NAME:TAXON} or a path, of some taxa only.
   *
   * @param taxon one or more taxonomic groups separated by commas, in any case (vertebrates,
   *     fungi), or null or "all" for every motif
   * @throws InputException if there is no such collection or file, or no motif of that taxon
   */
  public List<Motif> resolve(String nameOrPath, @Nullable String taxon) {
    return collection(nameOrPath, taxon).motifs();
  }

  /** As {@link #resolve(String, String)}, with the format and the background of the file. */
  public MotifCollection collection(String nameOrPath, @Nullable String taxon) {
    Map<String, Path> known = collections();
    int colon = nameOrPath.indexOf(':');
    String name = colon < 0 ? nameOrPath : nameOrPath.substring(0, colon);
    Path file = known.get(name);
    if (file == null) {
      if (!nameOrPath.equals("-") && !Files.exists(Path.of(nameOrPath))) {
        throw new InputException(
            nameOrPath,
            "no such motif file or collection",
            known.isEmpty()
                ? "no collections are installed in " + folder
                : "collections: " + String.join(", ", known.keySet()));
      }
      MotifCollection c = MotifFile.readCollection(nameOrPath);
      return with(c, ofTaxon(nameOrPath, c.motifs(), taxon, true));
    }
    MotifCollection c = MotifFile.readCollection(file.toString());
    List<Motif> all = joined(c.motifs(), file);
    if (colon >= 0) {
      all = ofTaxon(name, all, nameOrPath.substring(colon + 1), false);
    }
    return with(c, ofTaxon(name, all, taxon, true));
  }

  private static MotifCollection with(MotifCollection c, List<Motif> motifs) {
    return new MotifCollection(c.source(), c.format(), c.background(), motifs);
  }

  private static List<Motif> ofTaxon(
      String source, List<Motif> motifs, @Nullable String taxon, boolean option) {
    if (taxon == null || taxon.isBlank() || taxon.equalsIgnoreCase("all")) {
      return motifs;
    }
    Set<String> wanted = Set.of(taxon.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*"));
    Set<String> seen = new TreeSet<>();
    List<Motif> kept = new ArrayList<>();
    for (Motif motif : motifs) {
      String of = motif.notes().getOrDefault("taxon", "").toLowerCase(Locale.ROOT);
      if (!of.isEmpty()) {
        seen.add(of);
      }
      if (wanted.contains(of)) {
        kept.add(motif);
      }
    }
    for (String one : new TreeSet<>(wanted)) {
      if (!seen.contains(one)) {
        String problem = "has no motif of taxon '" + one + "'";
        String remedy =
            seen.isEmpty() ? "its motifs name no taxon" : "taxa: " + String.join(", ", seen);
        throw option
            ? InputException.ofOption("--taxon", source + " " + problem, remedy)
            : new InputException(source, problem, remedy);
      }
    }
    return kept;
  }

  private static Path beside(Path file) {
    String base = file.getFileName().toString().replaceFirst("\\.meme(\\.gz)?$", "");
    return file.resolveSibling(base + ".tsv");
  }

  /** Adds the columns of the table beside the collection (taxon, family, ...) to the notes. */
  private static List<Motif> joined(List<Motif> motifs, Path file) {
    Path beside = beside(file);
    if (!Files.isRegularFile(beside)) {
      return motifs;
    }
    List<String[]> rows = rows(beside);
    String[] names = rows.isEmpty() ? new String[0] : rows.getFirst();
    int id = List.of(names).indexOf("id");
    Map<String, String[]> byId = new HashMap<>();
    for (String[] row : rows.subList(Math.min(1, rows.size()), rows.size())) {
      byId.put(id < 0 ? "" : row[id], row);
    }
    List<Motif> out = new ArrayList<>(motifs.size());
    for (Motif m : motifs) {
      Map<String, String> notes = new LinkedHashMap<>(m.notes());
      String[] row = byId.getOrDefault(m.id(), new String[0]);
      for (int i = 0; i < row.length; i++) {
        if (!names[i].equals("id") && !names[i].equals("name") && !row[i].isEmpty()) {
          notes.put(names[i], row[i]);
        }
      }
      out.add(
          new Motif(m.id(), m.name(), m.probabilities(), m.sites(), m.evalue(), m.counts(), notes));
    }
    return out;
  }

  private static List<Map<String, String>> table(Path file) {
    List<String[]> rows = rows(file);
    List<Map<String, String>> table = new ArrayList<>();
    for (String[] cells : rows.subList(Math.min(1, rows.size()), rows.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(rows.getFirst()[i], cells[i]);
      }
      table.add(row);
    }
    return table;
  }

  /** The names of columns, and then the rows, each as long. */
  private static List<String[]> rows(Path file) {
    List<String[]> rows = new ArrayList<>();
    try (TextInput in = TextInput.open(file.toString())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty() || line.startsWith("#")) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        if (!rows.isEmpty() && cells.length != rows.getFirst().length) {
          throw in.wrong(
              "expected " + rows.getFirst().length + " columns, found " + cells.length, "");
        }
        rows.add(cells);
      }
    }
    return rows;
  }
}
