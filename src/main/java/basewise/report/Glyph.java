package basewise.report;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * The shapes of the four letters and ten digits, drawn here so that a logo needs no font. Each
 * shape is an SVG path of absolute M, L, C and Z; y grows downward. A letter fills the box
 * [0,100]x[0,100] to its edges, so its height is exactly what the data say.
 */
final class Glyph {
  /** Filled outlines (even-odd) of A, C, G, T in a box of 100 x 100. */
  private static final String[] LETTERS = {
    "M0,100 L37,0 L63,0 L100,100 L78,100 L70,76 L30,76 L22,100 Z M35.3,60 L64.7,60 L50,16 Z",
    "M100,65 C96,88 78,100 53,100 C20,100 0,81 0,50 C0,19 20,0 53,0 C77,0 95,12 99,33"
        + " L77,38 C74,25 66,18 53,18 C33,18 22,29 22,50 C22,71 33,82 53,82 C67,82 75,75 78,61 Z",
    "M100,46 L100,83 C88,94 73,100 54,100 C20,100 0,81 0,50 C0,19 20,0 54,0 C77,0 93,11 98,31"
        + " L76,37 C73,25 66,18 54,18 C33,18 22,29 22,50 C22,71 34,82 54,82 C64,82 72,79 79,74"
        + " L79,63 L55,63 L55,46 Z",
    "M0,0 L100,0 L100,18 L61,18 L61,100 L39,100 L39,18 L0,18 Z"
  };

  /** Centre lines of 0-9 in a box of 60 x 100, to be stroked. */
  private static final String[] DIGITS = {
    "M30,0 C50,0 60,18 60,50 C60,82 50,100 30,100 C10,100 0,82 0,50 C0,18 10,0 30,0 Z",
    "M8,20 L34,0 L34,100",
    "M2,26 C4,9 15,0 30,0 C47,0 58,11 58,27 C58,50 22,70 0,100 L60,100",
    "M4,14 C12,4 20,0 30,0 C46,0 56,9 56,24 C56,40 45,48 25,48 C47,48 60,57 60,74"
        + " C60,90 48,100 29,100 C16,100 6,95 0,85",
    "M45,100 L45,0 L0,68 L60,68",
    "M55,0 L10,0 L5,46 C12,39 20,36 30,36 C48,36 60,48 60,67 C60,87 48,100 29,100"
        + " C15,100 6,95 0,85",
    "M53,10 C47,3 41,0 33,0 C12,0 0,22 0,58 C0,86 12,100 31,100 C48,100 60,87 60,68"
        + " C60,50 48,39 32,39 C16,39 4,48 0,62",
    "M0,0 L60,0 L22,100",
    "M30,0 C46,0 56,9 56,24 C56,38 46,47 30,47 C14,47 4,38 4,24 C4,9 14,0 30,0 Z"
        + " M30,47 C48,47 60,57 60,73 C60,89 48,100 30,100 C12,100 0,89 0,73 C0,57 12,47 30,47 Z",
    "M7,90 C13,97 19,100 27,100 C48,100 60,78 60,42 C60,14 48,0 29,0 C12,0 0,13 0,32"
        + " C0,50 12,61 28,61 C44,61 56,52 60,38"
  };

  /** Centre lines of the word "bits", lower case, with the x where each letter starts. */
  private static final String[] BITS = {
    "M0,0 L0,100 M0,71 C0,53 12,42 27,42 C44,42 54,54 54,71 C54,88 44,100 27,100 C12,100 0,89 0,71",
    "M8,42 L8,100 M8,17 L8,19",
    "M14,15 L14,84 C14,96 20,100 32,99 M0,42 L32,42",
    "M42,52 C38,45 32,42 23,42 C10,42 3,48 3,56 C3,66 12,69 23,71 C36,73 44,77 44,86"
        + " C44,95 34,100 23,100 C12,100 4,96 0,88"
  };

  private static final int[] BITS_START = {0, 72, 106, 156};

  /** Width of the word "bits" beside a height of 100. */
  static final double BITS_WIDTH = 200;

  private Glyph() {}

  /** The word "bits" as centre lines for Java2D, 100 high. */
  static Path2D bitsShape() {
    Path2D word = new Path2D.Double();
    for (int i = 0; i < BITS.length; i++) {
      word.append(
          parse(BITS[i]).getPathIterator(AffineTransform.getTranslateInstance(BITS_START[i], 0)),
          false);
    }
    return word;
  }

  /** The SVG path of a base code 0-3. */
  static String letter(int code) {
    return LETTERS[code];
  }

  /** The outline of a base code 0-3 for Java2D. */
  static Path2D letterShape(int code) {
    return parse(LETTERS[code]);
  }

  /** The centre line of a decimal digit for Java2D. */
  static Path2D digitShape(int digit) {
    return parse(DIGITS[digit]);
  }

  private static Path2D parse(String path) {
    Path2D shape = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    String[] words = path.replaceAll("([MLCZ])", " $1 ").strip().split("[\\s,]+");
    int i = 0;
    char verb = 'M';
    while (i < words.length) {
      if (Character.isLetter(words[i].charAt(0))) {
        verb = words[i++].charAt(0);
      }
      switch (verb) {
        case 'M' -> shape.moveTo(number(words[i++]), number(words[i++]));
        case 'L' -> shape.lineTo(number(words[i++]), number(words[i++]));
        case 'C' ->
            shape.curveTo(
                number(words[i++]),
                number(words[i++]),
                number(words[i++]),
                number(words[i++]),
                number(words[i++]),
                number(words[i++]));
        default -> shape.closePath();
      }
    }
    return shape;
  }

  private static double number(String word) {
    return Double.parseDouble(word);
  }
}
