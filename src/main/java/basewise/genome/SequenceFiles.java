package basewise.genome;

import basewise.genome.BlockFiles.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of sequences that are read more than once, such as for a background and then for hits. What
 * can be read only once, standard input and pipes, is first copied to a temporary file, which
 * closing deletes.
 */
public final class SequenceFiles implements AutoCloseable {
  private final List<Named> files = new ArrayList<>();
  private final List<Spool> spools = new ArrayList<>();

  private SequenceFiles() {}

  /**
   * Files by name, "-" for standard input.
   *
   * @throws basewise.io.InputException if a file is not there, or a pipe cannot be read or its copy
   *     not be written
   */
  public static SequenceFiles of(List<String> names) {
    BlockFiles.require(names.stream().map(Named::of).toList());
    SequenceFiles all = new SequenceFiles();
    try {
      for (String name : names) {
        Named file = Named.of(name);
        Path path = file.path();
        if (path == null || !Files.isRegularFile(path)) {
          try (SequenceBytes bytes = file.bytes()) {
            Spool spool = Spool.of(name, bytes.raw());
            all.spools.add(spool);
            file = new Named(name, path, spool);
          }
        }
        all.files.add(file);
      }
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** As {@link BlockSource#open(List, BlockOptions)}; any number of times. */
  public BlockSource open(BlockOptions options) {
    return BlockFiles.open(files, options);
  }

  @Override
  public void close() {
    spools.forEach(Spool::close);
  }
}
