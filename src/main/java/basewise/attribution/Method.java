package basewise.attribution;

import static basewise.attribution.Promise.EXACT;
import static basewise.attribution.Promise.NONE;
import static basewise.attribution.Setting.RAW;
import static basewise.attribution.Setting.REFERENCE;
import static basewise.attribution.Setting.SHUFFLES;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way to say which bases mattered; {@code help attribute} says how each is defined. */
public enum Method {
  /** The derivative (Simonyan, Vedaldi and Zisserman 2014). */
  GRADIENT("gradient", NONE, true),
  /** The derivative times the input (Shrikumar and others 2016). */
  INPUT_X_GRADIENT("input-x-gradient", NONE, true),
  /** The derivative minus its mean over the four letters (Majdandzic and others 2023). */
  CORRECTED_GRADIENT("corrected-gradient", NONE, true),
  /** DeepLIFT's Rescale rule against one reference (Shrikumar, Greenside and Kundaje 2017). */
  DEEPLIFT("deeplift", EXACT, true, REFERENCE),
  /** The same averaged over shuffles (Lundberg and Lee 2017). */
  DEEPSHAP("deepshap", EXACT, true, SHUFFLES),
  /** Every substitution (Zhou and Troyanskaya 2015). */
  ISM("ism", NONE, true, RAW);

  private final String label;
  private final Promise promise;
  private final boolean hypothetical;
  private final List<Setting> settings;

  Method(String label, Promise promise, boolean hypothetical, Setting... settings) {
    this.label = label;
    this.promise = promise;
    this.hypothetical = hypothetical;
    this.settings = List.of(settings);
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  /** What is promised of the sum of its scores. */
  public Promise promise() {
    return promise;
  }

  /** Whether an error of completeness comes with its scores. */
  public boolean complete() {
    return promise != NONE;
  }

  /** Whether it scores letters that are not there. */
  public boolean hypothetical() {
    return hypothetical;
  }

  /** The options that change what it gives. */
  public List<Setting> settings() {
    return settings;
  }

  /** The method of this name. */
  public static Optional<Method> of(String label) {
    return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst();
  }
}
