package basewise.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** One line. */
  String text() {
    return seconds.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", ", "seconds: ", ""));
  }
}
