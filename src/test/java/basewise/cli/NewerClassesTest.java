package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassesTest {
  @TempDir Path folder;

  /**
   * picocli as it comes, in Java 5's format, 49; 52 is Java 8's (JVM specification, table 4.1-A).
   */
  @Test
  void aLibraryIsTheSameInANewerFormat() throws Exception {
    Path given =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = Files.copy(given, folder.resolve("picocli.jar"));
    List<String> names = names(jar, 49);
    assertThat(names).contains("picocli.CommandLine").hasSizeGreaterThan(100);
    assertThat(NewerClasses.rewrite(jar)).isTrue();
    assertThat(names(jar, 49)).isEmpty();
    assertThat(names(jar, 52)).containsExactlyElementsOf(names);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String name : names) {
        Class<?> made = Class.forName(name, true, loader); // Java checks it
        assertThat(made).isNotSameAs(Class.forName(name, false, getClass().getClassLoader()));
      }
      Class<?> ansi = loader.loadClass("picocli.CommandLine$Help$Ansi");
      Method off = ansi.getMethod("string", String.class);
      Object none = ansi.getField("OFF").get(null);
      assertThat(off.invoke(none, "@|bold a|@ b")).isEqualTo("a b");
    }
    assertThat(NewerClasses.rewrite(jar)).isFalse();
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  /** Classes of one version of the format, in the order of the jar. */
  private static List<String> names(Path jar, int version) throws Exception {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(".class")) {
          byte[] bytes = zip.getInputStream(entry).readAllBytes();
          if (ByteBuffer.wrap(bytes).getShort(6) == version) {
            names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
          }
        }
      }
    }
    return names;
  }
}
