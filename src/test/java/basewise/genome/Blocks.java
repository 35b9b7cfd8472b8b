package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What blocks hold, in a form that can be compared. */
final class Blocks {
  private Blocks() {}

  /** One line per piece: block, name, sequence, start, whether the contig ends, and the bases. */
  static List<String> pieces(BlockSource source, int capacity) {
    List<String> all = new ArrayList<>();
    SequenceBlock block = new SequenceBlock(capacity);
    Arrays.fill(block.codes(), (byte) 99);
    long number = 0;
    while (source.next(block)) {
      assertThat(block.number()).isEqualTo(number++);
      assertThat(block.length()).isLessThanOrEqualTo(capacity);
      for (int p = 0; p < block.pieces(); p++) {
        all.add(piece(block, p));
        assertThat(block.codes()[block.end(p)]).isEqualTo(Dna.N);
      }
      byte[] padding =
          Arrays.copyOfRange(block.codes(), block.length(), block.length() + SequenceBlock.PADDING);
      assertThat(padding).containsOnly(Dna.N);
    }
    assertThat(source.next(block)).isFalse();
    return all;
  }

  /** One piece. */
  static String piece(SequenceBlock block, int p) {
    return String.join(
        " ",
        "" + block.number(),
        block.name(p),
        "" + block.sequence(p),
        "" + block.start(p),
        "" + block.contigEnds(p),
        Dna.decode(block.codes(), block.offset(p), block.end(p)));
  }
}
