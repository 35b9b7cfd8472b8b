package basewise.attribution;

import java.util.List;

/**
 * The game of a sequence: a coalition is worth what is explained, of the sequence where its players
 * are and a background elsewhere.
 */
final class SequenceGame implements Game {
  private final Subject subject;
  private final Players players;
  private final double[] all;
  private final List<double[]> backgrounds;

  /**
   * @param all input of the sequence, [length][4]
   * @param backgrounds inputs in which all players are absent
   */
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
    for (int k = 0; k < out.length; k++) {
      Coalition c = coalitions.get(k);
      double[] x = players.mixed(c.present(), all, backgrounds.get(c.background()));
      // With half the bases other ones a local pass would have more to do than a whole one.
      out[k] = subject.value(subject.run(x));
    }
    return out;
  }
}
