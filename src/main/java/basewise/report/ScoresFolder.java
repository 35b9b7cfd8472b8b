package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.io.AtomicFolder;
import basewise.sequence.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder: {@code METHOD.npz} for each method and, of sequences with places in a genome, {@code
 * METHOD.bw}; {@code sequences.npz}, one-hot, as TF-MoDISco wants them; {@code sequences.tsv}, id,
 * contig, start and end of each sequence, in the order of the arrays.
 */
final class ScoresFolder extends ScoresOutput {
  private static final String LIST = "sequences.tsv";

  private final Plan plan;
  private final AtomicFolder folder;
  private final TableOutput list;
  private final List<ScoresOutput> written = new ArrayList<>();
  private final List<ScoresOutput> now = new ArrayList<>();
  private boolean first;

  ScoresFolder(Path path, Plan plan) {
    this.plan = plan;
    folder = AtomicFolder.to(path, plan.force(), LIST);
    try {
      list = TableOutput.to(folder.path().resolve(LIST));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
    list.line("id\tcontig\tstart\tend");
  }

  @Override
  public void begin(Method method) {
    first = written.isEmpty();
    now.forEach(ScoresOutput::seal);
    now.clear();
    Plan one =
        new Plan(
            List.of(method),
            plan.sequences(),
            plan.length(),
            plan.hypothetical(),
            plan.longestId(),
            plan.contigs(),
            plan.placed(),
            plan.force());
    Path sequences = folder.path().resolve("sequences.npz");
    open(
        new ScoresNpz(
            folder.path().resolve(method.label() + ".npz"), one, first ? sequences : null));
    if (plan.placed()) {
      open(new ScoresTrack(folder.path().resolve(method.label() + ".bw"), one));
    }
    now.forEach(o -> o.begin(method));
  }

  private void open(ScoresOutput output) {
    now.add(output);
    written.add(output);
  }

  @Override
  public void add(Example sequence, Attribution scores) {
    now.forEach(o -> o.add(sequence, scores));
    if (first) {
      Interval place = sequence.place();
      list.line(
          Text.field(sequence.id())
              + (place == null
                  ? "\t.\t.\t."
                  : "\t" + place.contig() + "\t" + place.start() + "\t" + place.end()));
    }
  }

  @Override
  public Path table(String what) {
    return ScoresFormat.FOLDER.table(folder.path(), what);
  }

  @Override
  public void seal() {
    now.forEach(ScoresOutput::seal);
    list.seal();
  }

  @Override
  public void commit() {
    for (ScoresOutput output : written) {
      output.commit();
      output.close(); // its hidden files must not move with the folder
    }
    list.commit();
    folder.commit();
  }

  @Override
  public void close() {
    written.forEach(ScoresOutput::close);
    list.close();
    folder.close();
  }
}
