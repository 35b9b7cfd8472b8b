package basewise.dataset;

import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of places that can be asked whether it touches another; grows. */
final class Places {
  /** Contig to disjoint places by start. */
  private final Map<String, TreeMap<Integer, Integer>> ends = new HashMap<>();

  /** The union of these. */
  static Places of(List<Interval> intervals) {
    Places places = new Places();
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparingInt(Interval::start));
    sorted.forEach(places::add);
    return places;
  }

  /** Adds a place, joined with those it touches. */
  void add(Interval place) {
    TreeMap<Integer, Integer> contig = ends.computeIfAbsent(place.contig(), c -> new TreeMap<>());
    int start = place.start();
    int end = place.end();
    Map.Entry<Integer, Integer> at = contig.lowerEntry(end);
    while (at != null && at.getValue() > start) {
      start = Math.min(start, at.getKey());
      end = Math.max(end, at.getValue());
      contig.remove(at.getKey());
      at = contig.lowerEntry(end);
    }
    contig.put(start, end);
  }

  /** Whether any shares a base with this place. */
  boolean touches(Interval place) {
    TreeMap<Integer, Integer> contig = ends.get(place.contig());
    if (contig == null) {
      return false;
    }
    Map.Entry<Integer, Integer> at = contig.lowerEntry(place.end());
    return at != null && at.getValue() > place.start();
  }
}
