package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as google-java-format writes it. It runs here, under JDK 25, and not in a
 * Maven plugin, because Maven itself may run on JDK 17, whose parser does not know today's Java. To
 * apply it: {@code mvn -q test -Dtest=FormatTest -Dformat.apply=true}.
 */
class FormatTest {
  @Test
  void everySourceIsFormatted() throws Exception {
    boolean apply = Boolean.getBoolean("format.apply");
    List<Path> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
        String source = Files.readString(file);
        String formatted = new Formatter().formatSourceAndFixImports(source);
        if (!formatted.equals(source)) {
          if (apply) {
            Files.writeString(file, formatted);
          } else {
            wrong.add(file);
          }
        }
      }
    }
    assertThat(wrong).as("run: mvn -q test -Dtest=FormatTest -Dformat.apply=true").isEmpty();
  }
}
