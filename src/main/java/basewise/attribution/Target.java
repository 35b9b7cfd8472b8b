package basewise.attribution;

import basewise.io.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The number that is explained: a weighted sum of a network's raw outputs (logits).
 *
 * @param terms at least one, each of another output
 */
public record Target(List<Term> terms) {
  /** One summand. */
  public record Term(int output, double weight) {}

  private static final Pattern WEIGHT =
      Pattern.compile("\\s*(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+)\\s*\\*");

  /** Checks that there is something to explain. */
  public Target {
    terms = List.copyOf(terms);
    if (terms.isEmpty() || terms.stream().map(Term::output).distinct().count() < terms.size()) {
      throw new IllegalArgumentException("terms " + terms);
    }
  }

  /** One output. */
  public static Target of(int output) {
    return new Target(List.of(new Term(output, 1)));
  }

  /**
   * Reads what a person typed: a task ({@code a}), a difference ({@code a-b}) or a weighted sum
   * ({@code 0.5*a+0.5*b}); the name of a task may itself contain these signs.
   *
   * @param tasks the model's, in order of its outputs
   * @throws InputException if a task does not exist, or nothing is left of the sum
   */
  public static Target parse(String text, List<String> tasks) {
    int whole = tasks.indexOf(text.strip());
    if (whole >= 0) {
      return of(whole);
    }
    List<String> longestFirst = new ArrayList<>(tasks);
    longestFirst.sort(Comparator.comparing(String::length).reversed());
    double[] weights =
        sum(text, 0, 1, longestFirst, tasks)
            .orElseThrow(() ->
                new InputException( // the model is read to know: not a word that makes no sense
                    "--target",
                    "the model has no output '" + text + "'",
                    "it has "
                        + String.join(", ", tasks)
                        + "; a difference is written A-B, a sum 0.5*A+0.5*B"));
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        terms.add(new Term(i, weights[i]));
      }
    }
    if (terms.isEmpty()) {
      throw InputException.ofOption("--target", "'" + text + "' is always 0", "name two outputs");
    }
    return new Target(terms);
  }

  /** The rest of a sum from {@code at}, as a weight per task; empty if it cannot be read. */
  private static Optional<double[]> sum(
      String text, int at, int sign, List<String> longestFirst, List<String> tasks) {
    Matcher weight = WEIGHT.matcher(text).region(at, text.length());
    boolean weighted = weight.lookingAt();
    double factor = sign * (weighted ? Double.parseDouble(weight.group(1)) : 1);
    int start = skip(text, weighted ? weight.end() : at);
    for (String task : longestFirst) {
      if (text.startsWith(task, start)) {
        int end = skip(text, start + task.length());
        Optional<double[]> rest = Optional.empty();
        if (end == text.length()) {
          rest = Optional.of(new double[tasks.size()]);
        } else if (text.charAt(end) == '+') {
          rest = sum(text, end + 1, 1, longestFirst, tasks);
        } else if (text.charAt(end) == '-') {
          rest = sum(text, end + 1, -1, longestFirst, tasks);
        }
        if (rest.isPresent()) {
          rest.get()[tasks.indexOf(task)] += factor;
          return rest;
        }
      }
    }
    return Optional.empty();
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Its value, of all outputs of the network. */
  public double value(double[] outputs) {
    double sum = 0;
    for (Term t : terms) {
      sum += t.weight * outputs[t.output];
    }
    return sum;
  }

  /**
   * Its derivative by each output.
   *
   * @param outputs how many the network has
   * @throws IllegalArgumentException if it names one that does not exist
   */
  public double[] weights(int outputs) {
    double[] w = new double[outputs];
    for (Term t : terms) {
      if (t.output < 0 || t.output >= outputs) {
        throw new IllegalArgumentException("output %d of %d".formatted(t.output, outputs));
      }
      w[t.output] = t.weight;
    }
    return w;
  }

  /** In the words of {@link #parse}. */
  public String text(List<String> tasks) {
    return terms.size() == 1 && terms.getFirst().weight == 1
        ? tasks.get(terms.getFirst().output)
        : terms.stream()
            .map(t -> t.weight + "*" + tasks.get(t.output))
            .collect(Collectors.joining("+"))
            .replace("+-", "-");
  }
}
