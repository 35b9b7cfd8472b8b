package basewise.dataset;

import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Words that more positives than negatives hold, on either strand: plain words and dyads (two half
 * words with a gap of fixed length between them, as nuclear receptors and Gal4-like factors bind).
 * Presence is counted, not occurrences, so that a repeat counts once per sequence.
 */
public final class EnrichedWords {
  /**
   * One word.
   *
   * @param codes its letters; {@link Dna#N} in the gap
   * @param positives sequences that hold it
   * @param negatives the same for negatives, scaled to as many as there are positives
   * @param z (positives - negatives) / sqrt(positives + negatives + 3)
   */
  @SuppressWarnings("ArrayRecordComponent") // a few letters; never compared
  public record Word(byte[] codes, int positives, double negatives, double z) {
    @Override
    public String toString() {
      return Dna.decode(codes);
    }
  }

  private EnrichedWords() {}

  /**
   * The most enriched words of one shape.
   *
   * @param half letters on each side of the gap, 2 to 5
   * @param gap unspecified letters between the halves; 0 for a plain word of 2 * half letters
   * @param bothStrands whether a word and its reverse complement are one
   * @param most how many at most, by falling z
   */
  public static List<Word> find(
      List<byte[]> positives,
      List<byte[]> negatives,
      int half,
      int gap,
      boolean bothStrands,
      int most) {
    int[] a = presence(positives, half, gap, bothStrands);
    int[] b = presence(negatives, half, gap, bothStrands);
    double scale = negatives.isEmpty() ? 1 : (double) positives.size() / negatives.size();
    List<Word> words = new ArrayList<>();
    double least = 0;
    for (int w = 0; w < a.length; w++) {
      double z = (a[w] - b[w] * scale) / Math.sqrt(a[w] + b[w] * scale + 3);
      if (z > least && a[w] > 0) {
        words.add(new Word(spell(w, half, gap), a[w], b[w] * scale, z));
        if (words.size() >= 4 * most) {
          words = top(words, most);
          least = words.getLast().z();
        }
      }
    }
    return top(words, most);
  }

  private static List<Word> top(List<Word> words, int most) {
    words.sort(Comparator.comparingDouble((Word w) -> -w.z).thenComparing(Word::toString));
    return new ArrayList<>(words.subList(0, Math.min(most, words.size())));
  }

  /** How many sequences hold each word; words are numbered by their letters, first half first. */
  private static int[] presence(List<byte[]> sequences, int half, int gap, boolean bothStrands) {
    int size = 1 << (2 * half);
    int[] count = new int[size * size];
    int[] seen = new int[size * size];
    Arrays.fill(seen, -1);
    int[] halves = new int[0];
    for (int s = 0; s < sequences.size(); s++) {
      byte[] codes = sequences.get(s);
      int n = codes.length - half + 1;
      if (halves.length < n) {
        halves = new int[n];
      }
      for (int i = 0; i < n; i++) {
        int h = 0;
        for (int j = 0; j < half && h >= 0; j++) {
          h = codes[i + j] == Dna.N ? -1 : h << 2 | codes[i + j];
        }
        halves[i] = h;
      }
      int step = half + gap;
      for (int i = 0; i + step < n; i++) {
        int x = halves[i];
        int y = halves[i + step];
        if (x < 0 || y < 0) {
          continue;
        }
        int w = x << (2 * half) | y;
        if (bothStrands) {
          w = Math.min(w, turned(y, half) << (2 * half) | turned(x, half));
        }
        if (seen[w] != s) {
          seen[w] = s;
          count[w]++;
        }
      }
    }
    return count;
  }

  private static int turned(int word, int half) {
    int out = 0;
    for (int i = 0; i < half; i++) {
      out = out << 2 | (3 - (word >> (2 * i) & 3));
    }
    return out;
  }

  private static byte[] spell(int word, int half, int gap) {
    byte[] codes = new byte[2 * half + gap];
    Arrays.fill(codes, Dna.N);
    for (int i = 0; i < half; i++) {
      codes[half - 1 - i] = (byte) (word >> (2 * (half + i)) & 3);
      codes[codes.length - 1 - i] = (byte) (word >> (2 * i) & 3);
    }
    return codes;
  }
}
