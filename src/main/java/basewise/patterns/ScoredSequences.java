package basewise.patterns;

import basewise.sequence.Dna;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Sequences and the hypothetical contributions of all letters at all positions. They are held in
 * the order of their content, so that nothing depends on the order of the input; {@link #row} says
 * where one came from.
 */
public final class ScoredSequences {
  private final int length;
  private final int offset;
  private final int inputLength;
  private final int[] rows;
  private final byte[][] codes;
  private final float[][] scores;

  /**
   * Takes sequences; the arrays are kept.
   *
   * @param codes of bases, [sequences][length]
   * @param scores hypothetical contributions, [sequences][length * 4], the letter varying fastest
   * @param offset where these positions begin in the sequences of the input
   */
  public ScoredSequences(byte[][] codes, float[][] scores, int offset) {
    this(codes, scores, offset, offset + (codes.length == 0 ? 0 : codes[0].length));
  }

  /**
   * The same.
   *
   * @param inputLength of the sequences of the input, from which these positions were cut; those
   *     before and beyond them are room for patterns, where nothing contributes
   */
  public ScoredSequences(byte[][] codes, float[][] scores, int offset, int inputLength) {
    if (codes.length == 0 || codes.length != scores.length) {
      throw new IllegalArgumentException("sequences and scores");
    }
    this.offset = offset;
    this.inputLength = inputLength;
    length = codes[0].length;
    rows =
        IntStream.range(0, codes.length)
            .boxed()
            .sorted((a, b) -> {
              int order = Arrays.compare(codes[a], codes[b]);
              return order != 0 ? order : Arrays.compare(scores[a], scores[b]);
            })
            .mapToInt(Integer::intValue)
            .toArray();
    this.codes = IntStream.of(rows).mapToObj(i -> codes[i]).toArray(byte[][]::new);
    this.scores = IntStream.of(rows).mapToObj(i -> scores[i]).toArray(float[][]::new);
  }

  private ScoredSequences(ScoredSequences all, int[] kept) {
    length = all.length;
    offset = all.offset;
    inputLength = all.inputLength;
    rows = IntStream.of(kept).map(i -> all.rows[i]).toArray();
    codes = IntStream.of(kept).mapToObj(i -> all.codes[i]).toArray(byte[][]::new);
    scores = IntStream.of(kept).mapToObj(i -> all.scores[i]).toArray(float[][]::new);
  }

  /** Some of them; {@link #row} still says where in the input one came from. */
  public ScoredSequences only(IntPredicate kept) {
    int[] those = IntStream.range(0, count()).filter(kept).toArray();
    if (those.length == 0) {
      throw new IllegalArgumentException("no sequences");
    }
    return new ScoredSequences(this, those);
  }

  /** How many sequences. */
  public int count() {
    return rows.length;
  }

  /** Their length. */
  public int length() {
    return length;
  }

  /** Where position 0 lies in the sequences of the input. */
  public int offset() {
    return offset;
  }

  /** How many positions the sequences of the input have. */
  public int inputLength() {
    return inputLength;
  }

  /** Whether a position is one of the sequences of the input, and not room at their ends. */
  boolean given(int position) {
    return position + offset >= 0 && position + offset < inputLength;
  }

  /** The row of the input that a sequence was, 0-based. */
  public int row(int sequence) {
    return rows[sequence];
  }

  /** The contribution of the base that is there; 0 where there is none. */
  public float contribution(int sequence, int position) {
    int code = codes[sequence][position];
    return code == Dna.N ? 0 : scores[sequence][position * 4 + code];
  }

  /** The base codes of a sequence; do not change them. */
  public byte[] codes(int sequence) {
    return codes[sequence];
  }

  /** The code of a position of a seqlet, as it is read. */
  public int code(Seqlet s, int position) {
    if (!s.reverse()) {
      return codes[s.sequence()][s.start() + position];
    }
    int code = codes[s.sequence()][s.end() - 1 - position];
    return code == Dna.N ? code : 3 - code;
  }

  /** The hypothetical contribution of a letter at a position of a seqlet, as it is read. */
  public float hypothetical(Seqlet s, int position, int letter) {
    float[] row = scores[s.sequence()];
    return s.reverse()
        ? row[(s.end() - 1 - position) * 4 + 3 - letter]
        : row[(s.start() + position) * 4 + letter];
  }

  /** The codes of a seqlet, as it is read. */
  public byte[] codes(Seqlet s) {
    byte[] out = Arrays.copyOfRange(codes[s.sequence()], s.start(), s.end());
    if (s.reverse()) {
      for (int i = 0, j = out.length - 1; i <= j; i++, j--) {
        byte code = complement(out[i]);
        out[i] = complement(out[j]);
        out[j] = code;
      }
    }
    return out;
  }

  private static byte complement(byte code) {
    return (byte) (code == Dna.N ? code : 3 - code);
  }

  /** The hypothetical contributions of a seqlet as it is read, [length * 4]. */
  public float[] hypothetical(Seqlet s) {
    float[] out = Arrays.copyOfRange(scores[s.sequence()], 4 * s.start(), 4 * s.end());
    if (s.reverse()) {
      for (int i = 0, j = out.length - 1; i < j; i++, j--) {
        float score = out[i];
        out[i] = out[j];
        out[j] = score;
      }
    }
    return out;
  }

  /** The contributions of the bases of a seqlet likewise; 0 for other letters. */
  public float[] contributions(Seqlet s) {
    float[] out = hypothetical(s);
    byte[] there = codes(s);
    for (int i = 0; i < out.length; i++) {
      out[i] = (i & 3) == there[i >> 2] ? out[i] : 0;
    }
    return out;
  }

  /** Sum of the contributions of a seqlet's bases. */
  public double total(Seqlet s) {
    double sum = 0;
    for (int i = s.start(); i < s.end(); i++) {
      sum += contribution(s.sequence(), i);
    }
    return sum;
  }

  /** Sum of their absolute values: how strong a seqlet is. */
  double strength(Seqlet s) {
    double sum = 0;
    for (int i = s.start(); i < s.end(); i++) {
      sum += Math.abs(contribution(s.sequence(), i));
    }
    return sum;
  }

  /** Whether a place lies inside. */
  boolean holds(Seqlet s) {
    return s.start() >= 0 && s.end() <= length;
  }
}
