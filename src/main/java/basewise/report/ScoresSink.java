package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;

/**
 * Takes scores as they are found: method after method, each time all sequences in one order. What
 * it writes appears when it is committed.
 */
public interface ScoresSink extends AutoCloseable {
  /** The scores of this method come next. */
  void begin(Method method);

  /** Takes those of a sequence. */
  void add(Example sequence, Attribution scores);

  /** Writes what is left; several sinks may be sealed before the first is committed. */
  void seal();

  /** Moves what was written to its name. */
  void commit();

  @Override
  void close();
}
