package basewise.motif.format;

import basewise.motif.Background;
import basewise.motif.Motif;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a motif file held.
 *
 * @param source file name as the user wrote it
 * @param format how it was written
 * @param background the base frequencies it states (the last, if files were concatenated), or null
 * @param motifs in the order of the file, ids unique
 */
public record MotifCollection(
    String source, MotifFormat format, @Nullable Background background, List<Motif> motifs) {
  /** Keeps its own copy of the list. */
  public MotifCollection {
    motifs = List.copyOf(motifs);
  }
}
