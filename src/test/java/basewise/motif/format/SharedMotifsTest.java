package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import basewise.io.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Every real motif file at hand is read, or refused with its line. How many motifs each holds was
 * counted without our readers: by its headers with grep ("^MOTIF", "^>", "^P0|^PO", "^Motif",
 * "^Probability matrix"), and for the mixed samples with Biopython 1.88.
 */
class SharedMotifsTest {
  private static final Path FOLDER = Path.of("../shared/data/motifs");

  @Test
  void everyFileIsReadOrRefusedAsExpected() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      System.out.println("SharedMotifsTest skipped: no ../shared/data/motifs");
    }
    assumeTrue(Files.isDirectory(FOLDER), "no ../shared/data/motifs");
    Map<String, String> expected = new TreeMap<>();
    try (InputStream in = SharedMotifsTest.class.getResourceAsStream("/motifs/shared-motifs.tsv");
        BufferedReader rows =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        if (!row.startsWith("#")) {
          String[] cells = row.split("\t");
          expected.put(cells[0], cells[1]);
        }
      }
    }
    Map<String, String> seen = new TreeMap<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = FOLDER.relativize(file).toString().replace('\\', '/');
        try {
          MotifCollection c = MotifFile.readCollection(file.toString());
          seen.put(name, c.format() + " " + c.motifs().size());
        } catch (InputException e) {
          String place = file + ":";
          assertThat(e).hasMessageStartingWith(place);
          seen.put(
              name, "refused at " + e.getMessage().substring(place.length()).replaceAll(":.*", ""));
        }
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void headersCountedHereAgree() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no ../shared/data/motifs");
    List<String> wrong = new ArrayList<>();
    TreeSet<String> checked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        String mark =
            name.contains(".meme")
                ? "MOTIF"
                : name.contains(".transfac")
                    ? "P[0O]\\s"
                    : name.matches(".*\\.(jaspar|motif|motifs)(\\.gz)?") ? ">" : null;
        if (mark == null) {
          continue;
        }
        long n;
        try (InputStream raw = Files.newInputStream(file);
            InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
            BufferedReader text =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
          n = text.lines().filter(l -> l.matches(mark + ".*")).count();
        }
        checked.add(name);
        if (MotifFile.read(file.toString()).size() != n) {
          wrong.add(name + " has " + n);
        }
      }
    }
    if (checked.size() < 40) {
      fail("only " + checked);
    }
    assertThat(wrong).isEmpty();
  }
}
