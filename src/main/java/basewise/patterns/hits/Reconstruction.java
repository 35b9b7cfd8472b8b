package basewise.patterns.hits;

import basewise.patterns.ScoredSequences;
import basewise.patterns.Seqlet;
import basewise.patterns.kernel.FitKernel;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One region after another as a sum of patterns, by proximal gradient steps with momentum (Beck and
 * Teboulle 2009), until the duality gap is small. Where no pattern has a coefficient, nothing is
 * computed twice: what is left to explain there is what there was.
 */
final class Reconstruction {
  /** Added to the squares under a pattern, which keeps scales of weak places finite. */
  private static final float EPSILON = 1;

  private final ScoredSequences data;
  private final Design design;
  private final HitOptions options;
  private final int length;
  private final int lanes;
  private final int positions;

  private final int[] row;
  private final byte[] code;
  private final float[] track;
  private final float[] left;
  private final float[] explained;
  private final int[] touched;
  private final double[] absolute;
  private final double[] squares;
  private final float[] scale;
  private final float[] covariance;
  private final boolean[] eager;
  private final float[] coefficient;
  private final float[] ahead;
  private final float[] sums;
  private final float[] dual;
  private int[] active = new int[64];
  private int actives;
  private int region;
  private float global;
  private float unexplained;

  Reconstruction(ScoredSequences data, Design design, HitOptions options) {
    this.data = data;
    this.design = design;
    this.options = options;
    length = data.length();
    lanes = design.lanes;
    positions = length - design.length + 1;
    row = new int[length];
    code = new byte[length];
    track = new float[length];
    left = new float[length];
    explained = new float[length];
    touched = new int[length + 2];
    absolute = new double[length + 1];
    squares = new double[length + 1];
    scale = new float[positions * lanes];
    covariance = new float[positions * lanes];
    eager = new boolean[positions];
    coefficient = new float[positions * lanes];
    ahead = new float[positions * lanes];
    sums = new float[lanes];
    dual = new float[lanes];
  }

  /** Explains a region. */
  RegionFit fit(int sequence) {
    load(sequence);
    scales();
    float step = (float) options.step();
    int steps = 0;
    restart();
    while (true) {
      float momentum = steps / (steps + 3f);
      double reached = advance(step, momentum);
      float gap = (float) reached / length;
      float error = unexplained / (2 * length);
      steps++;
      if (!Float.isFinite(gap)) {
        restart();
        steps = 0;
        step *= (float) options.shrink();
        if (step >= options.leastStep()) {
          continue;
        }
      }
      boolean converged = gap <= options.tolerance();
      if (converged || steps > options.steps() || step < options.leastStep()) {
        return new RegionFit(
            data.row(region), error, gap, steps, step, global, end(converged, step));
      }
    }
  }

  private RegionFit.End end(boolean converged, float step) {
    if (converged) {
      return RegionFit.End.CONVERGED;
    }
    return step < options.leastStep() ? RegionFit.End.FAILED : RegionFit.End.OUT_OF_STEPS;
  }

  private void load(int sequence) {
    region = sequence;
    Seqlet all = new Seqlet(sequence, 0, length, false);
    double mean = 0;
    for (int i = 0; i < length; i++) {
      code[i] = (byte) data.code(all, i);
      row[i] = design.row(code[i] & 3);
      float score = data.contribution(sequence, i);
      track[i] = options.half() ? Oriented.half(score) : score;
      mean += (double) track[i] * track[i];
    }
    global = (float) Math.sqrt(mean / length);
    for (int i = 0; i < length; i++) {
      track[i] = global == 0 ? 0 : track[i] / global;
      absolute[i + 1] = absolute[i] + Math.abs(track[i]);
      squares[i + 1] = squares[i] + (double) track[i] * track[i];
    }
  }

  private double squaresOf(Oriented pattern, int position) {
    return squares[position + pattern.end()] - squares[position + pattern.start()];
  }

