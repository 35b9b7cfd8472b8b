package basewise.scan.output;

import basewise.scan.HitSink;

/**
 * A sink that ends in a file, a folder or a stream. {@link #commit()} gives the result its name;
 * closing without it leaves nothing behind.
 *
 * @param <T> what is prepared
 */
public interface HitOutput<T> extends HitSink<T>, AutoCloseable {
  /**
   * Writes what is left and gives the result its final name; called once, after the scan.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  void commit();

  @Override
  void close();
}
