package basewise.cli;

import basewise.attribution.Absent;
import basewise.attribution.AttributionOptions;
import basewise.attribution.Fit;
import basewise.attribution.Method;
import basewise.attribution.Quadrature;
import basewise.attribution.Reference;
import basewise.attribution.Replacement;
import basewise.attribution.Setting;
import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.WindowReader;
import basewise.io.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which methods of attribution are run, and how. */
final class MethodOptions {
  private static final AttributionOptions DEFAULTS = AttributionOptions.defaults();

  @Option(
      names = "--method",
      paramLabel = "M",
      split = ",",
      completionCandidates = Labels.class,
      description =
          "One or more of ${COMPLETION-CANDIDATES}, separated by commas (default: deepshap).")
  private List<String> names = List.of(Method.DEEPSHAP.label());

  @Option(
      names = "--target",
      paramLabel = "WHAT",
      description =
          "What is explained: an output A, a difference of outputs A-B, or a weighted sum"
              + " 0.5*A+0.5*B (default: the model's first output).")
  @Nullable String target;

  @Option(
      names = "--reference",
      paramLabel = "KIND|FILE",
      description =
          "What sequences are compared with: zero, uniform (a quarter of each base), gc (the base"
              + " frequencies of the sequence's own GC), shuffle (a dinucleotide shuffle of it), or"
              + " a file of sequences as long, over which scores are averaged (default: gc;"
              + " shuffles for expected-gradients).")
  private @Nullable String reference;

  @Option(
      names = "--shuffles",
      paramLabel = "N",
      description = "Dinucleotide shuffles per sequence (default: 20).")
  private @Nullable Integer shuffles;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Points of the path of integrated gradients (default: 50).")
  private @Nullable Integer steps;

  @Option(
      names = "--quadrature",
      paramLabel = "RULE",
      description = "Of that path: midpoint, trapezoid or gauss-legendre (default: midpoint).")
  private @Nullable Quadrature quadrature;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Random draws per sequence (default: 50 for smoothgrad, smoothgrad-squared and vargrad,"
              + " 200 for expected-gradients, 10 per player for lime, kernel-shap and"
              + " shapley-sampling).")
  private @Nullable Integer samples;

