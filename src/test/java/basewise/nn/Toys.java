package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small data sets whose secret is known. */
final class Toys {
  /** The word planted in positives, on a random strand. */
  static final String WORD = "TGACTCAGCA";

  private Toys() {}

  /** {@code n} random sequences with {@link #WORD} somewhere and as many without. */
  static Dataset planted(int n, int width, long seed) {
    List<Example> examples = new ArrayList<>();
    for (int label = 1; label >= 0; label--) {
      for (int i = 0; i < n; i++) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + 2L * i + label);
        byte[] codes = random(random, width);
        if (label == 1) {
          byte[] word = Dna.encode(WORD);
          if (random.nextBoolean()) {
            word = Dna.reverseComplement(word);
          }
          System.arraycopy(word, 0, codes, random.nextInt(width - word.length + 1), word.length);
        }
        Part part = i % 10 == 8 ? Part.VALIDATION : i % 10 == 9 ? Part.TEST : Part.TRAIN;
        examples.add(
            new Example((label == 1 ? "p" : "n") + i, null, codes, new float[] {label}, part, -1));
      }
    }
    return new Dataset(width, List.of("bound"), examples, Map.of());
  }

  /** Random bases with an N now and then. */
  static byte[] random(SplittableRandom random, int length) {
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = (byte) (random.nextInt(50) == 0 ? 4 : random.nextInt(4));
    }
    return codes;
  }

  static List<byte[]> codes(List<Example> examples) {
    return examples.stream().map(Example::codes).toList();
  }
}
