package basewise.patterns.kernel;

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
   * Steps that the absolute values of a profile's letters, or bases, are: sums of two such fit into
   * a short.
   */
  private static final int STEPS = 15_000;

  /** Positions of profiles at most: rounding adds up to half a step to each number. */
  private static final int POSITIONS = 500;

  /** Shorts a position: of each letter its number, and two of the base. */
  private static final int LETTERS = 4;

  private static final int BASES = 2;

  /** Tiles of other rows that stay in a cache for many rows. */
  private static final int BLOCK = 16;

  private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Of each tile of rows one number after the other, letters first: of each those of all rows. */
  private final short[] numbers;

  /** Shorts of a tile, and those of them that are letters'. */
  private final int tile;

  private final int letters;

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
    letters = positions * LETTERS * LANES;
    tile = letters + positions * BASES * LANES;
    numbers = new short[Math.multiplyExact(tiles, tile)];
    apart = new int[tiles * LANES];
    together = new int[apart.length];
    double most = Float.MIN_NORMAL;
    for (float[] profile : profiles) {
      most = Math.max(most, Math.max(absolute(profile, 0), absolute(profile, 4)));
    }
    for (int i = 0; i < n; i++) {
      set(i, profiles[i], STEPS / most);
    }
  }

  private static double absolute(float[] profile, int channel) {
    double sum = 0;
    for (int i = channel; i < profile.length; i += JaccardKernel.CHANNELS) {
      sum += JaccardKernel.four(profile, i);
    }
    return sum;
  }

  private void set(int row, float[] profile, double scale) {
    int letter = row / LANES * tile + row % LANES;
    int base = letter + letters;
    // Sums, and by how much rounding has moved the numbers, with more than is lost by adding up.
    int all = 0;
    double lettersMoved = 0.1;
    double basesMoved = 0.1;
    for (int p = 0; p < profile.length; p += JaccardKernel.CHANNELS) {
      for (int c = p; c < p + LETTERS; c++, letter += LANES) {
        double number = scale * profile[c];
        numbers[letter] = rounded(number);
        all += numbers[letter];
        lettersMoved += Math.abs(number - numbers[letter]);
      }
      // Of four numbers three are 0: two whose sign tells the base are no further apart than they.
      for (int c = p + LETTERS; c < p + LETTERS + BASES; c++, base += LANES) {
        double number = scale * (profile[c] - (double) profile[c + BASES]);
        numbers[base] = rounded(number);
        all += numbers[base];
        basesMoved += Math.abs(number - numbers[base]);
      }
    }
    apart[row] = all - (int) Math.ceil(lettersMoved + basesMoved);
    // Of bases |x + y| is taken for |x| + |y|.
    together[row] = (int) Math.ceil(lettersMoved + scale * absolute(profile, 4));
  }

  private static short rounded(double number) {
    return (short) Math.rint(number);
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
    short[][] lesser = new short[ROWS][BLOCK * LANES];
    short[][] ofBases = new short[ROWS][BLOCK * LANES];
    short[][] sums = new short[ROWS][BLOCK * LANES];
    for (int begin = 0; begin < apart.length; begin += BLOCK * LANES) {
      int end = Math.min(apart.length, begin + BLOCK * LANES);
      for (int row = from; row < to; row += ROWS) {
        int x = row / LANES * tile + row % LANES;
        for (int other = begin; other < end; other += LANES) {
          int y = other / LANES * tile;
          ofLetters(numbers, x, y, letters, lesser, sums, other - begin);
          ofBases(numbers, x + letters, y + letters, tile - letters, ofBases, other - begin);
        }
        for (int i = 0; i < ROWS; i++) {
          most(row + i, begin, end, lesser[i], ofBases[i], sums[i], into[row + i - from]);
        }
      }
    }
  }

  /** Of two rows with those of a tile the sums of the lesser of x and y and of |x + y|. */
  private static void ofLetters(
      short[] all, int x, int y, int size, short[][] lesser, short[][] sums, int at) {
    ShortVector a = ShortVector.zero(SPECIES);
    ShortVector b = a;
    ShortVector a2 = a;
    ShortVector b2 = a;
    for (int i = 0; i < size; i += LANES) {
      ShortVector v = ShortVector.fromArray(SPECIES, all, y + i);
      ShortVector p = ShortVector.broadcast(SPECIES, all[x + i]);
      ShortVector q = ShortVector.broadcast(SPECIES, all[x + i + 1]);
      a = a.add(v.min(p));
      b = b.add(v.min(q));
      a2 = a2.add(v.add(p).abs());
      b2 = b2.add(v.add(q).abs());
    }
    a.intoArray(lesser[0], at);
    b.intoArray(lesser[1], at);
    a2.intoArray(sums[0], at);
    b2.intoArray(sums[1], at);
  }

  /** Likewise the sums of the lesser. */
  private static void ofBases(short[] all, int x, int y, int size, short[][] lesser, int at) {
    ShortVector a = ShortVector.zero(SPECIES);
    ShortVector b = a;
    for (int i = 0; i < size; i += LANES) {
      ShortVector v = ShortVector.fromArray(SPECIES, all, y + i);
      a = a.add(v.min(ShortVector.broadcast(SPECIES, all[x + i])));
      b = b.add(v.min(ShortVector.broadcast(SPECIES, all[x + i + 1])));
    }
    a.intoArray(lesser[0], at);
    b.intoArray(lesser[1], at);
  }

  /** From these: |x - y| is x + y less twice the lesser. */
  private void most(
      int row, int begin, int end, short[] lesser, short[] ofBases, short[] sums, float[] into) {
    int[] theirApart = apart;
    int[] theirTogether = together;
    int ownApart = apart[row];
    int ownTogether = together[row];
    for (int j = begin; j < end; j++) {
      int gap = ownApart + theirApart[j] - 2 * (lesser[j - begin] + ofBases[j - begin]);
      float apart = Math.max(0, gap);
      float together = ownTogether + theirTogether[j] + sums[j - begin];
      into[j] = (together - apart) / (together + apart) + JaccardKernel.SLACK;
    }
  }
}