  @Option(
      names = "--sigma",
      paramLabel = "X",
      description = "Standard deviation of the noise of smoothgrad (default: 0.1).")
  private @Nullable Double sigma;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "The layer whose map Grad-CAM weighs (default: the last convolution).")
  private @Nullable String layer;

  @Option(names = "--raw", description = "Of ism: differences as they are, not centred.")
  private boolean raw;

  @Option(
      names = "--indels",
      description = "Of ism: single deletions and insertions too, in NAME.indels.tsv.")
  boolean indels;

  @Option(
      names = "--hypothetical",
      description = "Scores of all four letters at each position, not of the one that is there.")
  boolean hypothetical;

  @Option(
      names = "--epsilon",
      paramLabel = "X",
      description = "Of lrp-epsilon, as a share of a layer's scale (default: 1e-6).")
  private @Nullable Double epsilon;

  @Option(names = "--gamma", paramLabel = "X", description = "Of lrp-gamma (default: 0.25).")
  private @Nullable Double gamma;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Of lrp-alpha-beta; beta is one less (default: 2).")
  private @Nullable Double alpha;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Bases that occlusion replaces at once (default: 1).")
  private @Nullable Integer window;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Bases from one window of occlusion to the next (default: 1).")
  private @Nullable Integer stride;

  @Option(
      names = "--replacement",
      paramLabel = "KIND",
      description = "What occlusion puts there: n, shuffle or mean (default: n).")
  private @Nullable Replacement replacement;

  @Option(
      names = "--distance",
      paramLabel = "N",
      description = "Of ism-pairs: only pairs at most so many bases apart (default: all).")
  private @Nullable Integer distance;

  @Option(
      names = "--segment",
      paramLabel = "N",
      description = "Bases per player of lime, kernel-shap and shapley-sampling (default: 1).")
  private @Nullable Integer segment;

  @Option(
      names = "--absent",
      paramLabel = "KIND",
      description =
          "What stands for a player that is absent: shuffle or reference (default: shuffle).")
  private @Nullable Absent absent;

  @Option(
      names = "--fit",
      paramLabel = "KIND",
      description = "How lime fits its weights: ridge or lasso (default: ridge).")
  private @Nullable Fit fit;

  @Option(
      names = "--penalty",
      paramLabel = "X",
      description = "Of that fit (default: 1 for ridge, 0.01 for lasso).")
  private @Nullable Double penalty;

  /** The names of the methods. */
  static final class Labels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Method.values()).map(Method::label).iterator();
    }
  }

  /** The methods that were named, in their order. */
  List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    for (String name : names) {
      Method method =
          Method.of(name)
              .orElseThrow(() ->
                  InputException.ofOption(
                      "--method",
                      "there is no '" + name + "'",
                      "there are "
                          + Arrays.stream(Method.values())
                              .map(Method::label)
                              .collect(Collectors.joining(", "))));
      if (methods.contains(method)) {
        throw InputException.ofOption("--method", name + " is named twice", "name it once");
      }
      methods.add(method);
    }
    return methods;
  }

  /** Refuses values that make no sense, and options that change nothing, before a file is read. */
  void validate(List<Method> methods) {
    for (Map.Entry<Setting, Object> e : given().entrySet()) {
      String option = e.getKey().option();
      if (methods.stream().noneMatch(m -> reads(m, e.getKey()))) {
        throw InputException.ofOption(
            option,
            "changes nothing in " + labels(methods),
            Arrays.stream(Method.values())
                .filter(m -> m.settings().contains(e.getKey()))
                .map(Method::label)
                .collect(Collectors.joining(", ", "it is read by ", condition(e.getKey()))));
      }
      if (e.getValue() instanceof Integer n && n < 1) {
        throw InputException.ofOption(option, "must be at least 1, is " + n, "");
      }
      if (e.getValue() instanceof Double x && !(x > 0 && Double.isFinite(x))) {
        throw InputException.ofOption(option, "must be above 0, is " + x, "");
      }
    }
    if (alpha != null && alpha < 1) {
      throw InputException.ofOption("--alpha", "must be at least 1, is " + alpha, "");
    }
    for (Method m : methods) {
      if (hypothetical && !m.hypothetical()) {
        throw InputException.ofOption(
            "--hypothetical",
            m.label() + " scores only the letters that are there",
            "leave one of them out");
      }
    }
  }

  /** Whether a setting changes what a method gives, with the other options as they are. */
  private boolean reads(Method method, Setting setting) {
    boolean shuffled = or(absent, DEFAULTS.absent()) == Absent.SHUFFLE;
    return method.settings().contains(setting)
        && switch (setting) {
          case REFERENCE -> !method.settings().contains(Setting.ABSENT) || !shuffled;
          case SHUFFLES ->
              method == Method.OCCLUSION
                  ? replacement == Replacement.SHUFFLE
                  : !method.settings().contains(Setting.ABSENT) || shuffled;
          default -> true;
        };
  }

  /** When the last methods that read a setting do. */
  private static String condition(Setting setting) {
    return switch (setting) {
      case REFERENCE -> "; the last three with --absent reference only";
      case SHUFFLES ->
          "; occlusion with --replacement shuffle only, lime and after with --absent shuffle";
      default -> "";
    };
  }

  /** Methods and settings, to tell whether two runs are of the same thing. */
  String words(List<Method> methods) {
    Map<Setting, Object> settings = given();
    // A file is told by its bytes, wherever it lies.
    file().ifPresent(f -> settings.put(Setting.REFERENCE, Reference.FILE));
    return labels(methods) + settings + (hypothetical ? " hypothetical" : "");
  }

  /** The settings that were given, and as what. */
  private Map<Setting, Object> given() {
    Map<Setting, Object> given = new EnumMap<>(Setting.class);
    put(given, Setting.REFERENCE, reference);
    put(given, Setting.SHUFFLES, shuffles);
    put(given, Setting.STEPS, steps);
    put(given, Setting.QUADRATURE, quadrature);
    put(given, Setting.SAMPLES, samples);
    put(given, Setting.SIGMA, sigma);
    put(given, Setting.LAYER, layer);
    put(given, Setting.RAW, raw ? Boolean.TRUE : null);
    put(given, Setting.INDELS, indels ? Boolean.TRUE : null);
    put(given, Setting.EPSILON, epsilon);
    put(given, Setting.GAMMA, gamma);
    put(given, Setting.ALPHA, alpha);
    put(given, Setting.WINDOW, window);
    put(given, Setting.STRIDE, stride);
    put(given, Setting.REPLACEMENT, replacement);
    put(given, Setting.DISTANCE, distance);
    put(given, Setting.SEGMENT, segment);
    put(given, Setting.ABSENT, absent);
    put(given, Setting.FIT, fit);
    put(given, Setting.PENALTY, penalty);
    return given;
  }

  private static void put(Map<Setting, Object> map, Setting setting, @Nullable Object value) {
    if (value != null) {
      map.put(setting, value);
    }
  }

  private static String labels(List<Method> methods) {
    return methods.stream().map(Method::label).collect(Collectors.joining(", "));
  }

  /** The file of references, if there is one. */
  Optional<String> file() {
    return Optional.ofNullable(reference).filter(r -> kind(r) == Reference.FILE);
  }

  private static Reference kind(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "zero" -> Reference.ZERO;
      case "uniform" -> Reference.UNIFORM;
      case "gc" -> Reference.GC;
      case "shuffle" -> Reference.SHUFFLE;
      default -> Reference.FILE;
    };
  }

  /**
   * How the methods are run.
   *
   * @param width bases that the model reads
   */
  AttributionOptions options(CommonOptions common, int width) {
    AttributionOptions.Builder b =
        DEFAULTS.toBuilder().seed(common.seed).raw(raw).indels(indels).layer(layer);
    b.reference(reference == null ? null : kind(reference)).references(references(width));
    b.shuffles(or(shuffles, DEFAULTS.shuffles())).steps(or(steps, DEFAULTS.steps()));
    b.quadrature(or(quadrature, DEFAULTS.quadrature())).samples(or(samples, DEFAULTS.samples()));
    b.sigma(or(sigma, DEFAULTS.sigma()));
    b.epsilon(or(epsilon, DEFAULTS.epsilon())).gamma(or(gamma, DEFAULTS.gamma()));
    b.alpha(or(alpha, DEFAULTS.alpha())).window(or(window, DEFAULTS.window()));
    b.stride(or(stride, DEFAULTS.stride())).distance(or(distance, DEFAULTS.distance()));
    b.replacement(or(replacement, DEFAULTS.replacement()));
    b.segment(or(segment, DEFAULTS.segment())).absent(or(absent, DEFAULTS.absent()));
    return b.fit(or(fit, DEFAULTS.fit())).penalty(or(penalty, DEFAULTS.penalty())).build();
  }

  private List<byte[]> references(int width) {
    if (file().isEmpty()) {
      return List.of();
    }
    DatasetOptions reading = DatasetOptions.defaults().withWidth(width);
    return WindowReader.readWhole(file().get(), reading).windows().stream()
        .map(Example::codes)
        .toList();
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
