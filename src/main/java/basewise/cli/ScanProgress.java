package basewise.cli;

import basewise.genome.BlockSource;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.device.SumTally;
import java.io.Console;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a scan is, on a terminal only: bases, motif-positions a second, hits, time left. */
final class ScanProgress implements LongConsumer, AutoCloseable {
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private static final int WHOLE = 1000;

  private final @Nullable ProgressBar bar;
  private final BlockSource source;
  private final int matrices;
  private final long begun = System.nanoTime();
  private final AtomicLong bases = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();

  private ScanProgress(@Nullable ProgressBar bar, BlockSource source, int matrices) {
    this.bar = bar;
    this.source = source;
    this.matrices = matrices;
  }

  /**
   * A bar if a person is looking and did not ask for quiet.
   *
   * @param source knows what part of it has been read, unless it is a pipe
   * @param matrices motifs times strands
   */
  static ScanProgress of(String task, BlockSource source, int matrices, boolean quiet) {
    Console console = System.console();
    if (quiet || console == null || !console.isTerminal()) {
      return new ScanProgress(null, source, matrices);
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(Double.isNaN(source.part()) ? -1 : WHOLE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .continuousUpdate()
            .clearDisplayOnFinish()
            .build();
    return new ScanProgress(bar, source, matrices);
  }

  @Override
  public void accept(long more) {
    long n = bases.addAndGet(more);
    if (bar != null) {
      double part = source.part();
      bar.stepTo(Double.isNaN(part) ? (long) (n / MEGA) : Math.round(WHOLE * part));
      double seconds = (System.nanoTime() - begun) / GIGA;
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              "%.1f Mb, %.1f G motif-positions/s, %,d hits",
              n / MEGA,
              n * (double) matrices / GIGA / seconds,
              hits.get()));
    }
  }

  /** A sink whose hits are counted on the way. */
  <T> HitSink<T> counting(HitSink<T> sink) {
    if (bar == null) {
      return sink;
    }
    return new HitSink<>() {
      @Override
      public boolean ordered() {
        return sink.ordered();
      }

      @Override
      public long firstBlock() {
        return sink.firstBlock();
      }

      @Override
      public @Nullable SumTally tally() {
        return sink.tally();
      }

      @Override
      public boolean numbered() {
        return sink.numbered();
      }

      @Override
      public T prepare(HitBlock block) {
        hits.addAndGet(block.size());
        return sink.prepare(block);
      }

      @Override
      public void write(T prepared) {
        sink.write(prepared);
      }
    };
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
