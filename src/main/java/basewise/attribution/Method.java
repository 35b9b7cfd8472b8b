package basewise.attribution;

import java.util.Arrays;
import java.util.Optional;

/** A way to say which bases mattered; {@code help attribute} says how each is defined. */
public enum Method {
  /** The derivative (Simonyan, Vedaldi and Zisserman 2014). */
  GRADIENT("gradient", false),
  /** The derivative times the input (Shrikumar and others 2016). */
  INPUT_X_GRADIENT("input-x-gradient", false),
  /** The derivative minus its mean over the four letters (Majdandzic and others 2023). */
  CORRECTED_GRADIENT("corrected-gradient", false),
  /** DeepLIFT's Rescale rule against one reference (Shrikumar, Greenside and Kundaje 2017). */
  DEEPLIFT("deeplift", true),
  /** The same averaged over shuffles (Lundberg and Lee 2017). */
  DEEPSHAP("deepshap", true),
  /** Every substitution (Zhou and Troyanskaya 2015). */
  ISM("ism", false);

  private final String label;
  private final boolean complete;

  Method(String label, boolean complete) {
    this.label = label;
    this.complete = complete;
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  /** Whether its scores promise to add up to the difference of the outputs. */
  public boolean complete() {
    return complete;
  }

  /** The method of this name. */
  public static Optional<Method> of(String label) {
    return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst();
  }
}
