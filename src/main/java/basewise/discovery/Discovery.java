package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifAlignment;
import basewise.motif.ProbabilityMatrix;
import basewise.nn.Architecture;
import basewise.nn.SequenceModel;
import basewise.scan.BestSites;
import basewise.stats.Hypergeometric;
import basewise.stats.LogValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * From a trained network to judged motifs. The motifs are made from the training part; the evidence
 * comes from sequences that took no part in it: the test part, or, for small sets, the folds of a
 * cross-validation in which network and motifs are made anew without the fold.
 */
public final class Discovery {
  /** From this share of copies on, a motif may be a repeat element. */
  private static final double MOSTLY_COPIES = 0.5;

  /**
   * It is one if its share is this far above the median of all motifs: overlapping peaks are not.
   */
  private static final double ABOVE_OTHERS = 0.25;

  /** More sequences of a kind than this do not sharpen a motif; all are counted in the end. */
  private static final int SAMPLE = 8000;

  /** A fold's motif speaks for a motif of the whole set if it is at least this similar. */
  private static final double COUNTERPART = 0.6;

  private final Dataset data;
  private final DiscoveryOptions options;
  private final long seed;
  private final int threads;
  private final Background background;
  private final Hypergeometric test;

  /** Prepares for a dataset; the seed chooses the folds of small sets. */
  public Discovery(Dataset data, DiscoveryOptions options, long seed, int threads) {
    this.data = data;
    this.options = options;
    this.seed = seed;
    this.threads = threads;
    Background composition =
        Background.ofSequences(
            "positives",
            data.examples().stream().filter(Example::positive).map(Example::codes).toList());
    background = options.bothStrands() ? composition.bothStrands() : composition;
    test = new Hypergeometric(Contrast.of(data, data.examples(), seed).size());
  }

  /**
   * What came of it.
   *
   * @param found motifs with an E-value below the limit, by rank
   * @param rejected those that failed, by rank
   * @param tested how many entered the held-out test
   * @param crossValidated whether the evidence comes from cross-validation
   * @param background the positives' base composition
   */
  public record Result(
      List<DiscoveredMotif> found,
      List<DiscoveredMotif> rejected,
      int tested,
      boolean crossValidated,
      Background background) {}

  /** A motif with its evidence, before it has a rank. */
  record Judged(
      Merging.Group group, Presence heldOut, double auroc, double copies, boolean repeat) {}

  /** Whether evidence comes from cross-validation: fewer positives than the limit. */
  public boolean crossValidated() {
    return data.examples().stream().filter(Example::positive).count() < options.smallSet();
  }

  /**
   * Makes and judges the motifs of a model.
   *
   * @param model trained on the training part of this dataset
   * @param training trains a model of the same kind on another split of the same examples; only
   *     called for small sets
   */
  public Result run(SequenceModel model, ModelTraining training) {
    boolean small = crossValidated();
    List<Example> fitted = small ? data.examples() : data.part(Part.TRAIN);
    List<Merging.Group> groups = fit(fitted, model, seeds(fitted));
    List<Judged> judged =
        markRepeats(
            small ? crossValidate(groups, model.architecture(), training) : heldOut(groups));
    return name(
        Variants.order(judged, leaders(groups, Contrast.of(data, fitted, seed).positives())),
        model,
        small);
  }

  /** Trains a model of the kind under study on the training part of a dataset. */
  public interface ModelTraining {
    /**
     * The trained model.
     *
     * @param seeds first weights for some filters, [filter width][4] each
     */
    SequenceModel train(Dataset data, List<float[][]> seeds);
  }

  /**
   * First weights for the filters of a network: the refined motifs of the training part's most
   * enriched words.
   *
   * @param filterWidth bases per filter
   * @param most how many at most
   * @return [motif][filter width][4], most evidence first
   */
  public List<float[][]> seedFilters(int filterWidth, int most) {
    return SeedMotifs.weights(seeds(data.part(Part.TRAIN)), background, filterWidth, most);
  }

