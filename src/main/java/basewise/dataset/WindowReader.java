package basewise.dataset;

import basewise.genome.Genome;
import basewise.io.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows to predict on: every one that can be cut, in the order of the input, no labels needed.
 */
public final class WindowReader {
  private WindowReader() {}

  /**
   * Reads an input and cuts it to windows.
   *
   * @param input a path, or "-" for standard input
   * @param options its width is the windows' and must be given; its genome is needed for regions
   * @return examples without meaning in their labels and part
   * @throws InputException if it cannot be read or has no window
   */
  public static List<Example> read(String input, DatasetOptions options) {
    SequenceFile file = SequenceFile.read(input, options);
    Counts counts = new Counts();
    WindowCutter cutter = new WindowCutter(options.width(), counts, new Places());
    float[] unknown = {Float.NaN};
    List<Window> windows;
    if (file.peaks() == null) {
      windows = cutter.sequences(file.sequences(), unknown, "");
    } else if (options.genome() == null) {
      throw new InputException(
          "--genome", "is needed: " + input + " holds regions", "give a FASTA or 2bit file");
    } else {
      try (Genome genome = Genome.open(options.genome())) {
        windows = cutter.regions(input, file.peaks(), genome, unknown, "");
      }
    }
    if (windows.isEmpty()) {
      throw new InputException(
          input, "has no window of " + options.width() + " bases", "see the model's width");
    }
    List<Example> out = new ArrayList<>();
    for (Window w : windows) {
      out.add(new Example(w.id(), w.place(), w.codes(), w.labels(), Part.TEST, -1));
    }
    return out;
  }
}
