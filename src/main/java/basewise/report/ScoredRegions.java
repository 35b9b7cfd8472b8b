package basewise.report;

import basewise.patterns.hits.Recall;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of scores lie.
 *
 * @param places where each begins
 * @param names what each is called
 * @param known whether the places are; otherwise each row counts from 0
 */
public record ScoredRegions(List<Recall.Place> places, List<String> names, boolean known) {
  /** Rows of which nothing is known. */
  public static ScoredRegions unknown(int count) {
    List<Recall.Place> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(new Recall.Place("NA", 0));
      names.add("NA");
    }
    return new ScoredRegions(places, names, false);
  }

  /**
   * The places; where they are not known, each row is a contig of its own, called by its number.
   */
  public List<Recall.Place> apart() {
    if (known) {
      return places;
    }
    List<Recall.Place> apart = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      apart.add(new Recall.Place(Integer.toString(i), 0));
    }
    return apart;
  }
}
