package basewise.cli;

import basewise.attribution.Attribution;
import basewise.attribution.Attributor;
import basewise.attribution.Completeness;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.dataset.WholeWindows;
import basewise.io.InputException;
import basewise.nn.device.DeviceMutagenesis;
import basewise.nn.kernel.Workers;
import basewise.report.CompletenessTable;
import basewise.report.ExtrasTables;
import basewise.report.ScorePictures;
import basewise.report.ScoresFormat;
import basewise.report.ScoresOutput;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains sequences and writes the scores: method after method, chunk by chunk, so that memory
 * does not grow with the sequences. What is written appears when all of it is whole.
 */
final class AttributeRun {
  /** The most sequences that are explained before their scores are written. */
  private static final int CHUNK = 256;

  /** Scores that wait to be written, about; fewer sequences a chunk where they are long. */
  private static final int SCORES = 1 << 23;

  private static final String COMPLETENESS = "completeness";

  private final String model;
  private final Attributor attributor;
  private final List<Method> methods;
  private final MethodOptions how;
  private final CommonOptions common;

  /**
   * @param model its name, for what is said of it
   */
  AttributeRun(
      String model,
      Attributor attributor,
      List<Method> methods,
      MethodOptions how,
      CommonOptions common) {
    this.model = model;
    this.attributor = attributor;
    this.methods = methods;
    this.how = how;
    this.common = common;
  }

  /** Refuses what would be replaced or makes no sense, before anything is read. */
  static void validate(Path out, List<Method> methods, MethodOptions how, CommonOptions common) {
    ScoresFormat format = ScoresFormat.of(out);
    if (format != ScoresFormat.FOLDER) {
      if (methods.stream().anyMatch(Method::complete)) {
        common.fresh(format.table(out, COMPLETENESS));
      }
      ExtrasTables.names(methods, how.indels).forEach(n -> common.fresh(format.table(out, n)));
    }
    if (how.hypothetical && format == ScoresFormat.NPZ) {
      common.fresh(ScoresFormat.oneHot(out));
    }
    if (how.hypothetical && format.isTrack()) {
      throw InputException.ofOption(
          "--hypothetical", out + " has one number for each base", "leave it out");
    }
    if (format.isTrack() && methods.size() > 1) {
      throw InputException.ofOption(
          "--method", out + " holds the scores of one method", "name one, or write to a folder");
    }
  }

  private boolean complete() {
    return methods.stream().anyMatch(Method::complete);
  }

  /**
   * Writes all scores.
   *
   * @param pictures sees the first sequences' scores, or null
   * @param mutagenesis does that of {@link Method#ISM}, or null
   * @return what methods that promise exact sums lose
   */
  Sums write(
      WholeWindows windows,
      String input,
      Path out,
      @Nullable ScorePictures pictures,
      @Nullable DeviceMutagenesis mutagenesis) {
    String unplaced = windows.unplaced();
    if (ScoresFormat.of(out).isTrack() && unplaced != null) {
      throw new InputException(
          input,
          unplaced + " has no place in a genome",
          "tracks need regions, or names such as chr1:100-300");
    }
    ScoresOutput.Plan plan =
        new ScoresOutput.Plan(
            methods,
            windows.count(),
            windows.width(),
            how.hypothetical,
            windows.longestId(),
            windows.contigs(),
            unplaced == null,
            common.force);
    Sums sums = new Sums();
    try (ScoresOutput scores = ScoresOutput.open(out, plan);
        CompletenessTable table =
            complete() ? CompletenessTable.open(scores.table(COMPLETENESS)) : null;
        ExtrasTables extras = ExtrasTables.open(scores::table, methods, how.indels);
        Progress progress = Progress.of("attribute", common.quiet);
        Workers workers = Workers.of(common.threads)) {
      for (int k = 0; k < methods.size(); k++) {
        Method method = methods.get(k);
        int most = chunk(method, windows.width());
        progress.stage(method.label(), (k + 1.0) / methods.size());
        scores.begin(method);
        int done = 0;
        try (WholeWindows.Reading reading = windows.open()) {
          for (List<Example> next = reading.next(most);
              !next.isEmpty();
              next = reading.next(most)) {
            List<Example> chunk = next;
            int start = done;
            Attribution[] explained = new Attribution[chunk.size()];
            if (mutagenesis != null && method == Method.ISM) {
              float[][] found =
                  mutagenesis.differences(chunk.stream().map(Example::codes).toList());
              workers.run(
                  explained.length,
                  i -> explained[i] = attributor.mutagenesis(chunk.get(i).codes(), found[i]));
            } else {
              workers.run(
                  explained.length,
                  i -> explained[i] = attributor.explain(method, chunk.get(i).codes(), start + i));
            }
            for (int i = 0; i < explained.length; i++) {
              Example window = chunk.get(i);
              scores.add(window, explained[i]);
              extras.rows(window.id(), window.codes(), method, explained[i].extras());
              completeness(method, window, explained[i], table, sums);
              if (pictures != null) {
                pictures.add(start + i, window, explained[i]);
              }
            }
            done += explained.length;
            progress.counted(method.label(), done, windows.count(), "sequences");
          }
        }
      }
      if (sums.wrong() && !common.force) {
        throw new InputException(model, sums.problem(), "add --force to write them all the same");
      }
      scores.seal();
      extras.seal();
      if (table != null) {
        table.seal();
      }
      if (pictures != null) {
        pictures.seal();
        pictures.commit();
      }
      if (table != null) {
        table.commit();
      }
      extras.commit();
      scores.commit();
    }
    return sums;
  }

  /** How many sequences are explained before they are written. */
  private static int chunk(Method method, int width) {
    // Each pair of positions is a row of a table of its own.
    long each = method == Method.ISM_PAIRS ? (long) width * width : 4L * width;
    return (int) Math.max(1, Math.min(CHUNK, SCORES / each));
  }

  private static void completeness(
      Method method,
      Example window,
      Attribution explained,
      @Nullable CompletenessTable table,
      Sums sums) {
    for (Completeness c : explained.completeness()) {
      sums.see(method, c);
      if (table != null) {
        table.row(window.id(), method.label(), c);
      }
    }
  }
}
