package basewise.discovery;

import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells sites of a factor from copies of one ancestral sequence (repeats, paralogues, duplicated
 * peaks): around a factor's sites the flanks are unrelated, around copies they are alike as well.
 */
final class Copies {
  /** Bases looked at on each side of a site. */
  static final int FLANK = 20;

  /** Flanks with at least this share of equal bases are copies; unrelated ones share about 0.3. */
  static final double IDENTITY = 0.6;

  private static final int WORD = 5;

  /** Fewer known bases in common than this prove nothing. */
  private static final int ENOUGH = 20;

  /** A word that more families share than this is low complexity and finds none of them. */
  private static final int COMMON = 60;

  private static final int[] NONE = {0};

  private Copies() {}

  /** Both flanks of a site as its strand reads them: 2 * FLANK codes, N where there is no base. */
  static byte[] flanks(byte[] codes, int start, int end, Strand strand) {
    byte[] out = new byte[2 * FLANK];
    for (int i = 0; i < FLANK; i++) {
      int left = start - FLANK + i;
      int right = end + i;
      byte l = left >= 0 ? codes[left] : Dna.N;
      byte r = right < codes.length ? codes[right] : Dna.N;
      if (strand == Strand.FORWARD) {
        out[i] = l;
        out[FLANK + i] = r;
      } else {
        out[2 * FLANK - 1 - i] = Dna.complement(l);
        out[FLANK - 1 - i] = Dna.complement(r);
      }
    }
    return out;
  }

  /**
   * Groups flanks into families: each joins the first family whose founder it resembles, else
   * founds one.
   *
   * @return how many of the flanks are not the first of their family
   */
  static int count(List<byte[]> flanks) {
    Map<Integer, int[]> index =
        new HashMap<>(); // word at a place -> founders, first entry = how many
    int copies = 0;
    int[] seen = new int[flanks.size()];
    for (int i = 0; i < flanks.size(); i++) {
      byte[] f = flanks.get(i);
      boolean copy = false;
      for (int at = 0; at + WORD <= f.length && !copy; at++) {
        int w = word(f, at);
        int[] founders = index.getOrDefault(w, NONE);
        for (int j = 1; j <= founders[0] && !copy; j++) {
          int other = founders[j];
          if (seen[other] != i + 1) {
            seen[other] = i + 1;
            copy = alike(f, flanks.get(other));
          }
        }
      }
      if (copy) {
        copies++;
        continue;
      }
      for (int at = 0; at + WORD <= f.length; at++) {
        int w = word(f, at);
        if (w >= 0) {
          int[] founders = index.computeIfAbsent(w, x -> new int[COMMON + 1]);
          if (founders[0] < COMMON) {
            founders[++founders[0]] = i;
          }
        }
      }
    }
    return copies;
  }

  private static int word(byte[] f, int at) {
    int w = at;
    for (int i = 0; i < WORD; i++) {
      if (f[at + i] == Dna.N) {
        return -1;
      }
      w = w << 2 | f[at + i];
    }
    return w;
  }

  private static boolean alike(byte[] a, byte[] b) {
    int same = 0;
    int known = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] != Dna.N && b[i] != Dna.N) {
        known++;
        same += a[i] == b[i] ? 1 : 0;
      }
    }
    return known >= ENOUGH && same >= IDENTITY * known;
  }
}