  private void scales() {
    for (int p = 0; p < positions; p++) {
      FitKernel.correlate(
          track, row, p + design.from, design.weights, lanes, design.width, covariance, p * lanes);
      boolean any = false;
      for (int m = 0; m < design.oriented.size(); m++) {
        int at = p * lanes + m;
        scale[at] = (float) (1 / Math.sqrt(squaresOf(design.oriented.get(m), p) + EPSILON));
        any |= covariance[at] * scale[at] > design.limit[m];
      }
      eager[p] = any;
    }
  }

  private void restart() {
    Arrays.fill(coefficient, 0);
    Arrays.fill(ahead, 0);
    actives = 0;
  }

  /** Takes a step and answers the duality gap before it. */
  private double advance(float step, float momentum) {
    double penalty = explain();
    double error = 0;
    double agreement = 0;
    for (int i = 0; i < length; i++) {
      left[i] = track[i] - explained[i];
      error += (double) left[i] * left[i];
      agreement += (double) left[i] * track[i];
    }
    unexplained = (float) error;
    Arrays.fill(dual, 0);
    actives = 0;
    for (int p = 0; p < positions; p++) {
      int first = p + design.from;
      if (eager[p] || touched[first + design.width] > touched[first]) {
        FitKernel.correlate(left, row, first, design.weights, lanes, design.width, sums, 0);
        boolean any =
            FitKernel.step(
                sums,
                p * lanes,
                scale,
                coefficient,
                ahead,
                design.limit,
                lanes,
                step,
                momentum,
                dual);
        if (any) {
          note(p);
        }
      }
    }
    double norm = 0;
    for (float d : dual) {
      norm = Math.max(norm, d);
    }
    // Elsewhere gradients are below their limits, and only a norm above 1 counts.
    double feasible = Math.min(1, 1 / norm);
    return Math.abs(
        (float) (error * ((feasible * feasible + 1) / 2)) - (float) agreement + (float) penalty);
  }

  /** What the starts of the next step add up to, where they reach, and their penalty. */
  private double explain() {
    Arrays.fill(explained, 0);
    Arrays.fill(touched, 0);
    double penalty = 0;
    for (int a = 0; a < actives; a++) {
      int at = active[a];
      int m = at % lanes;
      int p = at / lanes;
      Oriented pattern = design.oriented.get(m);
      float amount = ahead[at] * scale[at];
      for (int w = pattern.start(); w < pattern.end(); w++) {
        if (code[p + w] != Dna.N) {
          int weight = row[p + w] + (w - design.from) * lanes + m;
          explained[p + w] += amount * design.weights[weight];
        }
      }
      touched[p + pattern.start() + 1]++;
      touched[p + pattern.end() + 1]--;
      penalty += Math.abs(ahead[at]) * design.limit[m];
    }
    int depth = 0;
    for (int i = 1; i <= length; i++) {
      depth += touched[i];
      touched[i] = touched[i - 1] + (depth > 0 ? 1 : 0);
    }
    return penalty;
  }

  /** Which coefficients of a position are not 0, or lead on. */
  private void note(int position) {
    for (int m = 0; m < design.oriented.size(); m++) {
      int at = position * lanes + m;
      if (coefficient[at] != 0 || ahead[at] != 0) {
        if (actives == active.length) {
          active = Arrays.copyOf(active, 2 * actives);
        }
        active[actives++] = at;
      }
    }
  }

  /** The hits of the region that was explained last. */
  List<Hit> hits() {
    List<Hit> hits = new ArrayList<>();
    for (int a = 0; a < actives; a++) {
      int at = active[a];
      int p = at / lanes;
      Oriented pattern = design.oriented.get(at % lanes);
      if (!(coefficient[at] > 0)) {
        continue;
      }
      float under = (float) squaresOf(pattern, p);
      float similarity = covariance[at] / (float) Math.sqrt(under);
      if (options.filter() && !(similarity >= options.lambda())) {
        continue;
      }
      int start = p + data.offset();
      double importance = absolute[p + pattern.end()] - absolute[p + pattern.start()];
      hits.add(
          new Hit(
              data.row(region),
              pattern.pattern(),
              pattern.reverse(),
              start,
              start + pattern.start(),
              start + pattern.end(),
              coefficient[at],
              similarity,
              (float) importance,
              under,
              global));
    }
    return hits;
  }
}
