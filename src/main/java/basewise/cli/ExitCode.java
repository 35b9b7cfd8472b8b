package basewise.cli;

/** What the process says when it ends; the one list of exit codes. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** A bug: a stack trace is printed. */
  static final int BUG = 1;

  /** The command line could not be understood, or an option does not fit. */
  static final int USAGE = 2;

  /** A file given by the user is wrong: one line, no stack trace. */
  static final int BAD_INPUT = 3;

  /** Hardware was asked for and is missing. */
  static final int NO_HARDWARE = 4;

  /** Interrupted (Ctrl-C). */
  static final int INTERRUPTED = 130;

  /** Out of memory: Nextflow retries this one with more. */
  static final int OUT_OF_MEMORY = 137;

  private ExitCode() {}
}
