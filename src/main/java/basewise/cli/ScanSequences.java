package basewise.cli;

import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.genome.Composition;
import basewise.genome.Contig;
import basewise.genome.Genome;
import basewise.genome.Regions;
import basewise.genome.SequenceFiles;
import basewise.io.InputException;
import basewise.io.Share;
import basewise.motif.Background;
import basewise.sequence.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sequences that are scanned, and the places in them. */
final class ScanSequences {
  @Option(
      names = "--genome",
      required = true,
      paramLabel = "FILE",
      description =
          "Sequences to scan: FASTA, plain, gzip or bgzip, or 2bit; - for standard input; may be"
              + " given more than once.")
  List<String> genomes = new ArrayList<>();

  @Option(
      names = "--regions",
      paramLabel = "BED",
      description =
          "Only these places of the genome. Rows that overlap are merged and scanned once, except"
              + " with --best and the matrices, which have a result for each row.")
  @Nullable String regions;

  @Option(names = "--skip-masked", description = "Do not score soft-masked (lower-case) bases.")
  boolean skipMasked;

  /** What regions that overlap are. */
  enum Overlaps {
    /** One region. */
    MERGED,
    /** Regions of their own, by their starts. */
    SORTED,
    /** Regions of their own, in the order of their file. */
    AS_GIVEN
  }

  /** Refuses what makes no sense together. */
  void validate(List<String> motifs) {
    if (regions != null && genomes.size() > 1) {
      throw InputException.ofOption("--regions", "needs one --genome, not several", "");
    }
    if (regions != null && genomes.contains("-")) {
      throw InputException.ofOption("--regions", "needs a genome in a file, not a stream", "");
    }
    int streams =
        (int)
            (genomes.stream().filter("-"::equals).count()
                + motifs.stream().filter("-"::equals).count());
    if (streams > 1) {
      throw InputException.ofOption("--genome", "standard input can be read only once", "");
    }
  }

  /**
   * Opens them.
   *
   * @param again whether they are read more than once
   * @param of what regions that overlap are
   */
  Opened open(boolean again, Overlaps of) {
    String bed = regions;
    if (bed == null) {
      return new Opened(again ? SequenceFiles.of(genomes) : null, null, List.of(), List.of());
    }
    Genome genome = Genome.open(genomes.getFirst());
    try {
      List<Interval> places = Regions.read(bed, genome);
      if (places.isEmpty()) {
        throw new InputException(bed, "holds no region", "is this BED?");
      }
      List<Interval> covered = Regions.merged(places, genome);
      return new Opened(
          null,
          genome,
          switch (of) {
            case MERGED -> covered;
            case SORTED -> Regions.sorted(places, genome);
            case AS_GIVEN -> places;
          },
          covered);
    } catch (RuntimeException e) {
      genome.close();
      throw e;
    }
  }

  /** Opens them where they can be read from the middle, for one share of them. */
  Opened openShared() {
    if (regions != null) {
      return open(false, Overlaps.MERGED);
    }
    Genome genome = Genome.open(genomes.getFirst());
    List<Interval> all =
        genome.contigs().stream().map(c -> new Interval(c.name(), 0, c.length())).toList();
    return new Opened(null, genome, all, all);
  }

  /** Sequences that can be read. */
  final class Opened implements AutoCloseable {
    private final @Nullable SequenceFiles files;
    private final @Nullable Genome genome;
    private final List<Interval> places;

    /** What the places cover, once. */
    private final List<Interval> covered;

    Opened(
        @Nullable SequenceFiles files,
        @Nullable Genome genome,
        List<Interval> places,
        List<Interval> covered) {
      this.covered = covered;
      this.files = files;
      this.genome = genome;
      this.places = places;
    }

    /** What errors call them. */
    String names() {
      return String.join(", ", genomes);
    }

    /** Whether places were asked for. */
    boolean ofRegions() {
      return genome != null;
    }

    /** What is scanned: names, sizes and times of files, places, masks. */
    String describe() {
      StringBuilder text = new StringBuilder(skipMasked + " " + places);
      for (String name : genomes) {
        Path file = Path.of(name);
        text.append(' ').append(name);
        try {
          if (Files.isRegularFile(file)) {
            text.append(' ').append(Files.size(file));
            text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
          }
        } catch (IOException e) {
          throw new InputException(name, 0, "cannot be read: " + e.getMessage(), "", e);
        }
      }
      return text.toString();
    }

    /** Blocks from the first base on. */
    BlockSource blocks(int overlap) {
      return blocks(overlap, places);
    }

    /** The same, but what several regions share is read once: for what is counted over all. */
    BlockSource covered(int overlap) {
      return blocks(overlap, covered);
    }

    private BlockSource blocks(int overlap, List<Interval> some) {
      BlockOptions options = BlockOptions.overlap(overlap).withSkipMasked(skipMasked);
      if (genome != null) {
        return BlockSource.regions(genome, some, options);
      }
      return files == null ? BlockSource.open(genomes, options) : files.open(options);
    }

    /** Blocks of a share of what {@link #openShared} opened. */
    BlockSource share(Share share, int overlap) {
      BlockOptions options = BlockOptions.overlap(overlap).withSkipMasked(skipMasked);
      return BlockSource.share(Objects.requireNonNull(genome), places, share, options);
    }

    /** The contigs and their lengths, read through where the file does not say so itself. */
    List<Contig> contigs(int threads) {
      try (BlockSource blocks = blocks(0)) {
        Optional<List<Contig>> known = blocks.contigs();
        if (known.isEmpty()) {
          Composition.of(blocks, threads);
          known = blocks.contigs();
        }
        return known.orElseThrow();
      }
    }

    /** Base frequencies of all that will be scanned. */
    Background composition(int threads) {
      try (BlockSource blocks = covered(0)) {
        Composition c = Composition.of(blocks, threads);
        if (c.a() + c.c() + c.g() + c.t() == 0) {
          throw new InputException(names(), "holds no base to count", "give another --background");
        }
        return Background.of("sequences", c.weights());
      }
    }

    @Override
    public void close() {
      if (files != null) {
        files.close();
      }
      if (genome != null) {
        genome.close();
      }
    }
  }
}
