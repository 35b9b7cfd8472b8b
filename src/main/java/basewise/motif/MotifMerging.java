package basewise.motif;

import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Collections become one: ids stay unique, and motifs that are alike may become one motif. */
public final class MotifMerging {
  /** Sites a motif stands for when it does not say (as MEME text has it). */
  private static final double USUAL_SITES = 20;

  private MotifMerging() {}

  /**
   * Collections one after the other. A motif whose id was there before is left out if it is the
   * same matrix, and renamed id_2, id_3, ... if it is another.
   *
   * @param motifs what stays, in order
   * @param repeated how many were left out
   * @param renamed old id of each motif that got another, by its new id
   * @param ids of each collection, the id that stands for each of its motifs, in order
   */
  public record Joined(
      List<Motif> motifs, int repeated, Map<String, String> renamed, List<List<String>> ids) {}

  /** Joins collections; see {@link Joined}. */
  public static Joined join(List<List<Motif>> collections) {
    Map<String, Motif> byId = new LinkedHashMap<>();
    Map<String, String> renamed = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    collections.forEach(c -> c.forEach(m -> taken.add(m.id())));
    int repeated = 0;
    List<List<String>> ids = new ArrayList<>();
    for (List<Motif> collection : collections) {
      List<String> mine = new ArrayList<>();
      ids.add(mine);
      for (Motif motif : collection) {
        mine.add(motif.id());
        Motif same = byId.get(motif.id());
        if (same == null) {
          byId.put(motif.id(), motif);
        } else if (equal(same.probabilities(), motif.probabilities())) {
          repeated++;
        } else {
          int n = 2;
          while (taken.contains(motif.id() + "_" + n)) {
            n++;
          }
          String id = motif.id() + "_" + n;
          taken.add(id);
          renamed.put(id, motif.id());
          mine.set(mine.size() - 1, id);
          byId.put(id, motif.withId(id));
        }
      }
    }
    return new Joined(List.copyOf(byId.values()), repeated, renamed, ids);
  }

  /** Whether two matrices are the same but for printed decimals. */
  private static boolean equal(ProbabilityMatrix a, ProbabilityMatrix b) {
    if (a.width() != b.width()) {
      return false;
    }
    for (int i = 0; i < a.width(); i++) {
      for (int c = 0; c < 4; c++) {
        if (Math.abs(a.at(i, c) - b.at(i, c)) > 1e-5) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Motifs that are alike become one. Each motif joins the first earlier group whose first motif it
   * resembles (in its best alignment, see {@link MotifAlignment#similarity}); a group becomes a
   * motif of the columns, id and name of its first, each column the mean of those that cover it,
   * weighted by sites (20 where unknown); sites add up; the note {@code merged} lists the others.
   *
   * @param similarity least similarity, 0 to 1
   * @param bothStrands whether a motif and its reverse complement may be alike
   */
  public static List<Motif> alike(List<Motif> motifs, double similarity, boolean bothStrands) {
    return groups(motifs, similarity, bothStrands).stream().map(g -> mean(g, bothStrands)).toList();
  }

  /** The groups that {@link #alike} makes one motif each of, in its order, first motifs first. */
  public static List<List<Motif>> groups(
      List<Motif> motifs, double similarity, boolean bothStrands) {
    List<List<Motif>> groups = new ArrayList<>();
    for (Motif motif : motifs) {
      List<Motif> home = null;
      for (List<Motif> group : groups) {
        if (align(group.get(0), motif, bothStrands).similarity() >= similarity) {
          home = group;
          break;
        }
      }
      if (home == null) {
        home = new ArrayList<>();
        groups.add(home);
      }
      home.add(motif);
    }
    return groups;
  }

  private static MotifAlignment align(Motif a, Motif b, boolean bothStrands) {
    return MotifAlignment.best(
        a.probabilities(), b.probabilities(), Background.UNIFORM, bothStrands);
  }

  private static Motif mean(List<Motif> group, boolean bothStrands) {
    Motif first = group.get(0);
    if (group.size() == 1) {
      return first;
    }
    double[][] sum = new double[first.width()][4];
    double[] weight = new double[first.width()];
    double sites = 0;
    List<String> others = new ArrayList<>();
    for (Motif motif : group) {
      MotifAlignment a = align(first, motif, bothStrands);
      Motif turned = a.strand() == Strand.REVERSE ? motif.reverseComplement() : motif;
      int offset = motif == first ? 0 : a.offset();
      double n = motif.sites().orElse(USUAL_SITES);
      sites += n;
      for (int i = Math.max(0, offset); i < Math.min(first.width(), offset + turned.width()); i++) {
        weight[i] += n;
        for (int c = 0; c < 4; c++) {
          sum[i][c] += n * turned.probabilities().at(i - offset, c);
        }
      }
      if (motif != first) {
        others.add(motif.id());
      }
    }
    for (int i = 0; i < sum.length; i++) {
      for (int c = 0; c < 4; c++) {
        sum[i][c] /= weight[i];
      }
    }
    Map<String, String> notes = new LinkedHashMap<>(first.notes());
    notes.put("merged", String.join(",", others));
    return new Motif(
        first.id(),
        first.name(),
        new ProbabilityMatrix(sum),
        OptionalDouble.of(sites),
        first.evalue(),
        null,
        notes);
  }
}
