package basewise.patterns.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How alike profiles are at most that lie as they do, several times faster than {@link
 * JaccardKernel} tells how alike they are: from sums of numbers that were rounded to shorts, and
 * what rounding may have added to them or taken away.
 */
public final class JaccardBounds {
  /** Rows that are compared with others at a time. */
  private static final int ROWS = 2;

  /**
   * Steps that the absolute values of either half of a profile are: sums of two such fit into a
   * short.
   */
  private static final int STEPS = 15_000;

  /** Positions of profiles at most: rounding adds up to half a step to each number. */
  private static final int POSITIONS = 500;

  /**
   * Ints a position, of two shorts each: two of the hypothetical contributions, one of the others.
   */
  private static final int INTS_EACH = 3;

  /** Tiles of other rows that stay in a cache for many rows. */
  private static final int BLOCK = 32;

  /** Where there are no vectors nothing is computed here, and the library of vectors may lack. */
  private static final int LANES = PlainJaccard.ALWAYS ? 1 : ByVectors.INTS.length();

  /** Of each tile of rows those of a position after the other: of each int those of all rows. */
  private final int[] numbers;

  /** Ints of a tile. */
  private final int tile;

  /** Of each row what it adds to a sum of |x - y|, which is too low rather than too high. */
  private final int[] apart;

  /** Of each row what it adds to a sum of |x + y|, which is too high rather than too low. */
  private final int[] together;

  /** Whether vectors are used and profiles of so many numbers fit. */
  public static boolean suits(int size) {
    return !PlainJaccard.ALWAYS && size <= POSITIONS * JaccardKernel.CHANNELS;
  }

  /** Of profiles of one length. */
  public JaccardBounds(float[][] profiles) {
    int n = profiles.length;
    int positions = n == 0 ? 0 : profiles[0].length / JaccardKernel.CHANNELS;
    int tiles = (n + LANES - 1) / LANES;
    tile = positions * INTS_EACH * LANES;
    numbers = new int[Math.multiplyExact(tiles, tile)];
    apart = new int[tiles * LANES];
    together = new int[apart.length];
    double most = Float.MIN_NORMAL;
    for (float[] profile : profiles) {
      most = Math.max(most, Math.max(half(profile, 0), half(profile, 1)));
    }
    for (int i = 0; i < n; i++) {
      set(i, profiles[i], STEPS / most);
    }
  }

  /** The absolute values of what shares the lower (0) or upper (1) shorts. */
  private static double half(float[] profile, int first) {
    double sum = 0;
    for (int i = first; i < profile.length; i += 2) {
      sum += Math.abs(profile[i]);
    }
    return sum;
  }

  private static double ofBases(float[] profile) {
    double sum = 0;
    for (int i = 4; i < profile.length; i += JaccardKernel.CHANNELS) {
      sum += JaccardKernel.four(profile, i);
    }
    return sum;
  }

  private void set(int row, float[] profile, double scale) {
    int at = row / LANES * tile + row % LANES;
    // Sums, and by how much rounding has moved the numbers, with more than is lost by adding up.
    int ofLetters = 0;
    int ofBases = 0;
    double lettersMoved = 0.1;
    double basesMoved = 0.1;
    for (int p = 0; p < profile.length; p += JaccardKernel.CHANNELS) {
      for (int c = p; c < p + 4; c += 2, at += LANES) {
        double a = scale * profile[c];
        double b = scale * profile[c + 1];
        numbers[at] = packed(a, b);
        ofLetters += rounded(a) + rounded(b);
        lettersMoved += Math.abs(a - rounded(a)) + Math.abs(b - rounded(b));
      }
      // Of four numbers three are 0: two whose sign tells the base are no further apart than they.
      double a = scale * (profile[p + 4] - (double) profile[p + 6]);
      double b = scale * (profile[p + 5] - (double) profile[p + 7]);
      numbers[at] = packed(a, b);
      at += LANES;
      ofBases += rounded(a) + rounded(b);
      basesMoved += Math.abs(a - rounded(a)) + Math.abs(b - rounded(b));
    }
    apart[row] = ofLetters + ofBases - (int) Math.ceil(lettersMoved + basesMoved);
    // Of bases |x + y| is taken for |x| + |y|.
    together[row] = (int) Math.ceil(lettersMoved + scale * ofBases(profile));
  }

