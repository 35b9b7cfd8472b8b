package basewise.genome;

import basewise.io.InputException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of sequences as one stream of blocks; each is opened when the one before it is done. */
final class BlockFiles implements BlockSource {
  private final List<Named> files;
  private final BlockOptions options;
  private final Ledger ledger;
  private final List<BlockSource> opened = new ArrayList<>();
  private @Nullable BlockSource current;
  private boolean done;

  /**
   * A file.
   *
   * @param name what errors call it; "-" for standard input
   * @param path where it is, or null for standard input
   * @param spool a copy of it, if it can be read only once
   */
  record Named(String name, @Nullable Path path, @Nullable Spool spool) {
    static Named of(String name) {
      return new Named(name, name.equals("-") ? null : Path.of(name), null);
    }

    /** Bytes, or -1 if that is not known. */
    long size() {
      if (spool != null) {
        return spool.size();
      }
      try {
        return path != null && Files.isRegularFile(path) ? Files.size(path) : -1;
      } catch (IOException e) {
        throw SequenceBytes.unreadable(name, 0, e);
      }
    }

    SequenceBytes bytes() {
      if (spool != null) {
        return SequenceBytes.of(name, spool.stream(), spool.size());
      }
      return path == null ? SequenceBytes.of(name, System.in, -1) : SequenceBytes.open(name, path);
    }
  }

  private BlockFiles(List<Named> files, BlockOptions options, Ledger ledger) {
    this.files = files;
    this.options = options;
    this.ledger = ledger;
  }

  /** Opens one or more. */
  static BlockSource open(List<Named> files, BlockOptions options) {
    Ledger ledger = new Ledger(options.distinctNames());
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no files");
    }
    if (files.size() == 1) {
      return open(files.getFirst(), options, ledger);
    }
    require(files);
    BlockFiles all = new BlockFiles(files, options, ledger);
    all.advance(null);
    return all;
  }

  /** Refuses files that are not there, and standard input named twice. */
  static void require(List<Named> files) {
    boolean standardInput = false;
    for (Named file : files) {
      if (file.path == null) {
        if (standardInput) {
          throw new InputException(file.name, "is named twice", "name it once");
        }
        standardInput = true;
      } else if (!Files.exists(file.path)) {
        throw new InputException(file.name, "no such file", "check the path");
      } else if (Files.isDirectory(file.path)) {
        throw new InputException(file.name, "is a folder", "name a file");
      }
    }
  }

  private static BlockSource open(Named file, BlockOptions options, Ledger ledger) {
    SequenceBytes bytes = file.bytes();
    try {
      Path path = file.path;
      boolean regular = path != null && Files.isRegularFile(path);
      if (bytes.isTwoBit() || (path != null && file.name.endsWith(".2bit"))) {
        if (path == null || !regular) {
          throw new InputException(
              file.name, "is 2bit, which cannot be read from a pipe", "name the file itself");
        }
        bytes.close();
        return whole(TwoBitGenome.open(file.name, path), options, ledger);
      }
      PushbackInputStream text = new PushbackInputStream(bytes.text(options.threads()), 8);
      if (path != null && regular && isRecords(text, file.name)) {
        bytes.close();
        return whole(RecordFile.genome(file.name), options, ledger);
      }
      FastaBlocks blocks =
          new FastaBlocks(
              file.name, text, bytes::part, options, ledger, regular ? index(path) : null);
      return path != null && regular && file.spool == null && bytes.isPlain()
          ? blocks.plain(path, bytes.mark())
          : blocks;
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static BlockSource whole(Genome genome, BlockOptions options, Ledger ledger) {
    if (genome.contigs().isEmpty()) {
      genome.close();
      throw new InputException(genome.name(), "is empty", "give a genome");
    }
    return GenomeBlocks.whole(genome, options, ledger, true);
  }

  /** Whether a text is GenBank or EMBL. */
  private static boolean isRecords(PushbackInputStream text, String name) {
    try {
      byte[] first = text.readNBytes(5);
      text.unread(first);
      String start = new String(first, StandardCharsets.ISO_8859_1);
      return start.equals("LOCUS") || start.startsWith("ID ");
    } catch (IOException e) {
      throw SequenceBytes.damaged(name, 0, e);
    }
  }

  /** The contigs by a .fai that is not older than its file, or null. */
  private static @Nullable List<Contig> index(@Nullable Path path) {
    if (path == null) {
      return null;
    }
    Path fai = FastaGenome.indexBeside(path);
    try {
      if (Files.exists(fai)
          && Files.getLastModifiedTime(fai).compareTo(Files.getLastModifiedTime(path)) >= 0) {
        FastaIndex index = FastaIndex.read(fai);
        return index == null
            ? null
            : index.entries().stream().map(e -> new Contig(e.name(), e.length())).toList();
      }
    } catch (IOException e) {
      // Nothing here needs it.
    }
    return null;
  }

  @Override
  public boolean next(SequenceBlock block) {
    BlockSource from = current();
    while (from != null) {
      if (from.next(block)) {
        return true;
      }
      from = advance(from);
    }
    return false;
  }

  private synchronized @Nullable BlockSource current() {
    return current;
  }

  /** Opens the next file unless another thread has. */
  private synchronized @Nullable BlockSource advance(@Nullable BlockSource finished) {
    if (current == finished && !done) {
      if (opened.size() == files.size()) {
        current = null;
        done = true;
      } else {
        current = open(files.get(opened.size()), options, ledger);
        opened.add(current);
      }
    }
    return current;
  }

  @Override
  public long bases() {
    return -1;
  }

  @Override
  public synchronized double part() {
    double all = 0;
    double read = 0;
    for (int i = 0; i < files.size(); i++) {
      long size = files.get(i).size();
      if (size < 0) {
        return Double.NaN;
      }
      all += size;
      if (i < opened.size()) {
        read += size * opened.get(i).part();
      }
    }
    return read / all;
  }

  @Override
  public synchronized Optional<List<Contig>> contigs() {
    return done ? Optional.of(ledger.contigs()) : Optional.empty();
  }

  @Override
  public synchronized void close() {
    opened.forEach(BlockSource::close);
  }
}
