package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.ShimLibrary;
import basewise.sequence.Dna;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Codes, letters and the bytes of a .2bit file become the same batch; what it holds is written out
 * by hand.
 */
class EncodeKernelsTest {
  private static final int LEAD = 64;
  private static final int TRAIL = 4096;
  private static final int N = 1 << 17;

  /** Bases and unknown places of a batch. */
  private record Encoded(int[] bases, int[] unknown) {}

  @FunctionalInterface
  private interface Encoder {
    void encode(Arena arena, MemorySegment bases, MemorySegment unknown);
  }

  private static Encoded encoded(Encoder encoder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bases = arena.allocate(4L * (N / 16 + 260), 16).fill((byte) 0x5a);
      MemorySegment unknown = arena.allocate(4L * (N / 32 + 130), 16).fill((byte) 0x5a);
      encoder.encode(arena, bases, unknown);
      return new Encoded(
          bases.toArray(ValueLayout.JAVA_INT), unknown.toArray(ValueLayout.JAVA_INT));
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] bytes) {
    MemorySegment out = arena.allocate(bytes.length, 16);
    return out.copyFrom(MemorySegment.ofArray(bytes));
  }

  private static void launch(String kernel, Object... arguments) {
    assertThat(ShimLibrary.shared().launch(kernel, 2, 64, 0, arguments)).isZero();
  }

  /** The definition: place by place, LEAD and TRAIL unknown. */
  private static Encoded expected(byte[] codes) {
    int places = LEAD + N + TRAIL;
    int[] bases = new int[places / 16];
    int[] unknown = new int[places / 32];
    for (int i = 0; i < places; i++) {
      int code = i >= LEAD && i < LEAD + N ? codes[i - LEAD] : Dna.N;
      if (code == Dna.N) {
        unknown[i / 32] |= 1 << i % 32;
      } else {
        bases[i / 16] |= code << 2 * (i % 16);
      }
    }
    return new Encoded(bases, unknown);
  }

  private static void same(Encoded found, byte[] codes) {
    Encoded expected = expected(codes);
    assertThat(found.bases()).isEqualTo(expected.bases());
    assertThat(found.unknown()).isEqualTo(expected.unknown());
  }

  @Test
  void codes() {
    byte[] codes = HitKernelContract.codes(new SplittableRandom(1), N, 0.05);
    same(
        encoded((arena, bases, unknown) ->
            launch("encode_codes", bytes(arena, codes), N, bases, unknown)),
        codes);
  }

  @Test
  void everyByteAsLetters() {
    byte[] text = new byte[N];
    for (int i = 0; i < N; i++) {
      text[i] = (byte) (i % 256);
    }
    byte[] plain = new byte[N];
    byte[] masked = new byte[N];
    for (int i = 0; i < N; i++) {
      int at = "ACGTU".indexOf(text[i] & 0xff);
      int lower = "acgtu".indexOf(text[i] & 0xff);
      masked[i] = (byte) (at < 0 ? 4 : Math.min(3, at));
      plain[i] = (byte) (Math.max(at, lower) < 0 ? 4 : Math.min(3, Math.max(at, lower)));
    }
    for (int mask = 0; mask < 2; mask++) {
      int skip = mask;
      same(
          encoded((arena, bases, unknown) ->
              launch("encode_ascii", bytes(arena, text), N, skip, bases, unknown)),
          mask == 1 ? masked : plain);
    }
    byte[] letters =
        "GATTACAnNacgtRYKMSWBDHVu-."
            .repeat(N / 26 + 1)
            .substring(0, N)
            .getBytes(StandardCharsets.US_ASCII);
    same(
        encoded((arena, bases, unknown) ->
            launch("encode_ascii", bytes(arena, letters), N, 0, bases, unknown)),
        Dna.encode(new String(letters, StandardCharsets.US_ASCII)));
  }

  @Test
  void twoBitsWithRunsOfN() {
    SplittableRandom random = new SplittableRandom(2);
    byte[] codes = HitKernelContract.codes(random, N, 0);
    byte[] packed = new byte[N / 4];
    for (int i = 0; i < N; i++) {
      // UCSC's order of bases.
      packed[i / 4] |= (byte) ("TCAG".indexOf("ACGT".charAt(codes[i])) << 6 - 2 * (i % 4));
    }
    int[] runs = {
      0, 1, 31, 33, 64, 96, 100, 101, 500, 777, 777, 778, 2047, 2048, 1024, 1040, 3001, 70003,
      70003, 70005, N - 40000, N
    };
    byte[] masked = codes.clone();
    for (int r = 0; r < runs.length; r += 2) {
      Arrays.fill(masked, runs[r], runs[r + 1], Dna.N);
    }
    same(
        encoded((arena, bases, unknown) ->
            launch("encode_2bit", bytes(arena, packed), N, bases, unknown)),
        codes);
    same(
        encoded((arena, bases, unknown) -> {
          launch("encode_2bit", bytes(arena, packed), N, bases, unknown);
          MemorySegment list = arena.allocateFrom(ValueLayout.JAVA_INT, runs);
          launch("mark_unknown", list, runs.length / 2, bases, unknown);
        }),
        masked);
  }
}
