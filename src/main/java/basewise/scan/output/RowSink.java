package basewise.scan.output;

import basewise.io.RowListener;
import basewise.io.Rows;
import org.jspecify.annotations.Nullable;

/**
 * An output of rows that also takes rows which are not the hits of one block: {@link #begin},
 * append to the text, {@link #end}, write.
 *
 * @param <T> what is prepared
 */
public sealed interface RowSink<T> extends HitOutput<T> permits RowOutput, BgzfOutput {
  /** How rows are written. */
  HitRows rows();

  /** An empty text. */
  T begin();

  /** Where to append. */
  Rows text(T prepared);

  /** Who must hear of each row; null if nobody. */
  @Nullable RowListener listener(T prepared);

  /** The text is complete. */
  void end(T prepared);
}
