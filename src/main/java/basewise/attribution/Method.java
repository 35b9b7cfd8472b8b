package basewise.attribution;

import static basewise.attribution.Promise.EXACT;
import static basewise.attribution.Promise.NONE;
import static basewise.attribution.Promise.REPORTED;
import static basewise.attribution.Setting.ABSENT;
import static basewise.attribution.Setting.ALPHA;
import static basewise.attribution.Setting.DISTANCE;
import static basewise.attribution.Setting.EPSILON;
import static basewise.attribution.Setting.FIT;
import static basewise.attribution.Setting.GAMMA;
import static basewise.attribution.Setting.INDELS;
import static basewise.attribution.Setting.LAYER;
import static basewise.attribution.Setting.PENALTY;
import static basewise.attribution.Setting.QUADRATURE;
import static basewise.attribution.Setting.RAW;
import static basewise.attribution.Setting.REFERENCE;
import static basewise.attribution.Setting.REPLACEMENT;
import static basewise.attribution.Setting.SAMPLES;
import static basewise.attribution.Setting.SEGMENT;
import static basewise.attribution.Setting.SHUFFLES;
import static basewise.attribution.Setting.SIGMA;
import static basewise.attribution.Setting.STEPS;
import static basewise.attribution.Setting.STRIDE;
import static basewise.attribution.Setting.WINDOW;

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
  /** The mean derivative under noise (Smilkov and others 2017). */
  SMOOTHGRAD("smoothgrad", NONE, true, SAMPLES, SIGMA),
  /** The mean square of the derivative under noise (Hooker and others 2019). */
  SMOOTHGRAD_SQUARED("smoothgrad-squared", NONE, true, SAMPLES, SIGMA),
  /** The variance of the derivative under noise (Adebayo and others 2018). */
  VARGRAD("vargrad", NONE, true, SAMPLES, SIGMA),
  /** The derivative along a straight path (Sundararajan, Taly and Yan 2017). */
  INTEGRATED_GRADIENTS("integrated-gradients", REPORTED, true, REFERENCE, STEPS, QUADRATURE),
  /** The same at random places of paths from many references (Erion and others 2021). */
  EXPECTED_GRADIENTS("expected-gradients", REPORTED, true, REFERENCE, SHUFFLES, SAMPLES),
  /** DeepLIFT's Rescale rule against one reference (Shrikumar, Greenside and Kundaje 2017). */
  DEEPLIFT("deeplift", EXACT, true, REFERENCE),
  /** DeepLIFT's RevealCancel rule at every activation (the same paper). */
  DEEPLIFT_REVEALCANCEL("deeplift-revealcancel", EXACT, true, REFERENCE),
  /** Rescale after convolutions, RevealCancel after dense layers (the same paper). */
  DEEPLIFT_GENOMICS("deeplift-genomics", EXACT, true, REFERENCE),
  /** Rescale averaged over shuffles (Lundberg and Lee 2017). */
  DEEPSHAP("deepshap", EXACT, true, SHUFFLES),
  /** Relevance in proportion to contributions (Bach and others 2015). */
  LRP_0("lrp-0", EXACT, false),
  /** The same with a stabiliser (Bach and others 2015). */
  LRP_EPSILON("lrp-epsilon", EXACT, false, EPSILON),
  /** Contributions of an output's own sign count more (Montavon and others 2019). */
  LRP_GAMMA("lrp-gamma", EXACT, false, GAMMA),
  /** Contributions of both signs apart (Bach and others 2015). */
  LRP_ALPHA_BETA("lrp-alpha-beta", EXACT, false, ALPHA),
  /** Contributions above 0 only (Montavon and others 2017). */
  LRP_ZPLUS("lrp-zplus", EXACT, false),
  /** The same above a first layer that shares by squared weights (Montavon and others 2017). */
  LRP_W2("lrp-w2", EXACT, false),
  /** The same above a first layer that shares evenly (Lapuschkin and others 2019). */
  LRP_FLAT("lrp-flat", EXACT, false),
  /** Flat, gamma and epsilon by depth (Montavon and others 2019; Kohlbrenner and others 2020). */
  LRP_COMPOSITE("lrp-composite", EXACT, false, GAMMA, EPSILON),
  /** Deep Taylor decomposition of ReLU networks (Montavon and others 2017). */
  DEEP_TAYLOR("deep-taylor", EXACT, false),
  /** The derivative past ReLUs that let nothing negative back (Zeiler and Fergus 2014). */
  DECONVNET("deconvnet", NONE, false),
  /** The same, past open ReLUs only (Springenberg and others 2015). */
  GUIDED_BACKPROP("guided-backprop", NONE, false),
  /** The map before a global average, weighed as the output weighs it (Zhou and others 2016). */
  CAM("cam", NONE, false),
  /** A layer's map, weighed by mean derivatives (Selvaraju and others 2017). */
  GRAD_CAM("grad-cam", NONE, false, LAYER),
  /** The same with weights per position (Chattopadhay and others 2018). */
  GRAD_CAM_PP("grad-cam-pp", NONE, false, LAYER),
  /** Grad-CAM times guided backpropagation (Selvaraju and others 2017). */
  GUIDED_GRAD_CAM("guided-grad-cam", NONE, false, LAYER),
  /** The change when a window is replaced (Zeiler and Fergus 2014). */
  OCCLUSION("occlusion", NONE, false, WINDOW, STRIDE, REPLACEMENT, SHUFFLES),
  /** Every substitution (Zhou and Troyanskaya 2015). */
  ISM("ism", NONE, true, RAW, INDELS),
  /** What two substitutions do beyond the sum of what each does (Koo and others 2018). */
  ISM_PAIRS("ism-pairs", NONE, false, DISTANCE),
  /** A linear model of outputs near the sequence (Ribeiro, Singh and Guestrin 2016). */
  LIME("lime", NONE, false, SAMPLES, SEGMENT, ABSENT, SHUFFLES, REFERENCE, FIT, PENALTY),
  /** Shapley values by weighted regression (Lundberg and Lee 2017). */
  KERNEL_SHAP("kernel-shap", REPORTED, false, SAMPLES, SEGMENT, ABSENT, SHUFFLES, REFERENCE),
  /** Shapley values by random orders (Castro, Gomez and Tejada 2009). */
  SHAPLEY_SAMPLING(
      "shapley-sampling", REPORTED, false, SAMPLES, SEGMENT, ABSENT, SHUFFLES, REFERENCE);

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
