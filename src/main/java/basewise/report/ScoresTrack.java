package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.genome.Contig;
import basewise.genome.track.BedGraphWriter;
import basewise.genome.track.BigWigWriter;
import basewise.genome.track.TrackWriter;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.ScratchFile;
import basewise.sequence.Interval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scores of the bases that are there, along the genome, as bigWig or bedGraph; where windows
 * overlap, their mean. Bases of no window are left out. Windows may come in any order: their scores
 * wait in a hidden file until all places are known.
 *
 * <p>Contigs lie in the order of the genome. Where none is known they lie in the order in which
 * they came, and of bigWig each ends where its last window does.
 */
final class ScoresTrack extends ScoresOutput {
  private final Path file;
  private final Plan plan;
  private final ScratchFile scores;
  private final Map<String, Integer> contigs = new LinkedHashMap<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final ByteBuffer bytes;

  /** The contig and the start of each window. */
  private long[] places;

  private int windows;
  private @Nullable TrackWriter out;

  ScoresTrack(Path file, Plan plan) {
    this.file = file;
    this.plan = plan;
    if (plan.methods().size() > 1) {
      throw InputException.ofOption(
          "--method", file + " holds the scores of one method", "name one, or write to a folder");
    }
    if (AtomicOutput.isDevice(file)) {
      throw new InputException(
          file.toString(), "is no file: tracks are not written in one go", "name a file");
    }
    for (Contig c : plan.contigs()) {
      contigs.put(c.name(), contigs.size());
      lengths.add(c.length());
    }
    places = new long[plan.sequences()];
    bytes = ByteBuffer.allocate(Float.BYTES * plan.length()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      scores = ScratchFile.beside(file);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  @Override
  public void begin(Method method) {
    // There is one.
  }

  @Override
  public void add(Example sequence, Attribution attribution) {
    Interval place = sequence.place();
    if (place == null) {
      throw new IllegalArgumentException(sequence.id() + " has no place");
    }
    Integer contig = contigs.get(place.contig());
    if (contig == null) {
      contig = contigs.size();
      contigs.put(place.contig(), contig);
      lengths.add(0);
    }
    if (plan.contigs().isEmpty()) {
      lengths.set(contig, Math.max(lengths.get(contig), place.end()));
    }
    places[windows++] = (long) contig << Integer.SIZE | place.start();
    bytes.clear().asFloatBuffer().put(observed(sequence.codes(), attribution));
    try {
      scores.stream().write(bytes.array());
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  @Override
  public Path table(String what) {
    return ScoresFormat.of(file).table(file, what);
  }

  @Override
  public void seal() {
    List<String> names = List.copyOf(contigs.keySet());
    TrackWriter writer = open(names);
    out = writer;
    Integer[] order = new Integer[windows];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(places[a], places[b])); // stable: ties as they came
    Overlaps overlaps = new Overlaps(plan.length(), writer);
    try (SeekableByteChannel in = scores.channel()) {
      float[] values = new float[plan.length()];
      for (int i : order) {
        ScratchFile.read(in, (long) i * bytes.capacity(), bytes.clear());
        bytes.flip().asFloatBuffer().get(values);
        overlaps.add(names.get((int) (places[i] >>> Integer.SIZE)), (int) places[i], values);
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
    overlaps.end();
    writer.flush();
  }

  private TrackWriter open(List<String> names) {
    if (ScoresFormat.of(file) == ScoresFormat.BEDGRAPH) {
      return new BedGraphWriter(file, BedGraphWriter.Values.SIX_DIGITS);
    }
    List<Contig> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(new Contig(names.get(i), lengths.get(i)));
    }
    return new BigWigWriter(file, all);
  }

  @Override
  public void commit() {
    if (out == null) {
      throw new IllegalStateException("not sealed");
    }
    out.commit();
  }

  @Override
  public void close() {
    try (scores) {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }
}
