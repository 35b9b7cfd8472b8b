package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.dataset.StrandBias;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.discovery.MotifsFrom;
import basewise.io.AtomicFolder;
import basewise.io.Wording;
import basewise.motif.Motif;
import basewise.nn.Checkpoint;
import basewise.nn.Head;
import basewise.nn.KmerBaseline;
import basewise.nn.ModelFile;
import basewise.nn.MotifArchitecture;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.report.DiscoveryReport;
import basewise.report.Epoch;
import basewise.report.GalleryExample;
import basewise.report.HeldOut;
import basewise.report.HtmlReport;
import basewise.report.InputFile;
import basewise.report.MotifEntry;
import basewise.report.PatternReport;
import basewise.report.PredictionsTable;
import basewise.report.RejectedMotif;
import basewise.report.RunRecord;
import basewise.report.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From sequencing data to named motifs and a report. */
@Command(
    name = "discover",
    description = {
      "From peaks, sequences or reads to named motifs, judged on held-out data, and a report.",
      "Writes report.html, motifs.meme, motifs.tsv, matches.tsv, sites.bed or sites.tsv,"
          + " logos/, predictions.tsv, model/ and run.json; with --motifs-from attributions or both"
          + " patterns/ too, as patterns writes it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise discover peaks.fa --taxon vertebrates",
      "  ./basewise discover peaks.narrowPeak --genome hg38.2bit --exclude blacklist.bed"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DiscoverCommand implements Callable<Integer> {
  @Mixin DataOptions input;
  @Mixin KnownOptions knownOptions;
  @Mixin RuleOptions ruleOptions;

  @Option(
      names = "--motifs-from",
      paramLabel = "WHAT",
      description =
          "filters (what excites the first layer, and the words that seeded it), attributions"
              + " (patterns of DeepSHAP scores: what the whole network makes use of), or both, of"
              + " which those that are alike are merged: the one that tells the training part best"
              + " speaks for all. Patterns that lower the output are in patterns/ and the report,"
              + " and make no motifs (default: filters).")
  MotifsFrom motifsFrom = DiscoveryOptions.DEFAULT.from();

  @Mixin NetworkOptions network;
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    network.validate();
    InputNames.readOnce(
        Stream.concat(input.files().stream(), Stream.of(knownOptions.known)).toList());
    Path out = common.named(Path.of("basewise-" + InputNames.stem(input.input)));
    try (AtomicFolder folder = AtomicFolder.to(out, common.force, "run.json");
        Progress progress = Progress.of("discover", common.quiet)) {
      Checkpoint checkpoint = ModelTraining.checkpoint(out, network.resume, common.force);
      try (Interruption watch = Interruption.watch(checkpoint.file(), folder, progress)) {
        run(out, folder, progress, checkpoint);
      }
      return ExitCode.DONE;
    }
  }

  private void run(Path out, AtomicFolder folder, Progress progress, Checkpoint checkpoint) {
    RunRecord record = RunRecord.of(Version.text(), command(), common.seed);
    Stopwatch watch = new Stopwatch(record);
    List<Motif> known = knownOptions.read();
    progress.stage("reading", 0.05);
    Dataset data = DatasetBuilder.build(input.input, input.toOptions(common.seed));
    NamedMotifs.accept(data, input.input);
    watch.lap("read");
    Run run = learn(data, known, progress, watch, checkpoint);
    progress.stage("writing", 1);
    write(data, run, known, record, watch, folder.path());
    folder.commit();
    ModelTraining.forget(checkpoint);
    progress.close();
    if (!common.quiet) {
      say(run, out);
    }
  }

  /** What training and discovery made. */
  private record Run(
      TrainOptions training,
      Trained trained,
      HeldOut.Judgement judged,
      HeldOut.Judgement baseline,
      NamedMotifs motifs,
      AttributedPatterns patterns,
      List<GalleryExample> gallery,
      List<String> warnings) {}

  private Run learn(
      Dataset data, List<Motif> known, Progress progress, Stopwatch watch, Checkpoint checkpoint) {
    StrandBias direction = network.direction(data);
    MotifArchitecture shape = network.architecture(data, input, direction);
    TrainOptions training = network.training(common);
    List<Discovery> discoveries =
        ModelTraining.discoveries(
            data, ruleOptions.toOptions(shape.strands()).withFrom(motifsFrom), common);
    Trained trained =
        ModelTraining.train(data, discoveries, shape, training, progress, 0.6, checkpoint);
    watch.lap("train");
    HeldOut heldOut = new HeldOut();
    Gallery gallery = new Gallery();
    progress.stage("motifs", 0.9);
    AttributedPatterns patterns =
        new AttributedPatterns(shape.strands() == Strands.BOTH, common.seed);
    Discovery.Result result =
        NamedMotifs.judge(
            discoveries.getFirst(),
            trained.motifModel(),
            training,
            common,
            patterns,
            (fold, model) -> judge(heldOut, gallery, fold, model));
    if (!result.crossValidated()) {
      judge(heldOut, gallery, data, trained.model());
    }
    HeldOut.Judgement judged = heldOut.network(common.seed);
    HeldOut.Judgement baseline = heldOut.baseline(common.seed);
    watch.lap("discover");
    progress.stage("naming", 0.95);
    NamedMotifs motifs = NamedMotifs.name(result, known, common.threads);
    watch.lap("name");
    List<GalleryExample> examples = gallery.explain(motifs, common);
    watch.lap("explain");
    List<String> warnings = Warnings.of(data, direction, result, judged, baseline);
    return new Run(training, trained, judged, baseline, motifs, patterns, examples, warnings);
  }

  private void judge(HeldOut heldOut, Gallery gallery, Dataset data, SequenceModel model) {
    gallery.add(data.part(Part.TEST, true), model, common.threads);
    heldOut.add(
        data.part(Part.TEST), model, KmerBaseline.train(data, 0, common.seed), common.threads);
  }

  private void write(
      Dataset data, Run run, List<Motif> known, RunRecord record, Stopwatch watch, Path folder) {
    Discovery.Result result = run.motifs.result();
    List<MotifEntry> entries = run.motifs.entries();
    run.motifs.write(data, folder, common.threads);
    predictions(data, run.trained.model(), folder.resolve("predictions.tsv"));
    ModelFile.save(
        run.trained.model(),
        folder.resolve("model").resolve("model.zip"),
        ModelTraining.origin(data, run.training, input.input));
    PatternReport patterns =
        run.patterns.write(known, entries, folder.resolve("patterns"), common.threads);
    List<InputFile> inputs = inputs();
    HtmlReport.write(
        new DiscoveryReport(
            InputNames.stem(input.input),
            Verdict.of(entries),
            run.judged.auroc(),
            run.judged.auprc(),
            run.baseline.auroc(),
            run.baseline.auprc(),
            run.judged.roc(),
            run.baseline.roc(),
            run.judged.precisionRecall(),
            run.baseline.precisionRecall(),
            run.trained.history().stream()
                .map(e -> new Epoch(e.epoch(), e.loss(), e.validationLoss(), e.validationAuprc()))
                .toList(),
            run.trained.bestEpoch(),
            data.counts(),
            run.warnings,
            result.crossValidated() ? DiscoveryOptions.DEFAULT.folds() : 0,
            entries,
            result.rejected().stream().map(RejectedMotif::of).toList(),
            run.gallery,
            patterns,
            command(),
            Version.text(),
            common.seed,
            inputs),
        folder.resolve("report.html"));
    inputs.forEach(record::input);
    counts(data, record);
    MotifArchitecture shape = run.trained.motifModel().architecture();
    record
        .put("architecture.name", "motif")
        .put("architecture.filters", shape.filters())
        .put("architecture.filter_width", shape.filterWidth())
        .put("architecture.strands", shape.strands().name().toLowerCase(Locale.ROOT))
        .put("architecture.hidden", shape.hidden())
        .put("architecture.activation", shape.activation().name().toLowerCase(Locale.ROOT))
        .put("architecture.pool", shape.pool())
        .put("architecture.dropout", shape.dropout())
        .put("architecture.weight_decay", shape.weightDecay())
        .put("architecture.window", data.width())
        .put("epochs", run.trained.history().size())
        .put("best_epoch", run.trained.bestEpoch())
        .put("test.auroc", run.judged.auroc())
        .put("test.auprc", run.judged.auprc())
        .put("test.cross_validated", run.motifs.result().crossValidated())
        .put("baseline.auroc", run.baseline.auroc())
        .put("baseline.auprc", run.baseline.auprc())
        .put("motifs.tested", result.tested())
        .put("motifs.found", result.found().size())
        .put("motifs.cross_validated", result.crossValidated());
    watch.lap("write");
    watch.total();
    record.write(folder.resolve("run.json"));
  }

  private static void counts(Dataset data, RunRecord record) {
    Map<String, Long> dropped = new LinkedHashMap<>();
    Map<String, Long> windows = new LinkedHashMap<>();
    data.counts()
        .forEach((name, n) -> {
          if (name.contains("dropped")) {
            dropped.put(name.replace("dropped_", ""), n);
          } else if (!name.equals("read")) {
            windows.put(name, n);
          }
        });
    record
        .put("counts.read", data.counts().getOrDefault("read", 0L))
        .put("counts.dropped", dropped)
        .put("counts.windows", windows);
  }

  private void predictions(Dataset data, SequenceModel model, Path file) {
    List<Example> examples = data.examples();
    float[][] logits = model.logits(examples.stream().map(Example::codes).toList(), common.threads);
    try (PredictionsTable table =
        PredictionsTable.open(file, data.tasks(), Head.CLASSES, List.of("label", "part"))) {
      for (int i = 0; i < logits.length; i++) {
        Example e = examples.get(i);
        table.row(
            e.id(),
            logits[i],
            List.of(e.positive() ? "1" : "0", e.part().name().toLowerCase(Locale.ROOT)));
      }
      table.commit();
    }
  }

  private List<InputFile> inputs() {
    List<InputFile> files = new ArrayList<>();
    files.add(InputFile.read("positives", input.input));
    if (input.negatives != null
        && !input.negatives.equals(basewise.dataset.DatasetOptions.LABELS)) {
      files.add(InputFile.read("negatives", input.negatives));
    }
    if (input.genome != null) {
      files.add(InputFile.read("genome", input.genome));
    }
    if (input.exclude != null) {
      files.add(InputFile.read("excluded regions", input.exclude));
    }
    return files;
  }

  private String command() {
    return "basewise "
        + String.join(
            " ",
            spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(a -> a.matches("[\\w@%+=:,./-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
                .toList());
  }

  private void say(Run run, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(Verdict.of(run.motifs.entries()));
    print.printf(
        Locale.ROOT,
        "Held-out AUROC %.3f (k-mer baseline %.3f), %s found of %d tested.%n",
        run.judged.auroc().value(),
        run.baseline.auroc().value(),
        Wording.count(run.motifs.result().found().size(), "motif"),
        run.motifs.result().tested());
    run.warnings.forEach(warning -> print.println("Note: " + warning));
    print.println("Report: " + out.resolve("report.html"));
    print.flush();
  }
}
