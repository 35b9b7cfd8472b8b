package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy wrote the files: golden_npz.py beside the tests, which says with what version. */
class NpzInputTest {
  private static final Path FOLDER = Path.of("src/test/resources/basewise/io");
  private static final double[] TABLE = {1, 2, 3, 4, 5, -6};

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"plain.npz", "compressed.npz"})
  void arraysOfEveryTypeAndOrder(String file) {
    try (NpzInput npz = NpzInput.open(FOLDER.resolve(file))) {
      assertThat(npz.names()).hasSize(16).startsWith("f2", "f4", "f8", "i1");
      for (String name : List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "big", "fortran")) {
        double unit =
            switch (name) {
              case "f2", "f4" -> 0.25;
              case "f8" -> 1.0 / 3;
              case "i2" -> 1e3;
              case "i4" -> 1e6;
              case "i8" -> 1e10;
              default -> 1;
            };
        NpyArray array = npz.array(name);
        assertThat(array.shape()).as(name).containsExactly(2, 3);
        double[] expected = Arrays.stream(TABLE).map(v -> v * unit).toArray();
        assertThat(array.doubles()).as(name).containsExactly(expected, within(1e-15 * unit));
        float[] rounded = new float[6];
        for (int i = 0; i < 6; i++) {
          rounded[i] = (float) array.doubles()[i];
        }
        assertThat(array.floats()).as(name).containsExactly(rounded);
      }
      assertThat(npz.array("u1").doubles()).containsExactly(0, 1, 255);
      assertThat(npz.array("b1").floats()).containsExactly(1, 0, 1);
      assertThat(npz.array("single").shape()).isEmpty();
      assertThat(npz.array("single").floats()).containsExactly(7.5f);
      assertThat(npz.array("empty").shape()).containsExactly(0, 4);
      assertThat(npz.array("empty").floats()).isEmpty();
      double[] counted = npz.array("fortran3").doubles();
      assertThat(npz.array("fortran3").shape()).containsExactly(2, 3, 4);
      for (int i = 0; i < 24; i++) {
        assertThat(counted[i]).isEqualTo(i);
      }
    }
  }

  @Test
  void whatHoldsNoPlainNumbersIsRefused() {
    try (NpzInput npz = NpzInput.open(FOLDER.resolve("plain.npz"))) {
      assertThatThrownBy(() -> npz.array("objects"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("array 'objects' holds Python objects (save it as float32)");
      assertThatThrownBy(() -> npz.array("complex"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("array 'complex' holds numbers of type c16");
      assertThatThrownBy(() -> npz.array("none"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no array 'none' (it has f2, f4, f8, i1,");
    }
  }

  /** An array of one dimension, as numpy.lib.format's version 1 describes it. */
  private static NpyArray array(String type, int... bytes) {
    int size = bytes.length / (type.charAt(2) - '0');
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%d,)}".formatted(type, size);
    ByteArrayOutputStream npy = new ByteArrayOutputStream();
    npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    npy.writeBytes(new byte[] {(byte) header.length(), 0});
    npy.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    for (int b : bytes) {
      npy.write(b);
    }
    return NpyArray.parse(npy.toByteArray(), "a.npy", "the array");
  }

  @Test
  void numbersWithoutASign() {
    assertThat(array("<u2", 1, 0, 255, 255).doubles()).containsExactly(1, 65535);
    assertThat(array(">u4", 255, 255, 255, 255).floats()).containsExactly(0x1p32f);
    assertThat(array("<u8", 3, 0, 0, 0, 0, 0, 0, 0).doubles()).containsExactly(3);
    assertThat(array(">u8", 128, 0, 0, 0, 0, 0, 0, 0).doubles()).containsExactly(0x1p63);
  }

  @Test
  void textIsNoNumber() {
    assertThatThrownBy(() -> array("<U1", 49, 0, 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the array holds numbers of type U1");
  }

  @Test
  void itReadsWhatWeWrite() {
    Path file = temporary.resolve("a.npz");
    try (NpzOutput out = NpzOutput.to(file)) {
      out.array("a b/c-d", 2, 1, 3);
      out.write(new float[] {1, 2, 3, 4, 5, Float.NaN});
      out.array("e", 1);
      out.write(new float[] {-0.5f});
      out.seal();
      out.commit();
    }
    try (NpzInput npz = NpzInput.open(file)) {
      assertThat(npz.names()).containsExactly("a b/c-d", "e");
      assertThat(npz.array("a b/c-d").shape()).containsExactly(2, 1, 3);
      assertThat(npz.array("a b/c-d").floats()).containsExactly(1, 2, 3, 4, 5, Float.NaN);
      assertThat(npz.array("e").floats()).containsExactly(-0.5f);
    }
  }

  /** Cut anywhere, a file is refused as a mistake of its maker, never as a bug of ours. */
  @Test
  void aShortCopyIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("compressed.npz"));
    Path file = temporary.resolve("short.npz");
    for (int n = 0; n < whole.length; n += 7) {
      Files.write(file, Arrays.copyOf(whole, n));
      assertThatThrownBy(() -> NpzInput.open(file).close())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is no .npz, or cut short");
    }
  }

  /** Any byte that is not what it was is noticed, or it changes nothing that is read. */
  @Test
  void aDamagedArrayIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("compressed.npz"));
    Path file = temporary.resolve("damaged.npz");
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      try (NpzInput npz = NpzInput.open(file)) {
        assertThat(npz.array("f4").floats()).containsExactly(0.25f, 0.5f, 0.75f, 1, 1.25f, -1.5f);
      } catch (InputException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    assertThatThrownBy(() -> NpzInput.open(temporary.resolve("none.npz")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("none.npz: does not exist (check the path)");
    assertThatThrownBy(() -> NpzInput.open(temporary))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
    Path text = temporary.resolve("text.npz");
    Files.writeString(text, "numbers");
    assertThatThrownBy(() -> NpzInput.open(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no .npz");
  }
}
