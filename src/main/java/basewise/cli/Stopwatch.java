package basewise.cli;

import basewise.report.RunRecord;

/** Wall seconds per stage, for the run record. */
final class Stopwatch {
  private final RunRecord record;
  private final long start = System.nanoTime();
  private long last = start;

  Stopwatch(RunRecord record) {
    this.record = record;
  }

  /** A stage has ended. */
  void lap(String stage) {
    long now = System.nanoTime();
    record.seconds(stage, (now - last) / 1e9);
    last = now;
  }

  /** All is done. */
  void total() {
    record.seconds("total", (System.nanoTime() - start) / 1e9);
  }
}
