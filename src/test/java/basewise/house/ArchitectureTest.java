package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors and doors of the house, read from the class files. */
class ArchitectureTest {
  private static final Path CLASSES = Path.of("target/classes");

  /** Room to floor; a package may use only lower floors and its own room. */
  private static final Map<String, Integer> FLOOR =
      Map.ofEntries(
          Map.entry("cli", 7),
          Map.entry("report", 6),
          Map.entry("discovery", 5),
          Map.entry("patterns", 5),
          Map.entry("attribution", 4),
          Map.entry("nn", 3),
          Map.entry("dataset", 2),
          Map.entry("scan", 2),
          Map.entry("compare", 2),
          Map.entry("encode", 1),
          Map.entry("genome", 1),
          Map.entry("motif", 1),
          Map.entry("sequence", 0),
          Map.entry("stats", 0),
          Map.entry("io", 0),
          Map.entry("cuda", 0));

  /** Heavy library to the rooms that may open it; "*.kernel" is every kernel package. */
  private static final Map<String, Set<String>> DOORS =
      Map.of(
          "org.nd4j", Set.of("nn"),
          "org.deeplearning4j", Set.of("nn"),
          "picocli", Set.of("cli"),
          "htsjdk", Set.of("genome", "io"),
          "nl.cwts", Set.of("patterns"),
          "io.jhdf", Set.of("io"),
          "org.biojava", Set.of("genome", "sequence"),
          "java.lang.foreign", Set.of("cuda", "cli"), // cli: dup2, to take over standard error
          "jdk.incubator.vector", Set.of("*.kernel"));

  private static final Pattern TYPE = Pattern.compile("L?((?:[\\w$]+/)+[\\w$]+)");

  @Test
  void everyPackageUsesOnlyLowerFloors() throws IOException {
    Set<String> wrong = new TreeSet<>();
    classUses()
        .forEach((user, uses) -> {
          String from = room(user);
          for (String used : uses) {
            if (!used.startsWith("basewise.")) {
              continue;
            }
            String to = room(used);
            if (!to.equals(from) && FLOOR.get(to) >= FLOOR.get(from)) {
              wrong.add(user + " uses " + used);
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyHeavyLibraryHasOneDoor() throws IOException {
    Set<String> wrong = new TreeSet<>();
    classUses()
        .forEach((user, uses) -> {
          for (String used : uses) {
            DOORS.forEach((library, rooms) -> {
              boolean kernel = user.contains(".kernel.") && rooms.contains("*.kernel");
              if (used.startsWith(library + ".") && !kernel && !rooms.contains(room(user))) {
                wrong.add(user + " uses " + used);
              }
            });
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
    Set<String> wrong = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/basewise"))) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        boolean hasCode;
        try (Stream<Path> inside = Files.list(folder)) {
          hasCode = inside.anyMatch(p -> p.toString().endsWith(".java"));
        }
        Path info = folder.resolve("package-info.java");
        if (hasCode
            && !(Files.exists(info)
                && Files.readString(info).matches("(?s).*Floor \\d.*@NullMarked.*"))) {
          wrong.add(folder.toString());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String room(String className) {
    String room = className.split("\\.")[1];
    assertThat(FLOOR).as("the room of " + className).containsKey(room);
    return room;
  }

  /** Class name to every class it mentions: in code, signatures and annotations alike. */
  private static Map<String, Set<String>> classUses() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    try (Stream<Path> files = Files.walk(CLASSES.resolve("basewise"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        String name = model.thisClass().asInternalName().replace('/', '.');
        Set<String> mentioned = uses.computeIfAbsent(name, n -> new TreeSet<>());
        for (PoolEntry entry : model.constantPool()) {
          if (entry instanceof ClassEntry c) {
            mentioned.add(c.asInternalName().replaceAll("^\\[+L?|;$", "").replace('/', '.'));
          } else if (entry instanceof Utf8Entry u && u.stringValue().matches("[(\\[L<].*;.*")) {
            Matcher m = TYPE.matcher(u.stringValue());
            while (m.find()) {
              mentioned.add(
                  m.group(1)
                      .replaceFirst("^L(?=basewise/|org/|picocli/|htsjdk/)", "")
                      .replace('/', '.'));
            }
          }
        }
      }
    }
    assertThat(uses).hasSizeGreaterThan(5);
    return uses;
  }
}
