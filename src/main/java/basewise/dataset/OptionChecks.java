package basewise.dataset;

import basewise.io.InputException;

/** Refuses options that make no sense, before anything is read. */
final class OptionChecks {
  private static final int SHORTEST = 4;
  private static final int LONGEST = 1_000_000;

  private OptionChecks() {}

  static void check(DatasetOptions o) {
    if (o.width() != 0 && (o.width() < SHORTEST || o.width() > LONGEST)) {
      throw InputException.ofOption(
          "--width", "must be " + SHORTEST + " to " + LONGEST + ", is " + o.width(), "");
    }
    if (o.shuffles() < 1) {
      throw InputException.ofOption(
          "--shuffles", "must be at least 1, is " + o.shuffles(), "or give --negatives");
    }
    if (o.trim() < 0) {
      throw InputException.ofOption("--trim", "must be at least 1, is " + o.trim(), "");
    }
    if (o.background() == NegativeSource.GENOME && o.genome() == null) {
      throw InputException.ofOption("--background", "genome needs a genome", "give --genome");
    }
  }
}
