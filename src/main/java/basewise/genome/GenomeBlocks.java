package basewise.genome;

import basewise.io.Share;
import basewise.sequence.Interval;
import java.util.List;
import java.util.Optional;

/**
 * Blocks of a genome that can be read from the middle, whole or some places of it. Which places a
 * block gets is decided one thread at a time; their bases are then read by all threads at once.
 */
final class GenomeBlocks implements BlockSource {
  private final Genome genome;
  private final List<Shares.Cut> places;
  private final long bases;
  private final boolean whole;
  private final BlockOptions options;
  private final Ledger ledger;
  private final boolean closes;

  /** The next place, what of it has been taken, and its number once something has. */
  private int index;

  private int taken;
  private int sequence = -1;
  private long done;

  private GenomeBlocks(
      Genome genome,
      List<Shares.Cut> places,
      boolean whole,
      BlockOptions options,
      Ledger ledger,
      boolean closes) {
    this.genome = genome;
    this.places = places;
    bases = places.stream().mapToLong(c -> c.place().length()).sum();
    this.whole = whole;
    this.options = options;
    this.ledger = ledger;
    this.closes = closes;
  }

  /**
   * All contigs.
   *
   * @param closes whether closing closes the genome
   */
  static GenomeBlocks whole(Genome genome, BlockOptions options, Ledger ledger, boolean closes) {
    return new GenomeBlocks(genome, uncut(contigs(genome)), true, options, ledger, closes);
  }

  /** Some places. */
  static GenomeBlocks regions(Genome genome, List<Interval> regions, BlockOptions options) {
    regions.forEach(r -> genome.require(genome.name(), 0, r));
    return new GenomeBlocks(genome, uncut(regions), false, options, new Ledger(false), false);
  }

  /** A share of some places: windows that start in it. */
  static GenomeBlocks share(
      Genome genome, List<Interval> places, Share share, BlockOptions options) {
    places.forEach(r -> genome.require(genome.name(), 0, r));
    return new GenomeBlocks(
        genome, Shares.of(places, share), false, options, new Ledger(false), false);
  }

  private static List<Interval> contigs(Genome genome) {
    return genome.contigs().stream().map(c -> new Interval(c.name(), 0, c.length())).toList();
  }

  private static List<Shares.Cut> uncut(List<Interval> places) {
    return places.stream().map(p -> new Shares.Cut(p, p.end())).toList();
  }

  @Override
  public boolean next(SequenceBlock block) {
    if (!plan(block)) {
      return false;
    }
    for (int p = 0; p < block.pieces(); p++) {
      int start = (int) block.start(p);
      int n = block.end(p) - block.offset(p);
      Interval place = new Interval(block.name(p), start, start + n);
      genome.codes(place, options.skipMasked(), block.codes(), block.offset(p));
    }
    return true;
  }

  @Override
  public Optional<PackedSource> packed() {
    if (genome instanceof TwoBitGenome file) {
      return Optional.of(block -> {
        block.from(file, options.skipMasked());
        return plan(block);
      });
    }
    return Optional.empty();
  }

  private synchronized boolean plan(PlannedBlock block) {
    block.clear(0);
    int overlap = options.overlap();
    while (index < places.size()) {
      Interval place = places.get(index).place();
      // Where a share was cut, bases of the next one complete its last windows.
      int more = Math.min(overlap, places.get(index).end() - place.end());
      int left = place.length() + more - taken;
      int n = Math.min(left, block.room((long) place.start() + taken));
      boolean last = n == left;
      if (!last && n <= overlap) {
        if (block.pieces() == 0) {
          throw new IllegalArgumentException("a block is too small for an overlap of " + overlap);
        }
        break;
      }
      if (sequence < 0) {
        sequence = ledger.begin(place.contig(), genome.name(), 0);
      }
      int again = last ? more : overlap;
      boolean ends = last && more == 0;
      block.add(place.contig(), sequence, (long) place.start() + taken, n, ends, again);
      done += n - again;
      if (!last) {
        taken += n - overlap;
        break;
      }
      if (whole) {
        ledger.end(place.contig(), place.length(), genome.name());
      }
      index++;
      taken = 0;
      sequence = -1;
      if (more > 0) {
        break; // a block has one limit for starts of windows, behind its last piece
      }
    }
    block.finish();
    if (block.pieces() == 0) {
      return false;
    }
    block.number(ledger.block());
    return true;
  }

  @Override
  public long bases() {
    return bases;
  }

  @Override
  public synchronized double part() {
    return bases == 0 ? 1 : done / (double) bases;
  }

  @Override
  public Optional<List<Contig>> contigs() {
    return Optional.of(genome.contigs());
  }

  @Override
  public void close() {
    if (closes) {
      genome.close();
    }
  }
}
