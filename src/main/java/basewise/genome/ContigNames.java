package basewise.genome;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Other names the same contig may have: chr1, 1 and chrI; chrM, MT and mito. */
final class ContigNames {
  private static final int[] VALUES = {50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN = {"L", "XL", "X", "IX", "V", "IV", "I"};

  private ContigNames() {}

  /** What to tell a user whose contig is not there. */
  static String advice(String contig, List<Contig> contigs) {
    List<String> meant = new ArrayList<>();
    Set<String> keys = keys(contig);
    for (Contig c : contigs) {
      if (keys(c.name()).stream().anyMatch(keys::contains)) {
        meant.add(c.name());
      }
    }
    if (!meant.isEmpty()) {
      return "did you mean " + String.join(" or ", meant) + "?";
    }
    List<String> first = contigs.stream().limit(4).map(Contig::name).toList();
    return "it has " + String.join(", ", first) + (contigs.size() > 4 ? ", ..." : "");
  }

  /** All normal forms of a name; two names that share one may be the same contig. */
  private static Set<String> keys(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceFirst("^chr(omosome)?_?", "");
    Set<String> keys = new LinkedHashSet<>();
    keys.add(bare);
    if (bare.matches("m|mt|mito|mitochondrion|mtdna")) {
      keys.add("mitochondrion");
    }
    if (bare.matches("[1-9]\\d?")) {
      keys.add(roman(Integer.parseInt(bare)).toLowerCase(Locale.ROOT));
    }
    return keys;
  }

  private static String roman(int n) {
    StringBuilder out = new StringBuilder();
    int rest = n;
    for (int i = 0; i < VALUES.length; i++) {
      while (rest >= VALUES[i]) {
        out.append(ROMAN[i]);
        rest -= VALUES[i];
      }
    }
    return out.toString();
  }
}
