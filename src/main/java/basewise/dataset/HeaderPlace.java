package basewise.dataset;

import basewise.sequence.Interval;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place that a FASTA header names: {@code chr1:100-200} (bedtools, UCSC), {@code 11:100..200:1}
 * (Ensembl), {@code hg19_chr9_100_200_+} (RSAT, UCSC), {@code chr1-100-200_x}.
 *
 * @param locus the numbers as they stand, for neighbours
 * @param exact the place, if the length of the sequence tells how the numbers count: 0-based when
 *     end - start is the length, 1-based when it is one less; else null
 */
record HeaderPlace(Interval locus, @Nullable Interval exact) {
  private static final Pattern[] FORMS = {
    Pattern.compile("([\\w.]+):(\\d{1,10})(?:-|\\.\\.)(\\d{1,10})(?:\\D.*)?"),
    Pattern.compile("(?:[A-Za-z]+\\d+_)?(chr[A-Za-z0-9.]+)__?(\\d{1,10})__?(\\d{1,10})(?:_.*)?"),
    Pattern.compile("(chr[A-Za-z0-9.]+)-(\\d{1,10})-(\\d{1,10})(?:_.*)?"),
  };

  /** The place an id names, or null if it names none. */
  static @Nullable HeaderPlace of(String id, int length) {
    for (Pattern form : FORMS) {
      Matcher m = form.matcher(id);
      if (m.matches()) {
        long start = Long.parseLong(m.group(2));
        long end = Long.parseLong(m.group(3));
        if (end <= start || end >= Integer.MAX_VALUE) {
          return null;
        }
        Interval locus = new Interval(m.group(1), (int) start, (int) end);
        Interval exact = null;
        if (end - start == length) {
          exact = locus;
        } else if (end - start == length - 1 && start > 0) {
          exact = new Interval(m.group(1), (int) start - 1, (int) end);
        }
        return new HeaderPlace(locus, exact);
      }
    }
    return null;
  }
}
