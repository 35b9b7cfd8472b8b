package basewise.motif.format;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.motif.Background;
import basewise.sequence.Dna;
import java.util.Arrays;
import java.util.Locale;

/**
 * The MEME Suite's Markov background files: a word and its frequency on each line, {@code #}
 * comments between. Of these the single bases are used (order 0); longer words are passed over.
 */
public final class BackgroundFile {
  private static final double TOLERANCE = 0.01;

  private BackgroundFile() {}

  /**
   * Reads the frequencies of A, C, G and T (or U), in any order and case, that sum to 1 within a
   * hundredth.
   *
   * @throws InputException if a line is something else, or a base is missing, twice or never seen
   */
  public static Background read(String name) {
    double[] frequencies = new double[4];
    Arrays.fill(frequencies, Double.NaN);
    try (TextInput in = TextInput.open(name)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        String[] f = text.split("\\s+");
        if (f.length != 2 || !f[0].toUpperCase(Locale.ROOT).matches("[ACGTU]+")) {
          throw in.wrong(
              "expected a word of A, C, G, T and its frequency, found '" + text + "'",
              "is this a Markov background file of the MEME Suite?");
        }
        double x;
        try {
          x = Double.parseDouble(f[1]);
        } catch (NumberFormatException e) {
          throw in.wrong("'" + f[1] + "' is no frequency", "");
        }
        if (f[0].length() > 1) {
          continue;
        }
        int base = Dna.code(f[0].charAt(0));
        if (!Double.isNaN(frequencies[base])) {
          throw in.wrong("a second frequency of " + f[0], "");
        }
        if (!(x > 0 && x < 1)) {
          throw in.wrong("the frequency of " + f[0] + " must lie between 0 and 1, is " + f[1], "");
        }
        frequencies[base] = x;
      }
    }
    double sum = Arrays.stream(frequencies).sum();
    if (!(Math.abs(sum - 1) <= TOLERANCE)) {
      throw new InputException(
          name,
          Double.isNaN(sum)
              ? "does not give the frequencies of all of A, C, G and T"
              : "its four frequencies sum to " + sum + ", not to 1",
          "is this a Markov background file of the MEME Suite?");
    }
    return Background.of(name, frequencies);
  }
}
