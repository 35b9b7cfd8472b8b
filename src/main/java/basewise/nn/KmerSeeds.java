package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words that tell positives from negatives, to start filters from: canonical 8-mers by how many
 * sequences have them, z = (a - b) / sqrt(a + b + 3), without near duplicates and shifts.
 */
public final class KmerSeeds {
  /** Letters per word. */
  public static final int K = 8;

  /** Shifts at which two words are still compared. */
  private static final int MAX_SHIFT = 3;

  /** Weight of a word's letter, and of the three others. */
  private static final float LETTER = 0.3f;

  private static final float OTHERS = -0.1f;

  private KmerSeeds() {}

  /**
   * The most enriched words, best first; fewer if no more have z above 1.
   *
   * @param positives base codes of the training positives
   * @param negatives base codes of the training negatives; counts are scaled to the positives'
   * @param count how many words at most
   */
  public static List<byte[]> find(List<byte[]> positives, List<byte[]> negatives, int count) {
    return find(positives, negatives, count, true);
  }

  /**
   * First weights for half of the filters: a word of the training part in the middle of each.
   *
   * @return [word][filter width][4]; empty for regression and for filters narrower than a word
   */
  public static List<float[][]> filters(Dataset data, Architecture a) {
    if (a.head() != Head.CLASSES || a.filterWidth() < K) {
      return List.of();
    }
    List<byte[]> words =
        find(
            data.part(Part.TRAIN, true).stream().map(Example::codes).toList(),
            data.part(Part.TRAIN, false).stream().map(Example::codes).toList(),
            a.filters() / 2,
            a.strands() == Strands.BOTH);
    int start = (a.filterWidth() - K) / 2;
    List<float[][]> out = new ArrayList<>();
    for (byte[] word : words) {
      float[][] w = new float[a.filterWidth()][4];
      for (int j = 0; j < K; j++) {
        Arrays.fill(w[start + j], OTHERS);
        w[start + j][word[j]] = LETTER;
      }
      out.add(w);
    }
    return out;
  }

  static List<byte[]> find(
      List<byte[]> positives, List<byte[]> negatives, int count, boolean bothStrands) {
    int[] a = presence(positives, bothStrands);
    int[] b = presence(negatives, bothStrands);
    double scale = negatives.isEmpty() ? 0 : (double) positives.size() / negatives.size();
    int[] candidates = new int[a.length];
    double[] z = new double[a.length];
    int n = 0;
    for (int word = 0; word < a.length; word++) {
      double expected = b[word] * scale;
      z[word] = (a[word] - expected) / Math.sqrt(a[word] + expected + 3);
      if (z[word] > 1) {
        candidates[n++] = word;
      }
    }
    int[] order = descending(Arrays.copyOf(candidates, n), z);
    List<byte[]> chosen = new ArrayList<>();
    for (int i = 0; i < n && chosen.size() < count; i++) {
      byte[] word = letters(order[i]);
      if (chosen.stream().noneMatch(c -> alike(c, word, bothStrands))) {
        chosen.add(word);
      }
    }
    return chosen;
  }

  private static int[] descending(int[] words, double[] z) {
    return Arrays.stream(words)
        .boxed()
        .sorted((x, y) -> z[x] != z[y] ? Double.compare(z[y], z[x]) : Integer.compare(x, y))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** In how many sequences each word (its smaller strand) occurs. */
  private static int[] presence(List<byte[]> sequences, boolean bothStrands) {
    int size = 1 << (2 * K);
    int[] count = new int[size];
    int[] last = new int[size];
    int stamp = 0;
    for (byte[] codes : sequences) {
      stamp++;
      int forward = 0;
      int reverse = 0;
      int known = 0;
      for (byte code : codes) {
        if (code > 3) {
          known = 0;
          continue;
        }
        forward = ((forward << 2) | code) & (size - 1);
        reverse = (reverse >> 2) | ((3 - code) << (2 * (K - 1)));
        if (++known < K) {
          continue;
        }
        int word = bothStrands ? Math.min(forward, reverse) : forward;
        if (last[word] != stamp) {
          last[word] = stamp;
          count[word]++;
        }
      }
    }
    return count;
  }

  private static byte[] letters(int word) {
    byte[] out = new byte[K];
    for (int i = 0; i < K; i++) {
      out[i] = (byte) ((word >> (2 * (K - 1 - i))) & 3);
    }
    return out;
  }

  /** Whether two words agree, but for one letter, on either strand, shifted by up to 3 letters. */
  static boolean alike(byte[] a, byte[] b, boolean bothStrands) {
    return alikeForward(a, b) || (bothStrands && alikeForward(a, Dna.reverseComplement(b)));
  }

  private static boolean alikeForward(byte[] a, byte[] b) {
    for (int shift = -MAX_SHIFT; shift <= MAX_SHIFT; shift++) {
      int different = 0;
      for (int i = Math.max(0, shift); i < Math.min(K, K + shift); i++) {
        different += a[i] == b[i - shift] ? 0 : 1;
      }
      // A shifted overlap has fewer letters to agree by chance, so it has to agree in all.
      if (different <= (shift == 0 ? 1 : 0)) {
        return true;
      }
    }
    return false;
  }
}
