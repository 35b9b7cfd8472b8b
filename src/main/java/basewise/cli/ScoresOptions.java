package basewise.cli;

import basewise.genome.Peak;
import basewise.genome.Peaks;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.patterns.ScoredSequences;
import basewise.patterns.ScoresInput;
import basewise.patterns.hits.Recall;
import basewise.report.ScoredRegions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Sequences, their scores, and where they lie. */
final class ScoresOptions {
  @Option(
      names = "--sequences",
      paramLabel = "FILE",
      description =
          "One-hot sequences [sequences, 4, length], .npz or .npy; a base that is none of four is"
              + " N. ChromBPNet's HDF5 of scores has its own.")
  private @Nullable Path sequences;

  @Option(
      names = "--scores",
      required = true,
      paramLabel = "FILE",
      description =
          "Hypothetical scores of the same shape, .npz or .npy, or the HDF5 that attribute and"
              + " ChromBPNet write (shap/seq).")
  Path scores = Path.of("");

  @Option(
      names = "--sequences-array",
      paramLabel = "NAME",
      description = "Which array of the file (default: arr_0, or the only one; in HDF5 raw/seq).")
  private @Nullable String sequencesArray;

  @Option(
      names = "--scores-array",
      paramLabel = "NAME",
      description = "Likewise, such as the method that made them (in HDF5 shap/seq).")
  private @Nullable String scoresArray;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Positions around the middle that are used (default: all, in patterns at most 400).")
  private @Nullable Integer window;

  @Option(
      names = "--regions",
      paramLabel = "BED",
      description =
          "Where the sequences lie, a row for each: BED or narrowPeak; their middles are the"
              + " summits, or else the middles, of the rows.")
  @Nullable String regions;

  /**
   * Reads them.
   *
   * @param most positions that are used where no window is given
   * @param least positions that are needed
   */
  ScoredSequences read(int most, int least) {
    ScoresInput.Source from =
        sequences == null
            ? ScoresInput.Source.besideScores(scores)
            : new ScoresInput.Source(sequences, null);
    if (from == null) {
      throw InputException.ofOption(
          "--sequences", "is needed with scores that are no HDF5", "name the one-hot sequences");
    }
    return ScoresInput.read(
        new ScoresInput.Source(from.file(), sequencesArray),
        new ScoresInput.Source(scores, scoresArray),
        window,
        most,
        least);
  }

  /** Where they lie. */
  ScoredRegions places(ScoredSequences data) {
    if (regions == null) {
      return ScoredRegions.unknown(data.count());
    }
    List<Peak> peaks = Peaks.read(regions);
    if (peaks.size() != data.count()) {
      throw new InputException(
          regions,
          "has %s, and there are %s"
              .formatted(
                  Wording.count(peaks.size(), "row"), Wording.count(data.count(), "sequence")),
          "give the regions that the sequences were cut from, in their order");
    }
    List<Recall.Place> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Peak p : peaks) {
      places.add(new Recall.Place(p.place().contig(), p.centre() - data.inputLength() / 2));
      names.add(p.name().isEmpty() ? "." : p.name());
    }
    return new ScoredRegions(places, names, true);
  }
}
