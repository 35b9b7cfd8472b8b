package basewise.cli;

import basewise.io.NpzOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A small run of {@code patterns}. The launcher has Java note which classes it needs and archives
 * those, so that later runs start sooner.
 */
final class StartRun {
  private static final int SEQUENCES = 120;
  private static final int LENGTH = 100;
  private static final String MOTIF = "CAGATAAGGC";

  private StartRun() {}

  /**
   * Runs it.
   *
   * @param args a folder for its files, which must not be there; then nothing, or what else is run
   *     before it, such as a scan
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectory(Path.of(args[0]));
    Path sequences = folder.resolve("s.npz");
    Path scores = folder.resolve("h.npz");
    Path patterns = folder.resolve("patterns");
    write(sequences, scores);
    if (args.length > 1) {
      Main.run(Arrays.copyOfRange(args, 1, args.length));
    }
    Main.main(
        new String[] {
          "patterns",
          "--sequences=" + sequences,
          "--scores=" + scores,
          "--out=" + patterns,
          "--min-seqlets=20",
          "--threads=2",
          "--quiet"
        });
  }

  /** Random sequences that hold a motif each, and scores that say so. */
  private static void write(Path sequences, Path scores) {
    SplittableRandom random = new SplittableRandom(1);
    try (NpzOutput oneHot = NpzOutput.to(sequences);
        NpzOutput hypothetical = NpzOutput.to(scores)) {
      oneHot.bytes("arr_0", SEQUENCES, 4, LENGTH);
      hypothetical.array("arr_0", SEQUENCES, 4, LENGTH);
      for (int s = 0; s < SEQUENCES; s++) {
        byte[] letters = new byte[4 * LENGTH];
        float[] numbers = new float[4 * LENGTH];
        int at = LENGTH / 3 + random.nextInt(LENGTH / 3);
        for (int p = 0; p < LENGTH; p++) {
          int i = p - at;
          boolean inside = i >= 0 && i < MOTIF.length();
          int code = inside ? "ACGT".indexOf(MOTIF.charAt(i)) : random.nextInt(4);
          letters[code * LENGTH + p] = 1;
          for (int c = 0; c < 4; c++) {
            double score = 0.02 * random.nextGaussian();
            score += !inside ? 0 : c == code ? 1 : -0.3;
            numbers[c * LENGTH + p] = (float) score;
          }
        }
        oneHot.write(letters);
        hypothetical.write(numbers);
      }
      oneHot.seal();
      hypothetical.seal();
      oneHot.commit();
      hypothetical.commit();
    }
  }
}
