package basewise.dataset;

import basewise.genome.Contig;
import basewise.io.AtomicOutput;
import basewise.io.RecordText;
import basewise.io.ScratchFile;
import basewise.sequence.Interval;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of an input of which none is cut, padded or left out. The input is read once and
 * checked to its end; the windows wait in a hidden file beside the results, from which they can be
 * read any number of times. Memory: 16 to 32 bytes a window, for names that repeat.
 */
public final class WholeWindows implements AutoCloseable {
  private static final float[] UNKNOWN = {Float.NaN};

  private final Path result;
  private final ScratchFile file;
  private final DataOutputStream out;
  private final int width;
  private int count;
  private int longestId;
  private List<String> notes = List.of();
  private List<Contig> contigs = List.of();
  private @Nullable String unplaced;

  private WholeWindows(Path result, ScratchFile file, int width) {
    this.result = result;
    this.file = file;
    out = new DataOutputStream(file.stream());
    this.width = width;
  }

  /**
   * Reads an input: every sequence has the width of the windows, every region its window in the
   * genome, and at most half of each is N. An id that came before gets a number.
   *
   * @param input a path, or "-" for standard input
   * @param options its width is the windows' and must be given; its genome is needed for regions
   * @param result what the windows are read for; the hidden file lies beside it
   * @throws InputException if the input is not so, or the hidden file cannot be written
   */
  public static WholeWindows read(String input, DatasetOptions options, Path result) {
    WholeWindows windows;
    try {
      windows = new WholeWindows(result, ScratchFile.beside(result), options.width());
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(result, e);
    }
    try (WholeIntake intake = new WholeIntake(input, options, windows::keep)) {
      intake.run();
      windows.out.flush();
      windows.notes = intake.notes();
      windows.contigs = intake.contigs();
      return windows;
    } catch (IOException e) {
      windows.close();
      throw AtomicOutput.cannotWrite(result, e);
    } catch (RuntimeException e) {
      windows.close();
      throw e;
    }
  }

  private void keep(Window w) {
    try {
      longestId = Math.max(longestId, RecordText.write(out, w.id()));
      Interval place = w.place();
      if (place == null) {
        RecordText.write(out, "");
        unplaced = unplaced == null ? w.id() : unplaced;
      } else {
        RecordText.write(out, place.contig());
        out.writeInt(place.start());
      }
      out.write(w.codes());
      count++;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(result, e);
    }
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Bases of each. */
  public int width() {
    return width;
  }

  /** Bytes of the longest id as UTF-8. */
  public int longestId() {
    return longestId;
  }

  /** What a user should know, such as how many ids were renamed. */
  public List<String> notes() {
    return notes;
  }

  /** The contigs of the genome that regions were read from; empty for sequences. */
  public List<Contig> contigs() {
    return contigs;
  }

  /** The id of the first window whose place in a genome is not known; null if all are. */
  public @Nullable String unplaced() {
    return unplaced;
  }

  /** Begins to read them, in the order of the input. */
  public Reading open() {
    try {
      return new Reading(new DataInputStream(new BufferedInputStream(file.open(), 1 << 16)));
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(result, e);
    }
  }

  /** One walk through the windows. */
  public final class Reading implements AutoCloseable {
    private final DataInputStream in;
    private int left = count;

    private Reading(DataInputStream in) {
      this.in = in;
    }

    /** The next ones, at most so many; none at the end. They have no labels. */
    public List<Example> next(int most) {
      List<Example> out = new ArrayList<>();
      try {
        for (; out.size() < most && left > 0; left--) {
          String id = RecordText.read(in);
          String contig = RecordText.read(in);
          Interval place = null;
          if (!contig.isEmpty()) {
            int start = in.readInt();
            place = new Interval(contig, start, start + width);
          }
          byte[] codes = new byte[width];
          in.readFully(codes);
          out.add(new Example(id, place, codes, UNKNOWN, Part.TEST, -1));
        }
        return out;
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(result, e);
      }
    }

    /** Passes over some. */
    public void skip(int windows) {
      int stop = left - windows;
      while (left > stop) {
        next(Math.min(256, left - stop));
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(result, e);
      }
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(result, e);
    }
  }
}