  private List<Merging.Group> seeds(List<Example> examples) {
    return new SeedMotifs(
            Contrast.of(data, examples, seed).sample(SAMPLE), background, options, threads)
        .find();
  }

  /** Motifs of the filters and the seeds; of a large set, made from a sample and counted on all. */
  private List<Merging.Group> fit(
      List<Example> examples, SequenceModel model, List<Merging.Group> seeds) {
    Contrast all = Contrast.of(data, examples, seed);
    Contrast sample = all.sample(SAMPLE);
    List<Merging.Group> groups =
        new MotifFit(sample, background, options, threads).fit(model.filters(), seeds);
    if (sample == all || groups.isEmpty()) {
      return groups;
    }
    List<Candidate> counted =
        new Refinement(
                all, background, options.bothStrands(), options.refinement().withRounds(1), threads)
            .refine(groups.stream().map(Merging.Group::best).toList());
    List<Merging.Group> out = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      out.add(new Merging.Group(counted.get(i), groups.get(i).origins()));
    }
    out.sort(Comparator.comparingDouble(g -> g.best().training().logPvalue()));
    return out;
  }

  /**
   * Which motifs are variants of another: more than half of their sites in the fitted positives
   * overlap those of a motif with more training evidence.
   *
   * @param groups most training evidence first
   * @return index of each group's leader; its own if it is no variant
   */
  private int[] leaders(List<Merging.Group> groups, List<byte[]> positives) {
    int[] leader = new int[groups.size()];
    if (groups.isEmpty()) {
      return leader;
    }
    BestSites.Found found =
        sites(groups.stream().map(Merging.Group::best).toList()).find(positives, threads);
    for (int j = 0; j < leader.length; j++) {
      leader[j] = j;
      for (int i = 0; i < j && leader[j] == j; i++) {
        if (leader[i] == i && Variants.overlap(groups, found, positives.size(), i, j) > 0.5) {
          leader[j] = i;
        }
      }
    }
    return leader;
  }

  private List<Judged> heldOut(List<Merging.Group> groups) {
    Contrast unseen = Contrast.of(data, data.part(Part.TEST), seed);
    List<byte[]> positives = unseen.positives();
    List<byte[]> negatives = unseen.negatives();
    List<Judged> out = new ArrayList<>();
    if (groups.isEmpty()) {
      return out;
    }
    BestSites sites = sites(groups.stream().map(Merging.Group::best).toList());
    BestSites.Found p = sites.find(positives, threads);
    BestSites.Found n = sites.find(negatives, threads);
    for (int m = 0; m < groups.size(); m++) {
      Candidate c = groups.get(m).best();
      float[] sp = p.scores(m);
      float[] sn = n.scores(m);
      out.add(
          new Judged(
              groups.get(m),
              Presence.at(c.training().threshold(), sp, sn, test),
              Presence.auroc(sp, sn),
              copies(c, positives, p, m),
              false));
    }
    return out;
  }

  private static List<Judged> markRepeats(List<Judged> judged) {
    double[] all = judged.stream().mapToDouble(Judged::copies).sorted().toArray();
    double median = all.length == 0 ? 0 : all[all.length / 2];
    return judged.stream()
        .map(j ->
            new Judged(
                j.group,
                j.heldOut,
                j.auroc,
                j.copies,
                j.copies >= MOSTLY_COPIES && j.copies - median >= ABOVE_OTHERS))
        .toList();
  }

  private static double copies(
      Candidate c, List<byte[]> positives, BestSites.Found found, int motif) {
    List<byte[]> flanks = new ArrayList<>();
    for (int i = 0; i < positives.size(); i++) {
      if (found.score(i, motif) >= c.training().threshold()) {
        int start = found.start(i, motif);
        flanks.add(
            Copies.flanks(
                positives.get(i), start, start + c.counts().width(), found.strand(i, motif)));
      }
    }
    return flanks.isEmpty() ? 0 : (double) Copies.count(flanks) / flanks.size();
  }

  private List<Judged> crossValidate(
      List<Merging.Group> groups, Architecture shape, ModelTraining training) {
    int folds = options.folds();
    Presence[] sum = new Presence[groups.size()];
    double[] auroc = new double[groups.size()];
    for (int k = 0; k < folds; k++) {
      Dataset fold = Folds.without(data, k, folds, seed);
      Contrast unseen = Contrast.of(data, fold.part(Part.TEST), seed);
      List<byte[]> positives = unseen.positives();
      List<byte[]> negatives = unseen.negatives();
      List<Example> rest = fold.examples().stream().filter(e -> e.part() != Part.TEST).toList();
      List<Merging.Group> seeds = seeds(rest);
      List<float[][]> first =
          SeedMotifs.weights(seeds, background, shape.filterWidth(), shape.filters() / 2);
      List<Merging.Group> made = fit(rest, training.train(fold, first), seeds);
      List<Candidate> candidates = made.stream().map(Merging.Group::best).toList();
      BestSites.Found p = null;
      BestSites.Found n = null;
      if (!candidates.isEmpty()) {
        BestSites sites = sites(candidates);
        p = sites.find(positives, threads);
        n = sites.find(negatives, threads);
      }
      int[] counterpart = counterparts(groups, candidates);
      for (int g = 0; g < groups.size(); g++) {
        int m = counterpart[g];
        Presence presence;
        if (m < 0 || p == null || n == null) {
          presence = new Presence(0, 0, positives.size(), 0, negatives.size(), 0);
          auroc[g] += 0.5 / folds;
        } else {
          presence =
              Presence.at(candidates.get(m).training().threshold(), p.scores(m), n.scores(m), test);
          auroc[g] += Presence.auroc(p.scores(m), n.scores(m)) / folds;
        }
        sum[g] = k == 0 ? presence : sum[g].plus(presence, test);
      }
    }
    List<Judged> out = new ArrayList<>();
    List<byte[]> all = Contrast.of(data, data.examples(), seed).positives();
    if (!groups.isEmpty()) {
      BestSites.Found found =
          sites(groups.stream().map(Merging.Group::best).toList()).find(all, threads);
      for (int g = 0; g < groups.size(); g++) {
        Merging.Group group = groups.get(g);
        out.add(new Judged(group, sum[g], auroc[g], copies(group.best(), all, found, g), false));
      }
    }
    return out;
  }

  /**
   * For each motif of the whole set the motif of a fold that speaks for it, or -1: the two must be
   * alike, and each the other's most similar, so that no fold's motif speaks twice.
   */
  private int[] counterparts(List<Merging.Group> groups, List<Candidate> others) {
    double[][] similarity = new double[groups.size()][others.size()];
    for (int g = 0; g < groups.size(); g++) {
      ProbabilityMatrix a = matrix(groups.get(g).best());
      for (int m = 0; m < others.size(); m++) {
        similarity[g][m] =
            MotifAlignment.best(a, matrix(others.get(m)), background, options.bothStrands())
                .similarity();
      }
    }
    int[] out = new int[groups.size()];
    for (int g = 0; g < out.length; g++) {
      out[g] = -1;
      for (int m = 0; m < others.size(); m++) {
        double s = similarity[g][m];
        boolean mutual = s > COUNTERPART && (out[g] < 0 || s > similarity[g][out[g]]);
        for (int h = 0; h < out.length && mutual; h++) {
          mutual = h == g || similarity[h][m] < s || (similarity[h][m] == s && g < h);
        }
        if (mutual) {
          out[g] = m;
        }
      }
    }
    return out;
  }

  private Result name(List<Judged> judged, SequenceModel model, boolean small) {
    List<DiscoveredMotif> found = new ArrayList<>();
    List<DiscoveredMotif> rejected = new ArrayList<>();
    List<Example> positives = data.examples().stream().filter(Example::positive).toList();
    Influence influence = new Influence(model, data.part(Part.TEST), threads);
    BestSites.Found all =
        judged.isEmpty()
            ? null
            : sites(judged.stream().map(j -> j.group.best()).toList())
                .find(positives.stream().map(Example::codes).toList(), threads);
    double limit = Math.log(options.maxEvalue());
    for (int i = 0; i < judged.size(); i++) {
      Judged j = judged.get(i);
      double logE = j.heldOut.logPvalue() + Math.log(judged.size());
      boolean passes = logE < limit;
      int rank = 1 + (passes ? found : rejected).size();
      String id = (passes ? "motif_" : "rejected_") + rank;
      Candidate c = j.group.best();
      ProbabilityMatrix p = matrix(c);
      Motif motif =
          new Motif(
              id,
              p.consensus(),
              p,
              OptionalDouble.of(c.counts().sites()),
              OptionalDouble.of(Double.parseDouble(LogValue.ofLn(logE).toString())),
              c.counts(),
              Map.of());
      List<Site> sites = all == null ? List.of() : sites(id, c, positives, all, i);
      DiscoveredMotif made =
          new DiscoveredMotif(
              rank,
              motif,
              c,
              j.heldOut,
              j.auroc,
              logE,
              influence.of(j.group.origins()),
              j.copies,
              sites,
              notes(j, p, sites, found));
      (passes ? found : rejected).add(made);
    }
    return new Result(found, rejected, judged.size(), small, background);
  }

  private List<Site> sites(
      String id, Candidate c, List<Example> positives, BestSites.Found found, int motif) {
    List<Site> out = new ArrayList<>();
    for (int i = 0; i < positives.size(); i++) {
      if (found.score(i, motif) >= c.training().threshold()) {
        int start = found.start(i, motif);
        out.add(
            new Site(
                id,
                positives.get(i),
                start,
                start + c.counts().width(),
                found.strand(i, motif),
                found.score(i, motif)));
      }
    }
    return out;
  }

  private List<String> notes(
      Judged j, ProbabilityMatrix p, List<Site> sites, List<DiscoveredMotif> better) {
    List<String> notes = new ArrayList<>();
    if (j.repeat) {
      notes.add(
          "repeat element: %.0f %% of its sites lie in copies of one another"
              .formatted(100 * j.copies));
    }
    for (DiscoveredMotif m : better) {
      ProbabilityMatrix q = matrix(m.candidate());
      MotifAlignment a = MotifAlignment.best(q, p, background, options.bothStrands());
      if (a.containment() >= Merging.PART) {
        notes.add((p.width() <= q.width() ? "part of " : "contains ") + m.motif().id());
      } else {
        double shared = shared(sites, m.sites());
        if (shared >= 0.5) {
          notes.add("%.0f %% of its sites overlap %s".formatted(100 * shared, m.motif().id()));
        }
      }
    }
    return notes;
  }

  /** Share of some sites that overlap others by at least half of the narrower. */
  private static double shared(List<Site> sites, List<Site> others) {
    Set<String> places = new HashSet<>();
    for (Site s : others) {
      for (int i = s.start(); i < s.end(); i++) {
        places.add(s.example().id() + " " + i);
      }
    }
    int shared = 0;
    for (Site s : sites) {
      int n = 0;
      for (int i = s.start(); i < s.end(); i++) {
        n += places.contains(s.example().id() + " " + i) ? 1 : 0;
      }
      int narrower =
          Math.min(
              s.end() - s.start(),
              others.isEmpty() ? 1 : others.getFirst().end() - others.getFirst().start());
      shared += 2 * n >= narrower ? 1 : 0;
    }
    return sites.isEmpty() ? 0 : (double) shared / sites.size();
  }

  private BestSites sites(List<Candidate> candidates) {
    return BestSites.of(
        candidates.stream().map(c -> c.scores(background)).toList(), options.bothStrands());
  }

  private ProbabilityMatrix matrix(Candidate c) {
    return c.counts().toProbabilities(Candidate.PSEUDOCOUNT, background);
  }
}
