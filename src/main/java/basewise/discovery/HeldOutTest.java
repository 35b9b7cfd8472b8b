package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.motif.MotifAlignment;
import basewise.motif.ProbabilityMatrix;
import basewise.scan.BestSites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Evidence from sequences that took no part in making a motif: the test part, or the folds of a
 * cross-validation in which network and motifs are made anew without the fold.
 */
final class HeldOutTest {
  /** From this share of copies on, a motif may be a repeat element. */
  private static final double MOSTLY_COPIES = 0.5;

  /** It is one if its share is this far above the median of all: overlapping peaks are not. */
  private static final double ABOVE_OTHERS = 0.25;

  /** A fold's motif speaks for a motif of the whole set if it is at least this similar. */
  private static final double COUNTERPART = 0.6;

  private final Setting setting;

  HeldOutTest(Setting setting) {
    this.setting = setting;
  }

  /**
   * A motif with its evidence, before it has a rank.
   *
   * @param influence on the network's held-out loss; 0 until it is measured
   */
  record Judged(
      Merging.Group group,
      Presence heldOut,
      double auroc,
      double copies,
      boolean repeat,
      double influence) {
    Judged withInfluence(double value) {
      return new Judged(group, heldOut, auroc, copies, repeat, value);
    }
  }

  /** Judges on the test part. */
  List<Judged> onTestPart(List<Merging.Group> groups) {
    return markRepeats(heldOut(groups));
  }

  /** Makes the motifs of a fold. Folds may be asked for at the same time, on several threads. */
  interface FoldMotifs {
    /**
     * Its motifs, with their evidence in the training contrast.
     *
     * @param number which fold is left out
     * @param fold its test part is the fold
     * @param rest the examples outside it
     */
    List<Candidate> of(int number, Dataset fold, List<Example> rest);
  }

  /** Judges by cross-validation. */
  List<Judged> byFolds(List<Merging.Group> groups, FoldMotifs motifs) {
    return markRepeats(crossValidate(groups, motifs));
  }

  private List<Judged> heldOut(List<Merging.Group> groups) {
    Contrast unseen = setting.contrast(setting.data().part(Part.TEST));
    List<byte[]> positives = unseen.positives();
    List<byte[]> negatives = unseen.negatives();
    List<Judged> out = new ArrayList<>();
    if (groups.isEmpty()) {
      return out;
    }
    BestSites sites = setting.sites(groups.stream().map(Merging.Group::best).toList());
    BestSites.Found p = sites.find(positives, setting.threads());
    BestSites.Found n = sites.find(negatives, setting.threads());
    for (int m = 0; m < groups.size(); m++) {
      Candidate c = groups.get(m).best();
      float[] sp = p.scores(m);
      float[] sn = n.scores(m);
      out.add(
          new Judged(
              groups.get(m),
              Presence.at(c.training().threshold(), sp, sn, setting.test()),
              Presence.auroc(sp, sn),
              copies(c, positives, p, m),
              false,
              0));
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
                j.copies >= MOSTLY_COPIES && j.copies - median >= ABOVE_OTHERS,
                j.influence))
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

  /** What one fold says of each motif of the whole set. */
  private record FoldEvidence(Presence[] presence, double[] auroc) {}

  private List<Judged> crossValidate(List<Merging.Group> groups, FoldMotifs motifs) {
    int folds = setting.options().folds();
    List<FoldEvidence> evidence;
    // Small networks leave processors idle: the folds, which do not depend on one another, fill
    // them.
    try (ForkJoinPool pool = new ForkJoinPool(setting.threads())) {
      evidence =
          pool.submit(() ->
                  IntStream.range(0, folds)
                      .parallel()
                      .mapToObj(k -> fold(k, groups, motifs))
                      .toList())
              .join();
    }
    Presence[] sum = evidence.getFirst().presence.clone();
    double[] auroc = new double[groups.size()];
    for (int k = 0; k < folds; k++) {
      for (int g = 0; g < auroc.length; g++) {
        auroc[g] += evidence.get(k).auroc[g] / folds;
        sum[g] = k == 0 ? sum[g] : sum[g].plus(evidence.get(k).presence[g], setting.test());
      }
    }
    List<Judged> out = new ArrayList<>();
    List<byte[]> all = Contrast.positives(setting.data().examples());
    if (!groups.isEmpty()) {
      BestSites.Found found =
          setting
              .sites(groups.stream().map(Merging.Group::best).toList())
              .find(all, setting.threads());
      for (int g = 0; g < groups.size(); g++) {
        Merging.Group group = groups.get(g);
        out.add(new Judged(group, sum[g], auroc[g], copies(group.best(), all, found, g), false, 0));
      }
    }
    return out;
  }

  private FoldEvidence fold(int k, List<Merging.Group> groups, FoldMotifs motifs) {
    Dataset fold = Folds.without(setting.data(), k, setting.options().folds(), setting.seed());
    Contrast unseen = setting.contrast(fold.part(Part.TEST));
    List<Example> rest = fold.examples().stream().filter(e -> e.part() != Part.TEST).toList();
    List<Candidate> candidates = motifs.of(k, fold, rest);
    int[] counterpart = counterparts(groups, candidates);
    Presence[] presence = new Presence[groups.size()];
    double[] auroc = new double[groups.size()];
    Arrays.fill(
        presence, new Presence(0, 0, unseen.positives().size(), 0, unseen.negatives().size(), 0));
    Arrays.fill(auroc, 0.5);
    if (!candidates.isEmpty()) {
      BestSites sites = setting.sites(candidates);
      BestSites.Found p = sites.find(unseen.positives(), setting.threads());
      BestSites.Found n = sites.find(unseen.negatives(), setting.threads());
      for (int g = 0; g < presence.length; g++) {
        int m = counterpart[g];
        if (m >= 0) {
          double threshold = candidates.get(m).training().threshold();
          presence[g] = Presence.at(threshold, p.scores(m), n.scores(m), setting.test());
          auroc[g] = Presence.auroc(p.scores(m), n.scores(m));
        }
      }
    }
    return new FoldEvidence(presence, auroc);
  }

  /**
   * For each motif of the whole set the motif of a fold that speaks for it, or -1: the two must be
   * alike, and each the other's most similar, so that no fold's motif speaks twice.
   */
  private int[] counterparts(List<Merging.Group> groups, List<Candidate> others) {
    double[][] similarity = new double[groups.size()][others.size()];
    for (int g = 0; g < groups.size(); g++) {
      ProbabilityMatrix a = setting.matrix(groups.get(g).best());
      for (int m = 0; m < others.size(); m++) {
        similarity[g][m] =
            MotifAlignment.best(
                    a,
                    setting.matrix(others.get(m)),
                    setting.background(),
                    setting.options().bothStrands())
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
}
