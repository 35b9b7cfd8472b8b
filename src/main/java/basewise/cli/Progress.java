package basewise.cli;

import basewise.nn.EpochRecord;
import basewise.nn.TrainingProgress;
import java.io.Console;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * One progress bar for a whole run, on a terminal only: stages say how far along they end, training
 * fills its stretch step by step. Elsewhere nothing is printed.
 */
final class Progress implements TrainingProgress, AutoCloseable {
  private static final int WHOLE = 1000;

  private final @Nullable ProgressBar bar;
  private int from;
  private int to;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** A bar if a person is looking and did not ask for quiet. */
  static Progress of(String name, boolean quiet) {
    Console console = System.console();
    if (quiet || console == null || !console.isTerminal()) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(WHOLE)
            .setStyle(ProgressBarStyle.ASCII)
            .hideEta()
            .setUpdateIntervalMillis(200)
            .continuousUpdate()
            .clearDisplayOnFinish()
            .build());
  }

  /** A stage begins; when it ends, this share of the whole is done. */
  void stage(String what, double endsAt) {
    from = to;
    to = (int) (WHOLE * endsAt);
    if (bar != null) {
      bar.stepTo(from);
      bar.setExtraMessage(what);
    }
  }

  @Override
  public void step(long done, long total, double loss) {
    if (bar != null && total > 0) {
      bar.stepTo(from + (to - from) * done / total);
    }
  }

  /** So many of the things of this stage are done; says how many. */
  void counted(String what, long done, long total, String things) {
    if (bar != null) {
      bar.setExtraMessage(
          String.format(Locale.ROOT, "%s, %,d of %,d %s", what, done, total, things));
    }
    step(done, total, 0);
  }

  @Override
  public void epoch(EpochRecord e, int planned) {
    if (bar != null) {
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              "training %d/%d, loss %.3f, AUROC %.3f",
              e.epoch(),
              planned,
              e.loss(),
              e.validationAuroc()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
