package basewise.cli;

import basewise.attribution.Attribution;
import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.dataset.Example;
import basewise.motif.Motif;
import basewise.nn.SequenceModel;
import basewise.nn.kernel.Workers;
import basewise.report.GalleryExample;
import basewise.report.KnownMatch;
import basewise.report.KnownSites;
import basewise.report.MotifEntry;
import basewise.report.ScoresOutput;
import basewise.scan.ScanOptions;
import basewise.scan.Threshold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The held-out positives that a network was surest of, and what it looked at in them. */
final class Gallery {
  private static final int EXAMPLES = 8;

  /** Short motifs have no hit at 1e-4; that scores are high there is evidence of its own. */
  private static final Threshold SITES = new Threshold.PValue(5e-4);

  /** A positive and the model that never saw it. */
  private record Sure(Example example, SequenceModel model, double logit) {}

  private final List<Sure> surest = new ArrayList<>();

  /** Adds positives that a model was not trained on. */
  void add(List<Example> positives, SequenceModel model, int threads) {
    float[][] logits = model.logits(positives.stream().map(Example::codes).toList(), threads);
    for (int i = 0; i < logits.length; i++) {
      surest.add(new Sure(positives.get(i), model, logits[i][0]));
    }
    surest.sort(Comparator.comparingDouble((Sure s) -> -s.logit)); // stable
    if (surest.size() > EXAMPLES) {
      surest.subList(EXAMPLES, surest.size()).clear();
    }
  }

  /**
   * Explains them.
   *
   * @param motifs whose sites are boxed
   */
  List<GalleryExample> explain(NamedMotifs motifs, CommonOptions common) {
    AttributionOptions options =
        AttributionOptions.defaults().toBuilder().seed(common.seed).build();
    Attribution[] scores = new Attribution[surest.size()];
    try (Workers workers = Workers.of(common.threads)) {
      workers.run(
          scores.length,
          i -> {
            Sure s = surest.get(i);
            Attributor attributor = new Attributor(s.model, Target.of(0), options);
            scores[i] = attributor.explain(Method.DEEPSHAP, s.example.codes(), i);
          });
    }
    KnownSites sites = sites(motifs);
    List<GalleryExample> out = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Sure s = surest.get(i);
      byte[] codes = s.example.codes();
      float[] observed = ScoresOutput.observed(codes, scores[i]);
      out.add(new GalleryExample(s.example, s.logit, scores[i], sites.in(codes, observed)));
    }
    return out;
  }

  /** The motifs found, called as the report calls them. */
  private static KnownSites sites(NamedMotifs motifs) {
    List<Motif> named = new ArrayList<>();
    for (MotifEntry entry : motifs.entries()) {
      Motif m = entry.motif();
      String name = entry.bestMatch().map(KnownMatch::said).orElse("motif " + entry.rank());
      named.add(
          new Motif(m.id(), name, m.probabilities(), m.sites(), m.evalue(), m.counts(), m.notes()));
    }
    return KnownSites.of(
        named, ScanOptions.DEFAULTS.with(SITES).withBothStrands(motifs.result().bothStrands()));
  }
}
