package basewise.report;

import basewise.stats.LogValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and words as the report's files print them: one place, no locale. */
final class Text {
  private Text() {}

  /** Text safe in HTML and XML content and in quoted attributes. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return out.toString();
  }

  /** A coordinate of a drawing: two decimals, no trailing zeros. */
  static String coordinate(double x) {
    return shortest(x, 2);
  }

  /** A number with at most some decimals and no trailing zeros. */
  static String shortest(double x, int decimals) {
    BigDecimal rounded =
        BigDecimal.valueOf(x).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A number with exactly some decimals, or "n/a" if it is not known. */
  static String fixed(double x, int decimals) {
    return Double.isFinite(x) ? String.format(Locale.ROOT, "%." + decimals + "f", x) : "n/a";
  }

  /** A share as a whole percentage, with a decimal below 10 %. */
  static String percent(double share) {
    if (!Double.isFinite(share)) {
      return "n/a";
    }
    return fixed(100 * share, share > 0 && share < 0.0995 ? 1 : 0) + "&nbsp;%";
  }

  /** part / whole as a percentage. */
  static String percent(long part, long whole) {
    return percent(whole == 0 ? Double.NaN : (double) part / whole);
  }

  /** A count with thin spaces between thousands. */
  static String count(long n) {
    String digits = String.format(Locale.ROOT, "%,d", n);
    return digits.replace(",", "\u202f");
  }

  /** A p or E-value as HTML: 3.1 x 10 to a power. */
  static String power(LogValue value) {
    if (Double.isNaN(value.log10())) {
      return "n/a";
    }
    if (value.isPlain()) {
      return value.toString();
    }
    String exponent = Integer.toString(value.exponent()).replace('-', '\u2212');
    return "<span class=\"num\">%s&thinsp;×&thinsp;10<sup>%s</sup></span>"
        .formatted(value.mantissa(), exponent);
  }

  /** One field of a table whose columns are parted by tabs. */
  static String field(String text) {
    return text.replaceAll("[\\t\\r\\n]", " ");
  }
}
