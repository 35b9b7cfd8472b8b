package basewise.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the time of a run went, for {@code -v}. */
final class Laps {
  private static final double NANO = 1e-9;

  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();
  private String latest = "";

  /** The time before this began counts as Java's. */
  Laps() {
    Instant now = Instant.now();
    Instant began = ProcessHandle.current().info().startInstant().orElse(now);
    seconds.put("Java", NANO * Duration.between(began, now).toNanos());
  }

  /** Something has ended. */
  void lap(String what) {
    long now = System.nanoTime();
    seconds.merge(what, NANO * (now - last), Double::sum);
    last = now;
    latest = what;
  }

  /** Some of the latest lap was something else. */
  void split(String what, double some) {
    seconds.merge(latest, -some, Double::sum);
    seconds.merge(what, some, Double::sum);
  }

  /**
   * One line.
   *
   * @param beside what took so long beside all this
   */
  String text(Map<String, Double> beside) {
    String all = "seconds: " + text(seconds.entrySet().stream());
    return beside.isEmpty()
        ? all
        : all + "; beside: " + text(beside.entrySet().stream().sorted(Map.Entry.comparingByKey()));
  }

  private static String text(Stream<Map.Entry<String, Double>> some) {
    return some.map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
