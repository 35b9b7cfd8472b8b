package basewise.report;

import basewise.io.AtomicOutput;
import basewise.io.Wording;
import basewise.motif.Motif;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A sequence logo (Schneider and Stephens 1990): each column is a stack as high as its information
 * content in bits, each letter's share is its probability, the tallest letter is on top. Letters
 * are own outlines, so no font is needed; colours are told apart with any kind of colour vision,
 * and in grey the letters' shapes tell.
 */
public final class SequenceLogo {
  private final Motif motif;
  private final LogoOptions options;
  private final double[][] heights;

  private SequenceLogo(Motif motif, LogoOptions options) {
    this.motif = motif;
    this.options = options;
    this.heights = heights(motif, options);
  }

  /** A logo against a uniform background without correction. */
  public static SequenceLogo of(Motif motif) {
    return of(motif, LogoOptions.DEFAULT);
  }

  /** A logo with its options named. */
  public static SequenceLogo of(Motif motif, LogoOptions options) {
    return new SequenceLogo(motif, options);
  }

  /** The same sites as the other strand shows them. */
  public SequenceLogo reverseComplement() {
    return new SequenceLogo(motif.reverseComplement(), options);
  }

  /** What is drawn. */
  public Motif motif() {
    return motif;
  }

  /** Number of columns. */
  public int width() {
    return heights.length;
  }

  /** Letter heights in bits, [width][4] in the order A C G T; a copy. */
  public double[][] heights() {
    double[][] copy = new double[heights.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = heights[i].clone();
    }
    return copy;
  }

  /** A whole SVG file, with axes, title and description. */
  public String toSvg() {
    return LogoSvg.file(LogoLayout.of(this, 0, width()), title(), description());
  }

  /**
   * A PNG picture on white.
   *
   * @param scale pixels per unit of the SVG, at least 1
   */
  public byte[] toPng(int scale) {
    return LogoPng.draw(LogoLayout.of(this, 0, width()), scale);
  }

  /** Writes an SVG, or a PNG three times as fine when the name ends in {@code .png}. */
  public void write(Path file) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      AtomicOutput.write(file, toPng(3));
    } else {
      AtomicOutput.write(file, toSvg());
    }
  }

  /** What a screen reader says first. */
  String title() {
    String id = motif.name().isEmpty() ? motif.id() : motif.name() + " (" + motif.id() + ")";
    return "Sequence logo of " + id;
  }

  /** What a screen reader can say of the columns. */
  String description() {
    double bits = 0;
    for (double[] column : heights) {
      bits += column[0] + column[1] + column[2] + column[3];
    }
    return "%s, %s bits in all; consensus %s"
        .formatted(
            Wording.count(width(), "column"),
            Text.fixed(bits, 1),
            motif.probabilities().consensus());
  }

  /**
   * The base codes of a column that are drawn, from the smallest (at the bottom) to the largest.
   */
  List<Integer> bottomUp(int column) {
    List<Integer> codes = new ArrayList<>(List.of(0, 1, 2, 3));
    codes.sort(
        Comparator.comparingDouble((Integer c) -> heights[column][c])
            .thenComparing(Comparator.reverseOrder()));
    return codes;
  }

  double height(int column, int code) {
    return heights[column][code];
  }

  LogoOptions options() {
    return options;
  }

  private static double[][] heights(Motif motif, LogoOptions options) {
    double correction = 0;
    if (options.smallSampleCorrection() && motif.sites().orElse(0) > 0) {
      correction = 3 / (2 * Math.log(2) * motif.sites().getAsDouble());
    }
    double[][] out = new double[motif.width()][4];
    for (int i = 0; i < out.length; i++) {
      double bits =
          Math.max(
              0, motif.probabilities().informationContent(i, options.background()) - correction);
      for (int c = 0; c < 4; c++) {
        out[i][c] = motif.probabilities().at(i, c) * bits;
      }
    }
    return out;
  }
}
