package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Completeness;
import basewise.attribution.Epistasis;
import basewise.attribution.Extras;
import basewise.attribution.Indel;
import basewise.attribution.Method;
import basewise.attribution.PlayerScore;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.InputException;
import basewise.io.PartRecord;
import basewise.io.Parts;
import basewise.io.RecordText;
import basewise.io.Share;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The whole of the scores from all their parts (see {@link ScoresPart}): the same bytes as a run in
 * one piece writes. Memory: one sequence.
 */
public final class ScoresParts {
  private static final float[] UNLABELLED = {Float.NaN};

  private final Parts parts;
  private final PartRecord record;
  private final int length;

  /**
   * Of parts that are whole.
   *
   * @throws InputException if they are of no attribution
   */
  public ScoresParts(Parts parts) {
    this.parts = parts;
    record = parts.record();
    if (!of(record)) {
      throw new InputException("the parts", "are of " + record.verb() + ", not of scores", "");
    }
    length = Integer.parseInt(record.note(ScoresPart.LENGTH));
  }

  /** Whether a part holds scores. */
  public static boolean of(PartRecord part) {
    return part.verb().equals(ScoresPart.VERB);
  }

  /** The methods, in order. */
  public List<Method> methods() {
    return Arrays.stream(record.note(ScoresPart.METHODS).split(","))
        .map(m -> Method.of(m).orElseThrow())
        .toList();
  }

  /** Whether deletions and insertions were looked at. */
  public boolean indels() {
    return Boolean.parseBoolean(record.note(ScoresPart.INDELS));
  }

  /** Whether all four letters are scored. */
  public boolean hypothetical() {
    return Boolean.parseBoolean(record.note(ScoresPart.HYPOTHETICAL));
  }

  /** How many sequences there are. */
  public int sequences() {
    return Integer.parseInt(record.note(ScoresPart.SEQUENCES));
  }

  /** The first sequence without a place in a genome; null if all have one. */
  public @Nullable String unplaced() {
    String name = record.note(ScoresPart.UNPLACED);
    return name.isEmpty() ? null : name;
  }

  /**
   * What is written.
   *
   * @param force whether results that exist are replaced
   */
  public ScoresOutput.Plan plan(boolean force) {
    return new ScoresOutput.Plan(
        methods(),
        sequences(),
        length,
        hypothetical(),
        Integer.parseInt(record.note(ScoresPart.LONGEST_ID)),
        ScoresPart.contigs(record.note(ScoresPart.CONTIGS)),
        unplaced() == null,
        force);
  }

  /** Hands all scores on, as one run would. */
  public void into(ScoresSink sink) {
    for (Method method : methods()) {
      sink.begin(method);
      for (int i = 0; i < parts.shares(); i++) {
        Share share = new Share(i + 1, parts.shares());
        long n = share.end(sequences()) - share.start(sequences());
        read(parts.folder(i, 0).resolve(ScoresPart.name(method)), n, sink);
      }
    }
  }

  private void read(Path file, long n, ScoresSink sink) {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16))) {
      for (long i = 0; i < n; i++) {
        Example sequence = sequence(in);
        sink.add(sequence, scores(in));
      }
    } catch (IOException e) {
      throw new InputException(
          file.toString(), 0, "cannot be read: " + e.getMessage(), "make this part again", e);
    }
  }

  private Example sequence(DataInputStream in) throws IOException {
    String id = RecordText.read(in);
    String contig = RecordText.read(in);
    int start = in.readInt();
    byte[] codes = in.readNBytes(length);
    Interval place = contig.isEmpty() ? null : new Interval(contig, start, start + length);
    return new Example(id, place, codes, UNLABELLED, Part.TEST, -1);
  }

  private Attribution scores(DataInputStream in) throws IOException {
    float[] scores = new float[length * Dna.N];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = in.readFloat();
    }
    List<Completeness> completeness = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      int reference = in.readInt();
      double difference = in.readDouble();
      double sum = in.readDouble();
      double kept = in.readDouble();
      double error = in.readDouble();
      String layer = RecordText.read(in);
      completeness.add(
          new Completeness(
              reference, difference, sum, kept, error, layer.isEmpty() ? null : layer));
    }
    return new Attribution(scores, completeness, extras(in));
  }

  private static Extras extras(DataInputStream in) throws IOException {
    List<PlayerScore> players = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      players.add(new PlayerScore(in.readInt(), in.readInt(), in.readDouble(), in.readDouble()));
    }
    List<Epistasis> pairs = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      pairs.add(
          new Epistasis(
              in.readInt(),
              in.readByte(),
              in.readInt(),
              in.readByte(),
              in.readDouble(),
              in.readDouble()));
    }
    List<Indel> indels = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      indels.add(new Indel(in.readInt(), in.readBoolean(), in.readByte(), in.readDouble()));
    }
    return new Extras(players, pairs, indels);
  }
}
