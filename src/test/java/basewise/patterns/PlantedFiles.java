package basewise.patterns;

import basewise.io.NpzOutput;
import java.nio.file.Path;
import java.util.List;

/** Rows of {@link PlantedScores} as the files that the command line takes. */
public final class PlantedFiles {
  private PlantedFiles() {}

  private interface Cell {
    float at(PlantedScores.Row row, int letter, int position);
  }

  private static Path array(Path file, List<PlantedScores.Row> rows, Cell value) {
    int length = rows.getFirst().codes().length;
    try (NpzOutput out = NpzOutput.to(file)) {
      out.array("arr_0", rows.size(), 4, length);
      for (PlantedScores.Row row : rows) {
        float[] numbers = new float[4 * length];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = value.at(row, i / length, i % length);
        }
        out.write(numbers);
      }
      out.seal();
      out.commit();
    }
    return file;
  }

  /** The sequences, one-hot, in {@code s.npz}. */
  public static Path sequences(Path folder, List<PlantedScores.Row> rows) {
    return array(folder.resolve("s.npz"), rows, (row, c, p) -> row.codes()[p] == c ? 1 : 0);
  }

  /** Their scores, in {@code h.npz}. */
  public static Path scores(Path folder, List<PlantedScores.Row> rows) {
    return array(folder.resolve("h.npz"), rows, (row, c, p) -> row.scores()[4 * p + c]);
  }
}
