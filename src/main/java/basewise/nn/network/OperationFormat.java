package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How each operation is written in a {@link NetworkFile}, and read from one. */
final class OperationFormat {
  private static final String WEIGHTS = "weights";
  private static final String BIAS = "bias";

  /** The names that files have for operations. */
  static final List<String> NAMES =
      List.of(
          "convolution",
          "reverse-complement-convolution",
          "batch-norm",
          "dense",
          "activation",
          "softmax",
          "maximum",
          "max-pool",
          "average-pool",
          "add",
          "concat",
          "crop",
          "flatten",
          "dropout");

  private OperationFormat() {}

  /**
   * An array of parameters.
   *
   * @param name such as weights
   * @param values of this shape, flat, the last index varying fastest
   */
  @SuppressWarnings("ArrayRecordComponent") // parameters; never compared
  record Parameter(String name, int[] shape, float[] values) {
    static Parameter vector(String name, float[] values) {
      return new Parameter(name, new int[] {values.length}, values);
    }

    /** Whether all of it is numbers. */
    boolean isFinite() {
      for (float v : values) {
        if (!Float.isFinite(v)) {
          return false;
        }
      }
      return true;
    }
  }

  /** What the file says of a node; every verb complains, naming the node, if it is not there. */
  interface Described {
    int integer(String attribute);

    double number(String attribute);

    String word(String attribute);

    /** The convolution that the node of this name is. */
    Convolution convolution(String node);

    /** A parameter with so many dimensions. */
    Parameter parameter(String name, int dimensions);

    /** Complains of the node. */
    RuntimeException wrong(String problem);
  }

  static String name(Operation operation) {
    return switch (operation) {
      case Convolution c -> "convolution";
      case ReverseComplementConvolution c -> "reverse-complement-convolution";
      case Operation.BatchNorm b -> "batch-norm";
      case Operation.Dense d -> "dense";
      case Operation.Activation a -> "activation";
      case Softmax s -> "softmax";
      case Operation.Maximum m -> "maximum";
      case Operation.MaxPool p -> "max-pool";
      case AveragePool p -> "average-pool";
      case Operation.Add a -> "add";
      case Concat c -> "concat";
      case Crop c -> "crop";
      case Operation.Flatten f -> "flatten";
      case Operation.Dropout d -> "dropout";
    };
  }

  static List<Parameter> parameters(Operation operation) {
    return switch (operation) {
      case Convolution c ->
          List.of(
              new Parameter(WEIGHTS, new int[] {c.filters(), c.width(), c.channels()}, c.weights()),
              Parameter.vector(BIAS, c.bias()));
      case Operation.BatchNorm b ->
          List.of(Parameter.vector("scale", b.scale()), Parameter.vector("shift", b.shift()));
      case Operation.Dense d -> {
        int out = d.bias().length;
        yield List.of(
            new Parameter(WEIGHTS, new int[] {d.weights().length / out, out}, d.weights()),
            Parameter.vector(BIAS, d.bias()));
      }
      default -> List.of();
    };
  }

  /**
   * Writes the attributes.
   *
   * @param names of the nodes that are convolutions
   */
  static void attributes(Operation operation, JsonObject to, Function<Convolution, String> names) {
    switch (operation) {
      case Convolution c -> {
        to.addProperty("width", c.width());
        to.addProperty("stride", c.windows().stride());
        to.addProperty("dilation", c.windows().dilation());
        to.addProperty("padding_left", c.windows().left());
        to.addProperty("padding_right", c.windows().right());
      }
      case ReverseComplementConvolution c -> to.addProperty("of", names.apply(c.shared()));
      case Operation.Activation a -> {
        to.addProperty("function", function(a.function().kind()));
        if (a.function().kind().hasAlpha()) {
          to.addProperty("alpha", a.function().alpha());
        }
      }
      case Operation.MaxPool p -> pool(p.window(), p.stride(), to);
      case AveragePool p -> pool(p.window(), p.stride(), to);
      case Crop c -> {
        to.addProperty("start", c.start());
        to.addProperty("end", c.end());
      }
      case Operation.Dropout d -> to.addProperty("rate", d.rate());
      default -> {}
    }
  }

  private static void pool(int window, int stride, JsonObject to) {
    to.addProperty("window", window);
    to.addProperty("stride", stride);
  }

  private static String function(ActivationFunction.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads an operation.
   *
   * @param name one of {@link #NAMES}
   */
  static Operation read(String name, Described d) {
    return switch (name) {
      case "convolution" -> convolution(d);
      case "reverse-complement-convolution" ->
          new ReverseComplementConvolution(d.convolution(d.word("of")));
      case "batch-norm" ->
          new Operation.BatchNorm(
              d.parameter("scale", 1).values(), d.parameter("shift", 1).values());
      case "dense" -> {
        Parameter weights = d.parameter(WEIGHTS, 2);
        Parameter bias = d.parameter(BIAS, 1);
        agree(d, weights, 1, bias.values().length, "biases");
        yield new Operation.Dense(weights.values(), bias.values());
      }
      case "activation" -> new Operation.Activation(activation(d));
      case "softmax" -> new Softmax();
      case "maximum" -> new Operation.Maximum();
      case "max-pool" -> new Operation.MaxPool(d.integer("window"), d.integer("stride"));
      case "average-pool" -> new AveragePool(d.integer("window"), d.integer("stride"));
      case "add" -> new Operation.Add();
      case "concat" -> new Concat();
      case "crop" -> new Crop(d.integer("start"), d.integer("end"));
      case "flatten" -> new Operation.Flatten();
      case "dropout" -> new Operation.Dropout(d.number("rate"));
      default ->
          throw d.wrong(
              "unknown operation '%s'; known are %s".formatted(name, String.join(", ", NAMES)));
    };
  }

  private static Convolution convolution(Described d) {
    Parameter weights = d.parameter(WEIGHTS, 3);
    Parameter bias = d.parameter(BIAS, 1);
    agree(d, weights, 0, bias.values().length, "biases");
    agree(d, weights, 1, d.integer("width"), "columns by its width");
    Convolution.Windows windows =
        new Convolution.Windows(
            d.integer("stride"),
            d.integer("dilation"),
            d.integer("padding_left"),
            d.integer("padding_right"));
    int[] shape = weights.shape();
    return new Convolution(shape[0], shape[1], shape[2], windows, weights.values(), bias.values());
  }

  private static void agree(Described d, Parameter weights, int dimension, int n, String what) {
    if (weights.shape()[dimension] != n) {
      throw d.wrong(
          "weights of %s, but %d %s".formatted(Arrays.toString(weights.shape()), n, what));
    }
  }

  private static ActivationFunction activation(Described d) {
    String name = d.word("function");
    for (ActivationFunction.Kind kind : ActivationFunction.Kind.values()) {
      if (function(kind).equals(name)) {
        return new ActivationFunction(kind, kind.hasAlpha() ? d.number("alpha") : 0);
      }
    }
    throw d.wrong(
        "unknown function '%s'; known are %s"
            .formatted(
                name,
                Arrays.stream(ActivationFunction.Kind.values())
                    .map(OperationFormat::function)
                    .collect(Collectors.joining(", "))));
  }
}
