package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.sequence.Interval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2bit files made by hand; real ones are in {@link GenomeTest}. */
class TwoBitGenomeTest {
  @TempDir private Path folder;

  @Test
  void bothByteOrdersAndVersionsOf2bitAreRead() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (int version : new int[] {0, 1}) {
        Path file = folder.resolve(order + "" + version + ".2bit");
        Files.write(file, toyTwoBit(order, version));
        try (Genome genome = Genome.open(file.toString())) {
          assertThat(genome.contigs()).containsExactly(new Contig("c", 10));
          assertThat(letters(genome, "c", 0, 10)).isEqualTo("TCagNNAaGT");
          for (int s = 0; s <= 10; s++) {
            for (int e = s; e <= 10; e++) {
              assertThat(letters(genome, "c", s, e)).isEqualTo("TCagNNAaGT".substring(s, e));
            }
          }
        }
      }
    }
  }

  @Test
  void aCutOr2bitIsAMistakeInTheFile() throws IOException {
    byte[] whole = toyTwoBit(ByteOrder.LITTLE_ENDIAN, 0);
    for (int n : new int[] {6, 18, 24, 30, whole.length - 2}) {
      Path file = folder.resolve("cut" + n + ".2bit");
      Files.write(file, Arrays.copyOf(whole, n));
      assertThatThrownBy(
              () -> {
                try (Genome genome = Genome.open(file.toString())) {
                  genome.bases(new Interval("c", 0, 10));
                }
              })
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut short");
    }
  }

  /** T 00, C 01, A 10, G 11, by the specification; N and mask runs painted over. */
  private static byte[] toyTwoBit(ByteOrder order, int version) {
    ByteBuffer b = ByteBuffer.allocate(200).order(order);
    b.putInt(TwoBitGenome.SIGNATURE).putInt(version).putInt(1).putInt(0);
    int offset = 16 + 1 + 1 + (version == 0 ? 4 : 8);
    b.put((byte) 1).put((byte) 'c');
    if (version == 0) {
      b.putInt(offset);
    } else {
      b.putLong(offset);
    }
    b.putInt(10);
    b.putInt(1).putInt(4).putInt(2);
    b.putInt(2).putInt(2).putInt(7).putInt(2).putInt(1);
    b.putInt(0);
    b.put((byte) 0b00_01_10_11).put((byte) 0b00_00_10_10).put((byte) 0b11_00_00_00);
    return Arrays.copyOf(b.array(), b.position());
  }

  private static String letters(Genome genome, String contig, int start, int end) {
    return new String(genome.letters(new Interval(contig, start, end)), StandardCharsets.US_ASCII);
  }
}
