package basewise.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was read, dropped and why: names to numbers in the order they first came up. */
final class Counts {
  private final Map<String, Long> counts = new LinkedHashMap<>();

  void add(String name, long n) {
    counts.merge(name, n, Long::sum);
  }

  long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  Map<String, Long> toMap() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
