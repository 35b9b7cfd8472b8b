package basewise.attribution;

import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a sequence that are present or absent together: segments of so many bases, the last
 * one shorter if need be. An N belongs to none; a segment of Ns is no player.
 */
final class Players {
  /** Positions of one, half-open. */
  record Segment(int start, int end) {}

  private static final int BASES = Dna.N;

  private final byte[] codes;
  private final List<Segment> segments = new ArrayList<>();

  /** Cuts a sequence into segments of {@code bases}. */
  Players(byte[] codes, int bases) {
    this.codes = codes;
    for (int start = 0; start < codes.length; start += bases) {
      int end = Math.min(start + bases, codes.length);
      if (Dna.countN(codes, start, end) < end - start) {
        segments.add(new Segment(start, end));
      }
    }
  }

  /** How many. */
  int count() {
    return segments.size();
  }

  /** Where they are. */
  List<Segment> segments() {
    return segments;
  }

  /**
   * One input where those present are and another elsewhere.
   *
   * @param present one per player
   * @param all input of the sequence, [length][4]
   * @param none input in which all are absent
   */
  double[] mixed(boolean[] present, double[] all, double[] none) {
    double[] out = none.clone();
    for (int p = 0; p < present.length; p++) {
      if (present[p]) {
        Segment s = segments.get(p);
        int from = s.start * BASES;
        System.arraycopy(all, from, out, from, (s.end - s.start) * BASES);
      }
    }
    return out;
  }

  /** The value of each player in equal shares on its known bases: [position][base], flat. */
  double[] shared(double[] values) {
    double[] out = new double[codes.length * BASES];
    for (int p = 0; p < values.length; p++) {
      Segment s = segments.get(p);
      double share = values[p] / (s.end - s.start - Dna.countN(codes, s.start, s.end));
      for (int i = s.start; i < s.end; i++) {
        if (codes[i] != Dna.N) {
          out[i * BASES + codes[i]] = share;
        }
      }
    }
    return out;
  }
}
