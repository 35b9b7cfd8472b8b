package basewise.attribution;

import java.util.ArrayList;
import java.util.List;

/** The game of a sequence: a coalition is worth what is explained, of the sequence mixed with a background. */
final class SequenceGame implements Game {
  /** Inputs that are in memory at once. */
  private static final int BATCH = 64;

  private final Subject subject;
  private final Players players;
  private final double[] all;
  private final List<double[]> backgrounds;

  SequenceGame(Subject subject, Players players, double[] all, List<double[]> backgrounds) {
    this.subject = subject;
    this.players = players;
    this.all = all;
    this.backgrounds = backgrounds;
  }

  @Override
  public int players() {
    return players.count();
  }

  @Override
  public int backgrounds() {
    return backgrounds.size();
  }

  @Override
  public double[] worth(List<Coalition> coalitions) {
    double[] out = new double[coalitions.size()];
    for (int from = 0; from < out.length; from += BATCH) {
      List<double[]> inputs = new ArrayList<>();
      for (Coalition c : coalitions.subList(from, Math.min(from + BATCH, out.length))) {
        inputs.add(players.mixed(c.present(), all, backgrounds.get(c.background())));
      }
      double[] values = subject.values(inputs);
      System.arraycopy(values, 0, out, from, values.length);
    }
    return out;
  }
}
