package basewise.cli;

import basewise.attribution.Attribution;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.dataset.WholeWindows;
import basewise.io.InputException;
import basewise.io.Share;
import basewise.nn.device.DeviceMutagenesis;
import basewise.nn.kernel.Workers;
import basewise.report.ExtrasTables;
import basewise.report.ScorePictures;
import basewise.report.ScoresFiles;
import basewise.report.ScoresFormat;
import basewise.report.ScoresOutput;
import basewise.report.ScoresSink;
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

  /** The same on a GPU, which wants many at once. */
  private static final int DEVICE_CHUNK = 4096;

  /** Scores that wait to be written, about; fewer sequences a chunk where they are long. */
  private static final int SCORES = 1 << 23;

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
  static void validate(
      Path out, List<Method> methods, boolean hypothetical, boolean indels, CommonOptions common) {
    ScoresFormat format = ScoresFormat.of(out);
    if (format != ScoresFormat.FOLDER) {
      if (methods.stream().anyMatch(Method::complete)) {
        common.fresh(format.table(out, ScoresFiles.COMPLETENESS));
      }
      ExtrasTables.names(methods, indels).forEach(n -> common.fresh(format.table(out, n)));
    }
    if (hypothetical && format == ScoresFormat.NPZ) {
      common.fresh(ScoresFormat.oneHot(out));
    }
    if (hypothetical && format.isTrack()) {
      throw InputException.ofOption(
          "--hypothetical", out + " has one number for each base", "leave it out");
    }
    if (format.isTrack() && methods.size() > 1) {
      throw InputException.ofOption(
          "--method", out + " holds the scores of one method", "name one, or write to a folder");
    }
  }

  /** Refuses a track of sequences that lie nowhere. */
  static void refuseUnplaced(Path out, String input, @Nullable String unplaced) {
    if (ScoresFormat.of(out).isTrack() && unplaced != null) {
      throw new InputException(
          input,
          unplaced + " has no place in a genome",
          "tracks need regions, or names such as chr1:100-300");
    }
  }

  /** What is written of some windows. */
  ScoresOutput.Plan plan(WholeWindows windows) {
    return new ScoresOutput.Plan(
        methods,
        windows.count(),
        windows.width(),
        how.hypothetical,
        windows.longestId(),
        windows.contigs(),
        windows.unplaced() == null,
        common.force);
  }

  /**
   * Writes the scores.
   *
   * @param share of the windows that are explained
   * @param pictures sees the first sequences' scores, or null
   * @param mutagenesis does that of {@link Method#ISM}, or null
   * @return what methods that promise exact sums lose
   */
  Sums write(
      WholeWindows windows,
      Share share,
      ScoresSink scores,
      @Nullable ScorePictures pictures,
      @Nullable DeviceMutagenesis mutagenesis) {
    Sums sums = new Sums();
    int from = (int) share.start(windows.count());
    int to = (int) share.end(windows.count());
    try (Progress progress = Progress.of("attribute", common.quiet);
        Workers workers = Workers.of(common.threads)) {
      for (int k = 0; k < methods.size(); k++) {
        Method method = methods.get(k);
        boolean onDevice = mutagenesis != null && method == Method.ISM;
        int most = chunk(method, windows.width(), onDevice ? DEVICE_CHUNK : CHUNK);
        progress.stage(method.label(), (k + 1.0) / methods.size());
        scores.begin(method);
        int done = from;
        try (WholeWindows.Reading reading = windows.open()) {
          reading.skip(from);
          while (done < to) {
            List<Example> chunk = reading.next(Math.min(most, to - done));
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
              explained[i].completeness().forEach(c -> sums.see(method, c));
              if (pictures != null) {
                pictures.add(start + i, window, explained[i]);
              }
            }
            done += explained.length;
            progress.counted(method.label(), done - from, to - from, "sequences");
          }
        }
      }
    }
    if (sums.wrong() && !common.force) {
      throw new InputException(model, sums.problem(), "add --force to write them all the same");
    }
    scores.seal();
    if (pictures != null) {
      pictures.seal();
      pictures.commit();
    }
    scores.commit();
    return sums;
  }

  /** How many sequences are explained before they are written. */
  private static int chunk(Method method, int width, int most) {
    // Each pair of positions is a row of a table of its own.
    long each = method == Method.ISM_PAIRS ? (long) width * width : 4L * width;
    return (int) Math.max(1, Math.min(most, SCORES / each));
  }
}
