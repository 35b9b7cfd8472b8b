package basewise.attribution;

import java.util.List;

/**
 * What a set of players is worth. Those who are absent are replaced by one of several backgrounds;
 * the value of a player is the mean over them.
 */
interface Game {
  /**
   * Who is there.
   *
   * @param present one per player
   * @param background what the others are replaced by, from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  record Coalition(boolean[] present, int background) {}

  /**
   * The values of players.
   *
   * @param values one per player
   * @param errors their standard errors, as far as they come from sampling
   * @param all what all players are worth
   * @param none what none are, mean over the backgrounds as they were used
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  record Solution(double[] values, double[] errors, double all, double none) {}

  /** How many players. */
  int players();

  /** How many backgrounds. */
  int backgrounds();

  /** What each coalition is worth. */
  double[] worth(List<Coalition> coalitions);
}
