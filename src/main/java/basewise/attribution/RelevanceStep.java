package basewise.attribution;

import basewise.sequence.Dna;

/**
 * How relevance goes back through one linear map: output j gives each input i a share of its
 * relevance, by the contribution x_i w_ij. The constant of an output keeps its own share.
 */
sealed interface RelevanceStep {
  /** The other weights it asks its layer for. */
  RelevanceLayer.Parts parts();

  /**
   * Through a map.
   *
   * @param x what it read
   * @param output what it gave
   * @param relevance of its outputs
   * @param in relevance of its inputs is added here
   * @return the relevance that is not passed on: what constants and stabilisers keep, and the
   *     relevance of outputs to which nothing contributes
   */
  double back(RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in);

  /**
   * LRP-epsilon (Bach and others 2015): in proportion to contributions, over the output plus
   * epsilon of its sign.
   *
   * @param share epsilon over the root mean square of the layer's outputs; 0 is LRP-0
   */
  record Epsilon(double share) implements RelevanceStep {
    @Override
    public RelevanceLayer.Parts parts() {
      return RelevanceLayer.Parts.NONE;
    }

    @Override
    public double back(
        RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in) {
      double[] z = layer.value(output);
      double epsilon = stabiliser(share, z);
      double[] factors = new double[z.length];
      double kept = 0;
      for (int o = 0; o < z.length; o++) {
        double whole = z[o] + (z[o] < 0 ? -epsilon : epsilon);
        if (whole == 0) {
          kept += relevance[o];
        } else {
          factors[o] = relevance[o] / whole;
          kept += factors[o] * (whole - z[o] + layer.constant(o));
        }
      }
      layer.spread(factors, x, in);
      return kept;
    }
  }

  /**
   * LRP-gamma (Montavon and others 2019), for outputs of both signs (Andeol and others 2021):
   * contributions of the sign of the output count 1 + gamma times.
   */
  record Gamma(double gamma) implements RelevanceStep {
    @Override
    public RelevanceLayer.Parts parts() {
      return RelevanceLayer.Parts.SIGNS;
    }

    @Override
    public double back(
        RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in) {
      double[] z = layer.value(output);
      double[] above = layer.positive(x);
      double[] below = layer.negative(x);
      double[] factors = new double[z.length];
      double[] more = new double[z.length];
      double[] less = new double[z.length];
      double kept = 0;
      for (int o = 0; o < z.length; o++) {
        double constant = layer.constant(o);
        if (z[o] > 0) {
          double favoured = Math.max(constant, 0);
          factors[o] = relevance[o] / (z[o] + gamma * (above[o] + favoured));
          more[o] = gamma * factors[o];
          kept += factors[o] * (constant + gamma * favoured);
        } else if (z[o] < 0) {
          double favoured = Math.min(constant, 0);
          factors[o] = relevance[o] / (z[o] + gamma * (below[o] + favoured));
          less[o] = gamma * factors[o];
          kept += factors[o] * (constant + gamma * favoured);
        } else {
          kept += relevance[o];
        }
      }
      layer.spread(factors, x, in);
      layer.spreadPositive(more, x, in);
      layer.spreadNegative(less, x, in);
      return kept;
    }
  }

  /**
   * LRP-alpha-beta (Bach and others 2015): alpha of the relevance by the contributions above 0,
   * minus beta = alpha - 1 of it by those below. With alpha 1 it is z-plus (Montavon and others
   * 2017). A side without contributions passes nothing on.
   */
  record AlphaBeta(double alpha) implements RelevanceStep {
    @Override
    public RelevanceLayer.Parts parts() {
      return RelevanceLayer.Parts.SIGNS;
    }

    @Override
    public double back(
        RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in) {
      double beta = alpha - 1;
      double kept = 0;
      double[] above = layer.positive(x);
      for (int o = 0; o < above.length; o++) {
        double constant = Math.max(layer.constant(o), 0);
        double whole = above[o] + constant;
        above[o] = whole > 0 ? alpha * relevance[o] / whole : 0;
        kept += whole > 0 ? above[o] * constant : alpha * relevance[o];
      }
      layer.spreadPositive(above, x, in);
      if (beta == 0) {
        return kept;
      }
      double[] below = layer.negative(x);
      for (int o = 0; o < below.length; o++) {
        double constant = Math.min(layer.constant(o), 0);
        double whole = below[o] + constant;
        below[o] = whole < 0 ? -beta * relevance[o] / whole : 0;
        kept += whole < 0 ? below[o] * constant : -beta * relevance[o];
      }
      layer.spreadNegative(below, x, in);
      return kept;
    }
  }

  /**
   * A rule of a first layer that goes by its weights, whatever the letters are: by their squares
   * (w-squared, Montavon and others 2017), or the same to every input of a window (flat, Lapuschkin
   * and others 2019). Constants take no part, and neither does an N.
   */
  record ByWeights(RelevanceLayer.Parts parts) implements RelevanceStep {
    static final ByWeights SQUARES = new ByWeights(RelevanceLayer.Parts.SQUARES);
    static final ByWeights FLAT = new ByWeights(RelevanceLayer.Parts.ONES);

    @Override
    public double back(
        RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in) {
      double[] known = known(x);
      double[] factors = layer.ofParts(known);
      double kept = 0;
      for (int o = 0; o < factors.length; o++) {
        boolean reads = factors[o] > 0;
        kept += reads ? 0 : relevance[o];
        factors[o] = reads ? relevance[o] / factors[o] : 0;
      }
      layer.spreadParts(factors, known, in);
      return kept;
    }
  }

  /**
   * The z^B rule of a first layer whose inputs lie between 0 and 1 (Montavon and others 2017): by x
   * w - min(w, 0). Constants cancel; an N can only be 0 and takes no part.
   */
  record Box() implements RelevanceStep {
    @Override
    public RelevanceLayer.Parts parts() {
      return RelevanceLayer.Parts.SIGNS;
    }

    @Override
    public double back(
        RelevanceLayer layer, double[] x, double[] output, double[] relevance, double[] in) {
      double[] known = known(x);
      double[] factors = layer.positive(x);
      double[] below = layer.negative(x);
      double[] least = layer.negative(known);
      double kept = 0;
      for (int o = 0; o < factors.length; o++) {
        double whole = factors[o] + (below[o] - least[o]);
        factors[o] = whole > 0 ? relevance[o] / whole : 0;
        kept += whole > 0 ? 0 : relevance[o];
      }
      layer.spread(factors, x, in);
      for (int o = 0; o < factors.length; o++) {
        factors[o] = -factors[o];
      }
      layer.spreadNegative(factors, known, in);
      return kept;
    }
  }

  /** Epsilon of a layer. */
  static double stabiliser(double share, double[] z) {
    double sum = 0;
    for (double v : z) {
      sum += v * v;
    }
    return share * Math.sqrt(sum / z.length);
  }

  /** 1 for the four channels of a base that is there, 0 for those of an N. */
  private static double[] known(double[] x) {
    double[] known = new double[x.length];
    for (int i = 0; i < x.length; i += Dna.N) {
      boolean any = false;
      for (int c = i; c < i + Dna.N; c++) {
        any |= x[c] != 0;
      }
      for (int c = i; any && c < i + Dna.N; c++) {
        known[c] = 1;
      }
    }
    return known;
  }
}
