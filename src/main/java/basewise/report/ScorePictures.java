package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.io.AtomicFolder;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of the scores of the first sequences: one SVG of all of them, or a folder with one for
 * each, {@code 001_ID.svg} and so on, and a page that shows them all, {@code index.html}. They
 * appear when {@link #commit()} is called.
 */
public final class ScorePictures implements AutoCloseable {
  private static final String ENDING = ".svg";

  /** The page of a folder. */
  private static final String PAGE = "index.html";

  private static final int LONGEST_NAME = 60;

  /** A sequence, and its scores in the order of the methods. */
  private record Shown(Example sequence, List<Attribution> scores) {}

  private final Path path;
  private final int most;
  private final List<Method> methods;
  private final KnownSites known;
  private final @Nullable AtomicFolder folder;
  private final @Nullable AtomicOutput file;
  private final List<Shown> shown = new ArrayList<>();

  /**
   * Opens them.
   *
   * @param path a name that ends in {@code .svg}, or of a folder
   * @param most how many sequences are drawn
   * @param known motifs that are boxed where scores are high
   * @throws InputException if it cannot be written
   */
  public ScorePictures(Path path, int most, List<Method> methods, KnownSites known, boolean force) {
    this.path = path;
    this.most = most;
    this.methods = methods;
    this.known = known;
    boolean one = isFile(path);
    file = one ? AtomicOutput.to(path) : null;
    folder = one ? null : AtomicFolder.to(path, force, PAGE);
  }

  /** Whether a name is that of one picture, not of a folder of them. */
  public static boolean isFile(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /**
   * Adds the scores of a sequence by the next method, if it is one of the first.
   *
   * @param index its number, from 0
   */
  public void add(int index, Example sequence, Attribution scores) {
    if (index >= most) {
      return;
    }
    if (index == shown.size()) {
      shown.add(new Shown(sequence, new ArrayList<>()));
    }
    shown.get(index).scores.add(scores);
  }

  /** Writes all but the final names. */
  public void seal() {
    ScorePicture all = new ScorePicture();
    StringBuilder images = new StringBuilder();
    for (int i = 0; i < shown.size(); i++) {
      Shown s = shown.get(i);
      float[] first = ScoresOutput.observed(s.sequence.codes(), s.scores.getFirst());
      List<MarkedSite> sites = known.in(s.sequence.codes(), first);
      if (folder == null) {
        all.add(s.sequence, methods, s.scores, sites);
      } else {
        ScorePicture one = new ScorePicture();
        one.add(s.sequence, methods, s.scores, sites);
        String name = name(i, s.sequence.id());
        AtomicOutput.write(folder.path().resolve(name), one.svg());
        images.append(
            "<a href=\"%s\"><img src=\"%s\" alt=\"%s\"></a>\n"
                .formatted(name, name, Text.escape(s.sequence.id())));
      }
    }
    if (folder != null) {
      AtomicOutput.write(folder.path().resolve(PAGE), page(images));
    }
    if (file != null) {
      try {
        file.stream().write(all.svg().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(path, e);
      }
      file.seal();
    }
  }

  private static String page(StringBuilder images) {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Scores – Basewise</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>:root{color-scheme:light dark}body{margin:0;background:#fdfcf9}img{display:block;max-width:100%%}
    @media (prefers-color-scheme:dark){body{background:#14181b}}</style></head><body>
    %s</body></html>
    """
        .formatted(images);
  }

  private static String name(int index, String id) {
    String safe = id.replaceAll("[^A-Za-z0-9._-]", "_");
    if (safe.length() > LONGEST_NAME) {
      safe = safe.substring(0, LONGEST_NAME);
    }
    return String.format(Locale.ROOT, "%03d_%s%s", index + 1, safe, ENDING);
  }

  /** Gives them their names. */
  public void commit() {
    if (file != null) {
      file.commit();
    } else if (folder != null) {
      folder.commit();
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
