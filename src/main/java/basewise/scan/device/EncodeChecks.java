package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaKernel;
import basewise.cuda.CudaModule;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.KernelCheck;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Holds the kernels that turn letters or codes into a batch to the layout as it is defined: bases
 * at two bits and unknown at one, the first lowest, with 64 unknown places before and 4,096 behind.
 */
final class EncodeChecks {
  private static final int LEAD = 64;
  private static final int TRAIL = 4096;
  private static final int THREADS = 256;
  private static final long SEED = 23;
  private static final int[] SIZES = {32, 1024, 1056, 65_536, 68_608};

  /** By code. */
  private static final byte[] UPPER = "ACGTN".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] LOWER = "acgtn".getBytes(StandardCharsets.US_ASCII);

  /** IUPAC letters for more than one base. */
  private static final byte[] DOUBTFUL = "RYKMSWBDHVryn.".getBytes(StandardCharsets.US_ASCII);

  /** UCSC's order is T C A G; from codes. */
  private static final int[] TWO_BIT = {2, 1, 3, 0};

  private final CudaContext context;
  private final CudaStream stream;
  private final CudaModule module;

  private EncodeChecks(CudaContext context, CudaStream stream, CudaModule module) {
    this.context = context;
    this.stream = stream;
    this.module = module;
  }

  static List<KernelCheck> run(CudaContext context) {
    try (CudaStream stream = context.stream();
        CudaModule module = context.load("/basewise/cuda/encode.ptx")) {
      return new EncodeChecks(context, stream, module).checks();
    }
  }

  private List<KernelCheck> checks() {
    String twin = "the layout of a batch, bit for bit";
    KernelCheck.Count codes = new KernelCheck.Count("encode_codes", twin);
    KernelCheck.Count ascii = new KernelCheck.Count("encode_ascii", twin);
    KernelCheck.Count packed = new KernelCheck.Count("encode_2bit, mark_unknown", twin);
    for (int n : SIZES) {
      byte[] all = codes(n);
      codes.nextCase();
      compare(codes, n, all, encoded("encode_codes", n, all, null, new int[0]));
      for (boolean masked : new boolean[] {false, true}) {
        ascii.nextCase();
        byte[] letters = new byte[n];
        byte[] expected = letters(all, letters, masked);
        compare(
            ascii, n, expected, encoded("encode_ascii", n, letters, masked ? 1 : 0, new int[0]));
      }
      packed.nextCase();
      compare(packed, n, all, encoded("encode_2bit", n, packed(all), null, runs(all)));
    }
    return List.of(codes.check(), ascii.check(), packed.check());
  }

  private static byte[] codes(int n) {
    RandomGenerator random = Seeds.generator(SEED, n);
    byte[] all = new byte[n];
    int unknown = 0;
    for (int i = 0; i < n; i++) {
      if (unknown == 0 && random.nextInt(50) == 0) {
        unknown = random.nextInt(100);
      }
      all[i] = unknown > 0 ? Dna.N : (byte) random.nextInt(Dna.N);
      unknown = Math.max(0, unknown - 1);
    }
    return all;
  }

  /** Fills letters of both cases for codes, and gives the codes that they are to be read as. */
  private static byte[] letters(byte[] all, byte[] letters, boolean masked) {
    RandomGenerator random = Seeds.generator(SEED, -all.length);
    byte[] expected = all.clone();
    for (int i = 0; i < all.length; i++) {
      boolean lower = random.nextInt(3) == 0;
      letters[i] = (lower ? LOWER : UPPER)[all[i]];
      if (all[i] == Dna.N && random.nextBoolean()) {
        letters[i] = DOUBTFUL[random.nextInt(DOUBTFUL.length)];
      }
      if (masked && lower) {
        expected[i] = Dna.N;
      }
    }
    return expected;
  }

  private static byte[] packed(byte[] all) {
    byte[] bytes = new byte[all.length / 4];
    for (int i = 0; i < all.length; i++) {
      int base = all[i] == Dna.N ? i & 3 : TWO_BIT[all[i]];
      bytes[i / 4] |= (byte) (base << 2 * (3 - i % 4));
    }
    return bytes;
  }

  /** Starts and ends of the unknown stretches. */
  private static int[] runs(byte[] all) {
    int[] runs = new int[all.length + 2];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      boolean before = i > 0 && all[i - 1] == Dna.N;
      if (before != (all[i] == Dna.N)) {
        runs[n++] = i;
      }
    }
    if (n % 2 == 1) {
      runs[n++] = all.length;
    }
    return Arrays.copyOf(runs, n);
  }

  /** Bases, then unknown. */
  private int[][] encoded(String name, int n, byte[] input, @Nullable Integer flag, int[] runs) {
    int[][] found = {new int[(LEAD + n + TRAIL) / 16], new int[(LEAD + n + TRAIL) / 32]};
    CudaKernel kernel = module.kernel(name);
    try (DeviceBuffer letters = context.allocate(input.length);
        DeviceBuffer bases = context.allocate(4L * found[0].length);
        DeviceBuffer unknown = context.allocate(4L * found[1].length);
        DeviceBuffer stretches = context.allocate(4L * Math.max(1, runs.length))) {
      stream.write(letters, 0, input);
      stream.fill(bases, 0, bases.bytes(), (byte) 0x5a);
      stream.fill(unknown, 0, unknown.bytes(), (byte) 0x5a);
      int blocks = blocks(n / 32);
      if (flag == null) {
        kernel.launch(stream, blocks, THREADS, 0, letters, n, bases, unknown);
      } else {
        kernel.launch(stream, blocks, THREADS, 0, letters, n, flag, bases, unknown);
      }
      if (runs.length > 0) {
        stream.write(stretches, 0, runs);
        int count = runs.length / 2;
        module
            .kernel("mark_unknown")
            .launch(stream, blocks(count), THREADS, 0, stretches, count, bases, unknown);
      }
      stream.read(bases, 0, found[0]);
      stream.read(unknown, 0, found[1]);
      return found;
    }
  }

  private static int blocks(int threads) {
    return (threads + THREADS - 1) / THREADS;
  }

  private static void compare(KernelCheck.Count count, int n, byte[] codes, int[][] found) {
    int[] bases = new int[found[0].length];
    int[] unknown = new int[found[1].length];
    for (int place = 0; place < LEAD + n + TRAIL; place++) {
      int i = place - LEAD;
      int code = i >= 0 && i < n ? codes[i] : Dna.N;
      if (code == Dna.N) {
        unknown[place / 32] |= 1 << place % 32;
      } else {
        bases[place / 16] |= code << 2 * (place % 16);
      }
    }
    count.same(n + " places, bases", bases, found[0]);
    count.same(n + " places, unknown", unknown, found[1]);
  }
}
