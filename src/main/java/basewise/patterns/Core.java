package basewise.patterns;

/**
 * The positions [start, end) of a pattern that contribute: from the first to the last whose
 * contributions, their absolute values added up, are 0.3 of the strongest position's, as
 * modisco-lite's report cuts them.
 */
public record Core(int start, int end) {
  private static final double SHARE = 0.3;

  /** The core of a pattern. */
  public static Core of(Pattern p) {
    double[] strength = new double[p.length()];
    double most = 0;
    for (int i = 0; i < strength.length; i++) {
      for (int c = 0; c < 4; c++) {
        strength[i] += Math.abs(p.contributions()[4 * i + c]);
      }
      most = Math.max(most, strength[i]);
    }
    int first = strength.length;
    int last = 0;
    for (int i = 0; i < strength.length; i++) {
      if (strength[i] >= SHARE * most) {
        first = Math.min(first, i);
        last = i;
      }
    }
    return new Core(first, last + 1);
  }

  /** With positions around it, as far as the pattern has them. */
  public Core widened(int by, Pattern p) {
    return new Core(Math.max(0, start - by), Math.min(p.length(), end + by));
  }

  /** How many positions it has. */
  public int width() {
    return end - start;
  }

  /** Where it lies in one of the pattern's seqlets, read as the seqlet is. */
  public Seqlet in(Seqlet s) {
    return s.part(start, end);
  }
}
