package basewise.genome;

import basewise.io.Share;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.util.List;
import java.util.Optional;

/** Sequences, block by block, in order. */
public interface BlockSource extends AutoCloseable {
  /**
   * Blocks of sequences held in memory.
   *
   * @param overlap bases that blocks share where they cut a sequence: one less than the widest
   *     window
   */
  static BlockSource of(List<NamedSequence> sequences, int overlap) {
    return new MemoryBlocks(sequences, overlap);
  }

  /**
   * Blocks of a file, recognised by what is in it: FASTA, plain, gzip or bgzip; 2bit; GenBank and
   * EMBL; or standard input ("-") with any of the first two.
   *
   * @throws basewise.io.InputException if it is none of these; what is wrong further on is told by
   *     {@link #next}
   */
  static BlockSource open(String name, BlockOptions options) {
    return open(List.of(name), options);
  }

  /**
   * Blocks of several files, one after the other, as if they were one; their kinds may differ.
   *
   * @throws basewise.io.InputException as above, or if a later file is not there
   */
  static BlockSource open(List<String> names, BlockOptions options) {
    return BlockFiles.open(names.stream().map(BlockFiles.Named::of).toList(), options);
  }

  /** Blocks of a whole genome; closing does not close the genome. */
  static BlockSource of(Genome genome, BlockOptions options) {
    return GenomeBlocks.whole(genome, options, new Ledger(true), false);
  }

  /**
   * Blocks of some places of a genome, in the order given. Pieces have the contig's name and place;
   * the sequence number is the index of the region. Bases that two regions share are read twice:
   * see {@link Regions#merged}. Closing does not close the genome.
   *
   * @throws basewise.io.InputException if a place is not in the genome; where they come from a
   *     file, {@link Regions#read} has said so with the line
   */
  static BlockSource regions(Genome genome, List<Interval> regions, BlockOptions options) {
    return GenomeBlocks.regions(genome, regions, options);
  }

  /**
   * Blocks of a share of some places of a genome: the windows that start in it, completed by bases
   * of the next share. Shares depend on the places alone, not on the overlap; see {@link Shares}.
   * As {@link #regions} otherwise.
   */
  static BlockSource share(
      Genome genome, List<Interval> places, Share share, BlockOptions options) {
    return GenomeBlocks.share(genome, places, share, options);
  }

  /**
   * Fills a block with what comes next. Safe from several threads: blocks are numbered in the order
   * of the sequences.
   *
   * @return whether there was anything left
   * @throws basewise.io.InputException if the file cannot be read or is not what it says
   */
  boolean next(SequenceBlock block);

  /**
   * The same sequences in blocks that are cut elsewhere, where several threads can read those at
   * once though this must be read by one. Blocks are taken from one of both; closing this closes
   * it.
   */
  default Optional<BlockSource> chunks() {
    return Optional.empty();
  }

  /** The same sequences as packed bases, where they lie so in a file. */
  default Optional<PackedSource> packed() {
    return Optional.empty();
  }

  /**
   * How many bases there are in all, if that is known without reading them, else -1; for progress
   * only.
   */
  long bases();

  /**
   * What part of the input has been read, from 0 to 1, or NaN if that cannot be told (a pipe); for
   * progress only. A file counts by its bytes, so that the length of FASTA need not be known.
   */
  default double part() {
    return Double.NaN;
  }

  /**
   * The contigs in order: before reading if the file says so itself (2bit, or FASTA with an index
   * that is not older), else only when all blocks have been taken. Of regions, the contigs of their
   * genome.
   */
  default Optional<List<Contig>> contigs() {
    return Optional.empty();
  }

  @Override
  void close();
}
