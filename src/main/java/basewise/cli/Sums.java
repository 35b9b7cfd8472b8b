package basewise.cli;

import basewise.attribution.Completeness;
import basewise.attribution.Method;
import basewise.attribution.Promise;
import java.util.Locale;

/** What methods that promise exact sums lose at worst, which loses it, and at which layer. */
final class Sums {
  private double worst;
  private String where = "";

  /** Takes note of one sequence against one reference. */
  void see(Method method, Completeness c) {
    if (method.promise() == Promise.EXACT && c.error() > worst) {
      worst = c.error();
      where = "of " + method.label() + (c.layer() == null ? "" : " at '" + c.layer() + "'");
    }
  }

  /** Whether a person should know. */
  boolean worthAWarning() {
    return worst > Completeness.WORTH_A_WARNING;
  }

  /** Whether scores are wrong. */
  boolean wrong() {
    return worst > Completeness.WRONG;
  }

  /** What a person should know. */
  String problem() {
    return String.format(
        Locale.ROOT, "contributions %s do not add up, by up to %.2g", where, worst);
  }
}
