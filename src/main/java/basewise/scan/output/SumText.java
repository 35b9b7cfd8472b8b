package basewise.scan.output;

import basewise.io.Rows;
import basewise.scan.ScanMotif;
import basewise.sequence.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Text that depends on nothing but motif, strand and sum, made once when it is first needed.
 * Thread-safe.
 */
final class SumText {
  /** Makes the text. */
  interface Maker {
    /** Appends the text of a sum of an oriented motif; makes its own room. */
    void make(int oriented, int sum, Rows out);
  }

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(byte[][].class);

  private final byte[][][] made;
  private final int[] cutoff;
  private final Maker maker;

  SumText(List<ScanMotif> motifs, Maker maker) {
    this.maker = maker;
    made = new byte[2 * motifs.size()][][];
    cutoff = new int[made.length];
    for (int o = 0; o < made.length; o++) {
      ScanMotif motif = motifs.get(o >>> 1);
      Strand strand = Strand.values()[o & 1];
      cutoff[o] = motif.cutoff(strand);
      made[o] = new byte[Math.max(0, motif.matrix(strand).maximum() - cutoff[o] + 1)][];
    }
  }

  /** The text of a hit. */
  byte[] of(int oriented, int sum) {
    byte[] text = (byte[]) SLOT.getAcquire(made[oriented], sum - cutoff[oriented]);
    return text != null ? text : make(oriented, sum);
  }

  private byte[] make(int oriented, int sum) {
    Rows rows = new Rows(64);
    maker.make(oriented, sum, rows);
    byte[] text = rows.toBytes();
    SLOT.setRelease(made[oriented], sum - cutoff[oriented], text);
    return text;
  }
}