  private static int rounded(double number) {
    return (int) Math.rint(number);
  }

  private static int packed(double low, double high) {
    return rounded(high) << 16 | rounded(low) & 0xffff;
  }

  /** Numbers that {@link #of} sets of each row: those of all rows, and some more. */
  public int room() {
    return apart.length;
  }

  /**
   * Sets how alike rows [from, from + the size of {@code into}) and all others are at most.
   *
   * @param from a multiple of 2, as is the number of rows
   * @param into of each row {@link #room} numbers
   */
  public void of(int from, float[][] into) {
    int to = Math.min(apart.length, from + into.length);
    int[][] lesser = new int[ROWS][BLOCK * LANES];
    int[][] sums = new int[ROWS][BLOCK * LANES];
    for (int begin = 0; begin < apart.length; begin += BLOCK * LANES) {
      int end = Math.min(apart.length, begin + BLOCK * LANES);
      for (int row = from; row < to; row += ROWS) {
        int x = row / LANES * tile + row % LANES;
        for (int other = begin; other < end; other += LANES) {
          ByVectors.add(numbers, tile, x, other / LANES * tile, lesser, sums, other - begin);
        }
        for (int i = 0; i < ROWS; i++) {
          most(row + i, begin, end, lesser[i], sums[i], into[row + i - from]);
        }
      }
    }
  }

  /** From both, each in two halves: |x - y| is x + y less twice the lesser. */
  private void most(int row, int begin, int end, int[] lesser, int[] sums, float[] into) {
    int[] theirApart = apart;
    int[] theirTogether = together;
    int ownApart = apart[row];
    int ownTogether = together[row];
    for (int j = begin; j < end; j++) {
      int less = lesser[j - begin];
      int both = sums[j - begin];
      int gap = ownApart + theirApart[j] - 2 * ((less << 16 >> 16) + (less >> 16));
      float apart = Math.max(0, gap);
      float together = ownTogether + theirTogether[j] + (both << 16 >> 16) + (both >> 16);
      into[j] = (together - apart) / (together + apart) + JaccardKernel.SLACK;
    }
  }

  /** Apart, so that who only asks whether bounds suit prepares no vectors. */
  private static final class ByVectors {
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

    private ByVectors() {}

    /** Of two rows with those of a tile the sums of the lesser of x and y and of |x + y|. */
    static void add(int[] all, int tile, int x, int y, int[][] lesser, int[][] sums, int at) {
      ShortVector a = ShortVector.zero(SHORTS);
      ShortVector b = a;
      ShortVector a2 = a;
      ShortVector b2 = a;
      for (int i = 0; i < tile; i += INTS_EACH * LANES) {
        ShortVector v = IntVector.fromArray(INTS, all, y + i).reinterpretAsShorts();
        ShortVector p = IntVector.broadcast(INTS, all[x + i]).reinterpretAsShorts();
        ShortVector q = IntVector.broadcast(INTS, all[x + i + 1]).reinterpretAsShorts();
        a = a.add(v.min(p));
        b = b.add(v.min(q));
        a2 = a2.add(v.add(p).abs());
        b2 = b2.add(v.add(q).abs());
        v = IntVector.fromArray(INTS, all, y + i + LANES).reinterpretAsShorts();
        p = IntVector.broadcast(INTS, all[x + i + LANES]).reinterpretAsShorts();
        q = IntVector.broadcast(INTS, all[x + i + LANES + 1]).reinterpretAsShorts();
        a = a.add(v.min(p));
        b = b.add(v.min(q));
        a2 = a2.add(v.add(p).abs());
        b2 = b2.add(v.add(q).abs());
        v = IntVector.fromArray(INTS, all, y + i + 2 * LANES).reinterpretAsShorts();
        p = IntVector.broadcast(INTS, all[x + i + 2 * LANES]).reinterpretAsShorts();
        q = IntVector.broadcast(INTS, all[x + i + 2 * LANES + 1]).reinterpretAsShorts();
        a = a.add(v.min(p));
        b = b.add(v.min(q));
      }
      a.reinterpretAsInts().intoArray(lesser[0], at);
      b.reinterpretAsInts().intoArray(lesser[1], at);
      a2.reinterpretAsInts().intoArray(sums[0], at);
      b2.reinterpretAsInts().intoArray(sums[1], at);
    }
  }
}
