package basewise.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where everything of a logo is drawn, in units of the SVG; the one geometry of SVG and PNG.
 *
 * @param width of the whole picture
 * @param height of the whole picture
 * @param letters the letters
 * @param ticks the marks of the axis of bits
 * @param numbers the positions named below the columns, from 1
 * @param baseline y of 0 bits
 * @param left x of the first column of the motif
 * @param right x of the end of its last column
 * @param axis x of the axis
 */
record LogoLayout(
    double width,
    double height,
    List<Letter> letters,
    List<Label> ticks,
    List<Label> numbers,
    double baseline,
    double left,
    double right,
    double axis) {
  /** Width of a column. */
  static final double COLUMN = 24;

  /** Left of the first column. */
  static final double MARGIN = 40;

  /** From the axis to the middle of its name. */
  static final double NAME = 28;

  private static final double TOP = 8;
  private static final double STACK = 96;
  private static final double BOTTOM = 22;
  private static final double GAP = 0.75;

  /** Letters lower than this many units could not be seen. */
  private static final double INVISIBLE = 0.2;

  /** One letter of a base code, its box's top left corner and size. */
  record Letter(int code, double x, double y, double width, double height) {}

  /** A number and the place it stands for. */
  record Label(int number, double x, double y) {}

  LogoLayout {
    letters = List.copyOf(letters);
    ticks = List.copyOf(ticks);
    numbers = List.copyOf(numbers);
  }

  /**
   * Lays out a logo among empty columns.
   *
   * @param lead empty columns before the motif
   * @param total columns in all, at least lead + width
   */
  static LogoLayout of(SequenceLogo logo, int lead, int total) {
    double most = logo.options().mostBits();
    double baseline = TOP + STACK;
    double left = MARGIN + lead * COLUMN;
    List<Letter> letters = new ArrayList<>();
    List<Label> numbers = new ArrayList<>();
    for (int i = 0; i < logo.width(); i++) {
      double x = left + i * COLUMN;
      double y = baseline;
      for (int code : logo.bottomUp(i)) {
        double height = logo.height(i, code) / most * STACK;
        if (height >= INVISIBLE) {
          letters.add(new Letter(code, x + GAP, y - height, COLUMN - 2 * GAP, height));
          y -= height;
        }
      }
      if (i == 0 || (i + 1) % 5 == 0) {
        numbers.add(new Label(i + 1, x + COLUMN / 2, baseline));
      }
    }
    double axis = left - 2;
    List<Label> ticks = new ArrayList<>();
    for (int bits = 0; bits <= most + 1e-9; bits++) {
      ticks.add(new Label(bits, axis, baseline - bits / most * STACK));
    }
    return new LogoLayout(
        MARGIN + total * COLUMN + 2,
        baseline + BOTTOM,
        letters,
        ticks,
        numbers,
        baseline,
        left,
        left + logo.width() * COLUMN,
        axis);
  }
}
