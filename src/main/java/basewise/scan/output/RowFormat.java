package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.TabixIndex;
import org.jspecify.annotations.Nullable;

/** How hits are written as rows of text. Thread-safe; owns no file. */
public interface RowFormat {
  /** What comes before all rows; may be empty. */
  byte[] header();

  /** Where rows tell of their places, if an index of them makes sense. */
  default TabixIndex.@Nullable Columns columns() {
    return null;
  }

  /**
   * What depends on the sequence alone; made once per sequence and block. By default its name and a
   * tab.
   *
   * @param contig its name, UTF-8
   */
  default byte[] lead(byte[] contig) {
    return new Rows().room(contig.length + 1).put(contig).put('\t').toBytes();
  }

  /** How many bases a hit of an oriented motif covers. */
  int width(int oriented);

  /**
   * Looks up two numbers that {@link #row} will be given: rows looked up together wait for memory
   * together.
   *
   * @param into gets them at 2 * at and 2 * at + 1
   */
  default void ahead(int oriented, int sum, long[] into, int at) {}

  /**
   * Appends one row, its line end too.
   *
   * @param lead of {@link #lead}
   * @param start 0-based place of the hit in the contig
   * @param oriented 2 * motif + strand (0 forward, 1 reverse)
   * @param codes base codes 0-4
   * @param at where in the codes the hit starts
   * @param first what {@link #ahead} looked up
   * @param second likewise
   */
  void row(
      Rows out,
      byte[] lead,
      long start,
      int oriented,
      int sum,
      byte[] codes,
      int at,
      long first,
      long second);
}
