package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.Network;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Methods that change the sequence and look at the output: forward passes only. */
final class Perturbation {
  /** The methods of this family that play games of segments. */
  static final Set<Method> GAMES =
      EnumSet.of(Method.LIME, Method.KERNEL_SHAP, Method.SHAPLEY_SAMPLING);

  /** Keeps the generators of samples apart from those of shuffles. */
  private static final long DRAWS = -1;

  private final Subject subject;
  private final Mutations mutations;

  Perturbation(Subject subject) {
    this.subject = subject;
    mutations = new Mutations(subject);
  }

  /**
   * Refuses options that do not fit the network.
   *
   * @throws InputException if so
   */
  void check(Method method) {
    AttributionOptions options = subject.options();
    int length = subject.network().input().length();
    if (method == Method.OCCLUSION) {
      if (options.window() > length) {
        throw InputException.ofOption(
            "--window",
            "%d is more than the %d bases of a sequence".formatted(options.window(), length),
            "");
      }
      if (options.stride() > options.window()) {
        throw InputException.ofOption(
            "--stride",
            "%d leaves bases between windows of %d".formatted(options.stride(), options.window()),
            "at most the window");
      }
    }
    if (GAMES.contains(method)) {
      int least = AttributionOptions.PER_PLAYER * Math.ceilDiv(length, options.segment());
      if (options.segment() > length) {
        throw InputException.ofOption(
            "--segment",
            "%d is more than the %d bases of a sequence".formatted(options.segment(), length),
            "");
      }
      if (options.samples() != 0 && options.samples() < least) {
        throw InputException.ofOption(
            "--samples",
            "%d is less than %d for each of %d players"
                .formatted(
                    options.samples(),
                    AttributionOptions.PER_PLAYER,
                    least / AttributionOptions.PER_PLAYER),
            "ask for " + least + " or more, or for longer segments");
      }
    }
  }

  /** See {@link Occlusion}. */
  Attribution occlusion(byte[] codes, long item) {
    return Scores.plain(new Occlusion(subject).scores(codes, item));
  }

  /** See {@link Epistasis}; a position's score is the mean of the absolute strongest ones. */
  Attribution pairs(byte[] codes) {
    List<Epistasis> pairs = mutations.pairs(codes, subject.options().distance());
    double[] scores = Scores.onBases(Mutations.positions(pairs, codes.length), codes);
    return new Attribution(
        Scores.floats(scores), List.of(), new Extras(List.of(), pairs, List.of()));
  }

  /** See {@link Indel}. */
  List<Indel> indels(byte[] codes) {
    return mutations.indels(codes);
  }

  /** See {@link Lime}. */
  Attribution lime(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    Players players = new Players(codes, options.segment());
    if (players.count() == 0) {
      return Scores.plain(new double[codes.length * Dna.N]);
    }
    double penalty = Double.isNaN(options.penalty()) ? options.fit().penalty() : options.penalty();
    long own = own(item);
    double[] values =
        Lime.solve(
            game(players, codes, item),
            samples(players),
            options.fit(),
            penalty,
            k -> Seeds.generator(own, k));
    return Scores.plain(players.shared(values));
  }

  /** See {@link KernelShap}. */
  Attribution kernelShap(byte[] codes, long item) {
    Players players = new Players(codes, subject.options().segment());
    if (players.count() == 0) {
      return Scores.plain(new double[codes.length * Dna.N]);
    }
    long own = own(item);
    return answer(
        players,
        KernelShap.solve(
            game(players, codes, item), samples(players), k -> Seeds.generator(own, k)));
  }

  /** See {@link ShapleySampling}. */
  Attribution shapley(byte[] codes, long item) {
    Players players = new Players(codes, subject.options().segment());
    if (players.count() == 0) {
      return Scores.plain(new double[codes.length * Dna.N]);
    }
    long own = own(item);
    return answer(
        players,
        ShapleySampling.solve(
            game(players, codes, item), samples(players), k -> Seeds.generator(own, k)));
  }

  private long own(long item) {
    return Seeds.mix(Seeds.mix(subject.options().seed(), item), DRAWS);
  }

  private int samples(Players players) {
    return subject.options().samples(AttributionOptions.PER_PLAYER * players.count());
  }

  private Game game(Players players, byte[] codes, long item) {
    AttributionOptions options = subject.options();
    List<double[]> backgrounds =
        switch (options.absent()) {
          case SHUFFLE -> References.shuffles(codes, item, options.seed(), options.shuffles());
          case REFERENCE ->
              References.of(
                  Objects.requireNonNullElse(options.reference(), Reference.GC),
                  options,
                  codes,
                  item);
        };
    return new SequenceGame(subject, players, Network.oneHot(codes), backgrounds);
  }

  private static Attribution answer(Players players, Game.Solution solution) {
    double[] values = solution.values();
    List<PlayerScore> scores = new ArrayList<>();
    double sum = 0;
    double absolute = 0;
    for (int p = 0; p < values.length; p++) {
      Players.Segment s = players.segments().get(p);
      scores.add(new PlayerScore(s.start(), s.end(), values[p], solution.errors()[p]));
      sum += values[p];
      absolute += Math.abs(values[p]);
    }
    return new Attribution(
        Scores.floats(players.shared(values)),
        List.of(Completeness.of(0, solution.all() - solution.none(), sum, 0, absolute)),
        new Extras(scores, List.of(), List.of()));
  }
}
