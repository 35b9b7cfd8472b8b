package basewise.attribution;

import java.util.List;

/** Scores before they are rounded to floats; see {@link Attribution}. */
@SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
record Found(double[] scores, List<Completeness> completeness) {
  /** Scores that promise nothing about their sum. */
  static Found plain(double[] scores) {
    return new Found(scores, List.of());
  }

  Attribution attribution() {
    return new Attribution(Scores.floats(scores), completeness);
  }
}
