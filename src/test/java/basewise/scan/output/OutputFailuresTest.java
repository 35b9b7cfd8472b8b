package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.genome.Contig;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.scan.Scanner;
import basewise.sequence.NamedSequence;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFailuresTest {
  private static final List<NamedSequence> SEQUENCES = Toys.sequences(2, 3, 300_000);

  @TempDir Path folder;

  private static <T> void run(Scanner scanner, Supplier<HitOutput<T>> sink) {
    try (HitOutput<T> out = sink.get()) {
      Toys.scan(scanner, SEQUENCES, out, 2);
      out.commit();
    }
  }

  @Test
  void aFullDiskIsOneClearLine() {
    Path full = Path.of("/dev/full");
    if (!AtomicOutput.isDevice(full)) {
      Assumptions.abort("skipped: no /dev/full here");
    }
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    Bed bed = new Bed(scanner.motifs(), null);
    List<Supplier<HitOutput<?>>> sinks =
        List.of(
            () -> RowOutput.to(full, bed, Places.AS_NAMED),
            () -> BgzfOutput.to(full, bed, Places.AS_NAMED),
            () -> RegionCounts.table(full, scanner.motifs(), false),
            () ->
                BaseTrack.bedGraph(
                    full, BaseTrack.Kind.OCCUPANCY, scanner.motifs(), Places.AS_NAMED));
    for (Supplier<HitOutput<?>> sink : sinks) {
      assertThatThrownBy(() -> run(scanner, () -> cast(sink.get())))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("/dev/full: cannot be written: no space left on device");
    }
    assertThatThrownBy(() ->
            BaseTrack.bigWig(
                full,
                BaseTrack.Kind.OCCUPANCY,
                scanner.motifs(),
                Places.AS_NAMED,
                List.of(new Contig("s0", 9))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bigWig is not written in one go");
  }

  @SuppressWarnings("unchecked")
  private static HitOutput<Object> cast(HitOutput<?> out) {
    return (HitOutput<Object>) out;
  }

  @Test
  void aReaderThatLeavesEndsTheScan() {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    OutputStream broken =
        new FilterOutputStream(OutputStream.nullOutputStream()) {
          private int left = 3;

          @Override
          public void write(byte[] b, int off, int len) throws IOException {
            if (left-- == 0) {
              throw new IOException("Broken pipe");
            }
          }
        };
    Bed bed = new Bed(scanner.motifs(), null);
    assertThatThrownBy(() ->
            run(scanner, () -> RowOutput.to(new PrintStream(broken, false), bed, Places.AS_NAMED)))
        .isInstanceOf(ReaderLeftException.class);
  }

  @Test
  void whatIsNotCommittedLeavesNothing() {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    Bed bed = new Bed(scanner.motifs(), null);
    List<Contig> contigs = SEQUENCES.stream().map(s -> new Contig(s.id(), s.length())).toList();
    BaseTrack.Kind kind = BaseTrack.Kind.SCORE;
    List<Supplier<HitOutput<?>>> sinks =
        List.of(
            () -> RowOutput.to(folder.resolve("a.bed"), bed, Places.AS_NAMED),
            () -> BgzfOutput.to(folder.resolve("a.bed.gz"), bed, Places.AS_NAMED),
            () -> RegionCounts.table(folder.resolve("a.tsv"), scanner.motifs(), false),
            () -> RegionCounts.matrixMarket(folder.resolve("a.mtx"), scanner.motifs(), true),
            () ->
                BaseTrack.bigWig(
                    folder.resolve("a.bw"), kind, scanner.motifs(), Places.AS_NAMED, contigs));
    for (Supplier<HitOutput<?>> sink : sinks) {
      try (HitOutput<Object> out = cast(sink.get())) {
        Toys.scan(scanner, SEQUENCES, out, 2);
      }
      assertThat(folder.toFile().list()).isEmpty();
    }
  }
}
