package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Completeness;
import basewise.attribution.Epistasis;
import basewise.attribution.Indel;
import basewise.attribution.Method;
import basewise.attribution.PlayerScore;
import basewise.dataset.Example;
import basewise.genome.Contig;
import basewise.io.AtomicFolder;
import basewise.io.AtomicOutput;
import basewise.io.PartRecord;
import basewise.io.RecordText;
import basewise.io.Share;
import basewise.sequence.Interval;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the scores as a folder: for each method all that was found of each sequence ({@code
 * METHOD.gz}), and what it is a part of ({@code part.json}). {@link ScoresParts} makes the whole of
 * all parts, in any format.
 */
public final class ScoresPart implements ScoresSink {
  static final String VERB = "attribute";
  static final String METHODS = "methods";
  static final String SEQUENCES = "sequences";
  static final String LENGTH = "length";
  static final String HYPOTHETICAL = "--hypothetical";
  static final String INDELS = "--indels";
  static final String LONGEST_ID = "longest id";
  static final String UNPLACED = "without a place";
  static final String CONTIGS = "contigs";

  private final AtomicFolder folder;
  private final PartRecord record;
  private final List<String> files = new ArrayList<>();
  private @Nullable AtomicOutput file;
  private @Nullable DataOutputStream out;

  /**
   * Opens the folder.
   *
   * @param plan of the whole
   * @param indels whether deletions and insertions are looked at
   * @param unplaced the first sequence without a place in a genome; empty if all have one
   * @param of what the scores are of
   */
  public ScoresPart(
      Path path,
      ScoresOutput.Plan plan,
      boolean indels,
      String unplaced,
      Share share,
      Map<String, String> of) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(METHODS, plan.methods().stream().map(Method::label).collect(Collectors.joining(",")));
    notes.put(SEQUENCES, String.valueOf(plan.sequences()));
    notes.put(LENGTH, String.valueOf(plan.length()));
    notes.put(HYPOTHETICAL, String.valueOf(plan.hypothetical()));
    notes.put(INDELS, String.valueOf(indels));
    notes.put(LONGEST_ID, String.valueOf(plan.longestId()));
    notes.put(UNPLACED, unplaced);
    notes.put(
        CONTIGS,
        plan.contigs().stream()
            .map(c -> c.name() + "\t" + c.length())
            .collect(Collectors.joining("\n")));
    record = PartRecord.of(VERB, share, Share.WHOLE, of, notes);
    folder = AtomicFolder.to(path, plan.force(), PartRecord.NAME);
  }

  /** The contigs of a note. */
  static List<Contig> contigs(String note) {
    return note.lines()
        .map(line -> line.split("\t", -1))
        .map(f -> new Contig(f[0], Integer.parseInt(f[1])))
        .toList();
  }

  /** The file of a method. */
  static String name(Method method) {
    return method.label() + ".gz";
  }

  @Override
  public void begin(Method method) {
    finish();
    files.add(name(method));
    AtomicOutput to = AtomicOutput.to(folder.path().resolve(name(method)));
    file = to;
    try {
      out =
          new DataOutputStream(
              new BufferedOutputStream(new GZIPOutputStream(to.stream()), 1 << 16));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private RuntimeException cannotWrite(IOException e) {
    return AtomicOutput.cannotWrite(folder.target(), e);
  }

  private void finish() {
    if (out != null && file != null) {
      try {
        out.close(); // ends the compressed stream
      } catch (IOException e) {
        throw cannotWrite(e);
      }
      file.commit();
      file.close();
      out = null;
      file = null;
    }
  }

  @Override
  public void add(Example sequence, Attribution found) {
    DataOutputStream to = out;
    if (to == null) {
      throw new IllegalStateException("no method was begun");
    }
    try {
      RecordText.write(to, sequence.id());
      Interval place = sequence.place();
      RecordText.write(to, place == null ? "" : place.contig());
      to.writeInt(place == null ? 0 : place.start());
      to.write(sequence.codes());
      for (float score : found.scores()) {
        to.writeFloat(score);
      }
      to.writeInt(found.completeness().size());
      for (Completeness c : found.completeness()) {
        to.writeInt(c.reference());
        to.writeDouble(c.difference());
        to.writeDouble(c.sum());
        to.writeDouble(c.kept());
        to.writeDouble(c.error());
        RecordText.write(to, c.layer() == null ? "" : c.layer());
      }
      to.writeInt(found.extras().players().size());
      for (PlayerScore p : found.extras().players()) {
        to.writeInt(p.start());
        to.writeInt(p.end());
        to.writeDouble(p.value());
        to.writeDouble(p.error());
      }
      to.writeInt(found.extras().pairs().size());
      for (Epistasis e : found.extras().pairs()) {
        to.writeInt(e.first());
        to.writeByte(e.firstBase());
        to.writeInt(e.second());
        to.writeByte(e.secondBase());
        to.writeDouble(e.strongest());
        to.writeDouble(e.meanAbsolute());
      }
      to.writeInt(found.extras().indels().size());
      for (Indel i : found.extras().indels()) {
        to.writeInt(i.position());
        to.writeBoolean(i.insertion());
        to.writeByte(i.base());
        to.writeDouble(i.effect());
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void seal() {
    finish();
    record.write(folder.path(), files);
  }

  @Override
  public void commit() {
    folder.commit();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
    folder.close();
  }
}
