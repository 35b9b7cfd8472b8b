package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;

import htsjdk.samtools.util.BlockCompressedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BgzfTest {
  @TempDir Path folder;

  private static byte[] text(int length, boolean random) {
    byte[] text = new byte[length];
    if (random) {
      SplittableRandom r = new SplittableRandom(length);
      for (int i = 0; i < length; i++) {
        text[i] = (byte) r.nextInt();
      }
    } else {
      for (int i = 0; i < length; i++) {
        text[i] = (byte) ("chr1\t12345\n".charAt(i % 11) + i / 70_000);
      }
    }
    return text;
  }

  /** Read back by Java's gzip and by htsjdk, which also finds every virtual offset. */
  @Test
  void otherReadersFindTheTextAndItsPlaces() throws Exception {
    int m = Bgzf.MEMBER;
    try (Bgzf bgzf = new Bgzf()) {
      for (boolean random : new boolean[] {false, true}) {
        for (int length : new int[] {0, 1, m - 1, m, m + 1, 3 * m, 3 * m + 77}) {
          byte[] text = text(length, random);
          bgzf.compress(text, length);
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          file.write(bgzf.bytes(), 0, bgzf.size());
          file.writeBytes(Bgzf.endOfFile());
          Path path = folder.resolve("x.gz");
          Files.write(path, file.toByteArray());
          try (GZIPInputStream in =
              new GZIPInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            assertThat(Arrays.equals(in.readAllBytes(), text)).isTrue();
          }
          try (BlockCompressedInputStream in = new BlockCompressedInputStream(path.toFile())) {
            for (int place : new int[] {0, length / 3, length - 1, m - 1, m, 2 * m + 5}) {
              if (place >= 0 && place < length) {
                in.seek(bgzf.offset(0, place));
                assertThat(in.read()).isEqualTo(text[place] & 255);
              }
            }
          }
          assertThat(bgzf.offset(5, length)).isEqualTo(5L + bgzf.size() << 16);
        }
      }
    }
  }
}
