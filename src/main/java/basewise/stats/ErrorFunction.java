package basewise.stats;

/**
 * The complementary error function by rational approximations whose relative error is near that of
 * a double, in the lower tail too (Cody 1969, Mathematics of Computation 23, 631-637).
 */
public final class ErrorFunction {
  private static final double SMALL = 0.46875;
  private static final double LARGE = 4;

  /** Above it nothing is left. */
  private static final double NOTHING = 27.5;

  private static final double[] SMALL_ABOVE = {
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] SMALL_BELOW = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_ABOVE = {
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_BELOW = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] LARGE_ABOVE = {
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4
  };
  private static final double[] LARGE_BELOW = {
    1,
    2.56852019228982242,
    1.87295284992346725,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private ErrorFunction() {}

  /** 1 - erf(x): 2 / sqrt(pi) times the integral of exp(-t t) from x to infinity. */
  public static double complement(double x) {
    double y = Math.abs(x);
    if (y <= SMALL) {
      return 1 - x * ratio(SMALL_ABOVE, SMALL_BELOW, y * y);
    }
    double tail = y > NOTHING ? 0 : tail(y);
    return x < 0 ? 2 - tail : tail;
  }

  private static double tail(double y) {
    double scaled;
    if (y <= LARGE) {
      scaled = ratio(MIDDLE_ABOVE, MIDDLE_BELOW, y);
    } else {
      double z = 1 / (y * y);
      scaled = (1 / Math.sqrt(Math.PI) - z * ratio(LARGE_ABOVE, LARGE_BELOW, z)) / y;
    }
    // exp(-y y) in two parts: y rounded to sixteenths has an exact square.
    double coarse = Math.floor(y * 16) / 16;
    return Math.exp(-coarse * coarse) * Math.exp((coarse - y) * (coarse + y)) * scaled;
  }

  /** Polynomials with the highest power first, by Horner's rule. */
  private static double ratio(double[] above, double[] below, double x) {
    double a = above[0];
    double b = below[0];
    for (int i = 1; i < above.length; i++) {
      a = a * x + above[i];
      b = b * x + below[i];
    }
    return a / b;
  }
}
