package basewise.sequence;

/** One of the two strands of DNA. */
public enum Strand {
  /** As the reference is written. */
  FORWARD('+'),
  /** The reverse complement. */
  REVERSE('-');

  private final char symbol;

  Strand(char symbol) {
    this.symbol = symbol;
  }

  /** '+' or '-', as in BED. */
  public char symbol() {
    return symbol;
  }
}
