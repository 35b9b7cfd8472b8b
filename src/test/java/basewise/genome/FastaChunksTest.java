package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.io.InputException;
import basewise.sequence.Dna;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stretches of a FASTA file read by several threads hold what one thread reads. */
class FastaChunksTest {
  @TempDir private Path folder;

  /** The sequences that blocks hold: number, name and bases, or the mistake. */
  private static String whole(BlockSource source, int capacity, int overlap, int threads) {
    TreeMap<Long, List<String>> blocks = new TreeMap<>();
    List<RuntimeException> failures = new ArrayList<>();
    Runnable work =
        () -> {
          SequenceBlock block = new SequenceBlock(capacity);
          try {
            while (source.next(block)) {
              List<String> pieces = new ArrayList<>();
              assertThat(block.length()).isLessThanOrEqualTo(capacity);
              for (int p = 0; p < block.pieces(); p++) {
                boolean last = p == block.pieces() - 1;
                int end = last && !block.contigEnds(p) ? block.startLimit() : block.end(p);
                assertThat(last || block.contigEnds(p)).isTrue();
                assertThat(block.end(p) - end).isLessThanOrEqualTo(overlap);
                pieces.add(
                    "%d %s %d %s %s|%s"
                        .formatted(
                            block.sequence(p),
                            block.name(p),
                            block.start(p),
                            block.contigEnds(p),
                            Dna.decode(block.codes(), block.offset(p), end),
                            Dna.decode(block.codes(), end, block.end(p))));
                assertThat(block.codes()[block.end(p)]).isEqualTo(Dna.N);
              }
              synchronized (blocks) {
                assertThat(blocks.put(block.number(), pieces)).isNull();
              }
            }
          } catch (RuntimeException e) {
            synchronized (blocks) {
              failures.add(e);
            }
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(Thread.ofPlatform().start(work));
    }
    work.run();
    for (Thread t : others) {
      try {
        t.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!failures.isEmpty()) {
      assertThat(failures).allMatch(f -> f == failures.getFirst());
      if (failures.getFirst() instanceof InputException e) {
        return String.valueOf(e.getMessage());
      }
      throw failures.getFirst();
    }
    if (!blocks.isEmpty()) {
      assertThat(blocks.lastKey()).isEqualTo(blocks.size() - 1);
    }
    return joined(blocks);
  }

  /** Pieces of one contig as one; what a piece promised of the next must come. */
  private static String joined(Map<Long, List<String>> blocks) {
    StringBuilder all = new StringBuilder();
    String contig = "";
    StringBuilder bases = new StringBuilder();
    String promised = "";
    for (List<String> pieces : blocks.values()) {
      for (String piece : pieces) {
        String[] f = piece.split(" ", -1);
        String name = f[0] + " " + f[1];
        if (contig.isEmpty()) {
          contig = name;
        }
        assertThat(name).isEqualTo(contig);
        assertThat(Integer.parseInt(f[2])).isEqualTo(bases.length());
        String[] own = f[4].split("\\|", -1);
        String ahead = own[0] + own[1];
        int both = Math.min(ahead.length(), promised.length());
        assertThat(ahead.substring(0, both)).isEqualTo(promised.substring(0, both));
        bases.append(own[0]);
        promised = own[1];
        if (f[3].equals("true")) {
          all.append(contig).append(' ').append(bases).append('\n');
          contig = "";
          bases.setLength(0);
          promised = "";
        }
      }
    }
    assertThat(contig).isEmpty();
    return all.toString();
  }

  private void same(String text) throws IOException {
    Path file = folder.resolve("t.fa");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    for (boolean skip : new boolean[] {false, true}) {
      for (int overlap : new int[] {0, 3, 17}) {
        BlockOptions options = BlockOptions.overlap(overlap).withSkipMasked(skip);
        String expected = one(file, options, 1 << 16, overlap, 0);
        for (int capacity : new int[] {overlap + 2, overlap + 3, 40, 333, 1 << 16}) {
          for (int threads : new int[] {1, 4}) {
            assertThat(one(file, options, capacity, overlap, threads))
                .as("blocks of %d, overlap %d, %d threads", capacity, overlap, threads)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  /** By one thread as ever, or by some in chunks. */
  private static String one(
      Path file, BlockOptions options, int capacity, int overlap, int threads) {
    try (BlockSource source = BlockSource.open(file.toString(), options)) {
      if (threads == 0) {
        return whole(source, capacity, overlap, 1);
      }
      BlockSource chunks = source.chunks().orElseThrow();
      String text = whole(chunks, capacity, overlap, threads);
      if (!text.contains("t.fa")) {
        assertThat(source.part()).isEqualTo(1);
      }
      return text;
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void theSequencesAreThoseOfOneThread() throws IOException {
    same(">a\nACGT\n>b\n\n>c x\nAC\n\nGT\n>d\n");
    same(">a\r\nACGTACGTAC\r\nACGTNNNNNNNNNNNNNNNNNNNN\r\n\r\n>b\r\nGG\r\n");
    same(">a\rACGTACGTAC\rACGT\r>b\rGG");
    same("\n\n;a comment\n>a\n;ACGT\nAC GT\tAA\n ; N\n".replace(" ; N", " NNN"));
    same(">" + "long".repeat(300) + " and more\nACGT\n>\nAC\n>\nGT\n");
    same(">one\n" + "ACGTTGCAAC".repeat(500));
    same(">one\n" + "ACGTTGCAAC\n".repeat(500) + "\n\n\n>two\n\n\n\n\n\n\n\n\n\n\n\n\nA");
    same("\u00ef\u00bb\u00bf>a\nACGT\n");
  }

  @Test
  void mistakesAreThoseOfOneThread() throws IOException {
    same(">a\nACGT\n>b\nAC!T\n>c\nAC?T\n");
    same(">a\nACGT\r\nAC\rGT\n\n>b\nACGT\r\nGG!\n");
    same("ACGT\n>a\nACGT\n");
    same("\n\n ; \n!");
    same(">a\nACGT\n>b\nA\n>a\nACGT\n");
    same("\n\n\n");
    same(">a\nACGTACGTACGTACGTACGT!");
  }

  @Test
  void randomTexts() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    String[] words = {
      "A",
      "CC",
      "ACGTACGT",
      "acgtacgtacgtacgtacgt",
      "N",
      "nnnnnnnnnnnnnnnnnn",
      "R",
      "u",
      " ",
      "\t",
      "\n",
      "\n",
      "\r\n",
      "\r",
      "\n>x",
      "\n;no",
      "\n>",
      "\r\n>y z\r\n",
      "\n>w\n"
    };
    for (int round = 0; round < 60; round++) {
      StringBuilder text = new StringBuilder(">first\n");
      int n = random.nextInt(1, 200);
      for (int i = 0; i < n; i++) {
        String word = words[random.nextInt(words.length)];
        text.append(word.matches("(?s).*>[xyw].*") ? word.replaceFirst("[xyw]", "$0" + i) : word);
        if (random.nextInt(400) == 0) {
          text.append('*');
        }
      }
      same(text.toString());
    }
  }

  @Test
  void whatIsCompressedOrHasNoFileHasNoChunks() throws IOException {
    Path file = folder.resolve("t.fa.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(">a\nACGT\n".getBytes(StandardCharsets.US_ASCII));
    }
    try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(2))) {
      assertThat(source.chunks()).isEmpty();
    }
    assertThat(BlockSource.of(List.of(), 2).chunks()).isEmpty();
  }
}
