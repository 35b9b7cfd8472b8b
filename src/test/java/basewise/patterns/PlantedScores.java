package basewise.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random sequences with a word at a random place, whose bases have high scores. */
public final class PlantedScores {
  /** The word. */
  public static final String WORD = "CAGATAAGGC";

  /** How many positions a sequence has. */
  public static final int LENGTH = 160;

  private PlantedScores() {}

  /** A sequence and its scores, [length * 4]. */
  public record Row(byte[] codes, float[] scores) {}

  /** Rows; every second word stands on the reverse strand. */
  public static List<Row> rows(int count, float sign) {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Random random = new Random(n);
      byte[] codes = new byte[LENGTH];
      float[] scores = new float[4 * LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        codes[i] = (byte) random.nextInt(4);
      }
      int start = 50 + random.nextInt(50);
      for (int i = 0; i < LENGTH; i++) {
        for (int c = 0; c < 4; c++) {
          scores[4 * i + c] = sign * (float) (0.02 * random.nextGaussian());
        }
      }
      for (int w = 0; w < WORD.length(); w++) {
        boolean reverse = n % 2 == 1;
        int letter = "ACGT".indexOf(WORD.charAt(w));
        int i = reverse ? start + WORD.length() - 1 - w : start + w;
        int code = reverse ? 3 - letter : letter;
        codes[i] = (byte) code;
        for (int c = 0; c < 4; c++) {
          scores[4 * i + c] += sign * (c == code ? 1 : -0.3f);
        }
      }
      rows.add(new Row(codes, scores));
    }
    return rows;
  }

  /** As the finder takes them. */
  public static ScoredSequences of(List<Row> rows) {
    return new ScoredSequences(
        rows.stream().map(Row::codes).toArray(byte[][]::new),
        rows.stream().map(Row::scores).toArray(float[][]::new),
        0);
  }
}
