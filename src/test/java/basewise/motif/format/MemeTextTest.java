package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.motif.Background;
import basewise.motif.Motif;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MEME text; expected values are read off the texts by eye. */
class MemeTextTest {
  private static final String HEAD = "MEME version 4\n\nALPHABET= ACGT\n\nstrands: + -\n\n";

  static MotifCollection parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return MotifFile.readCollection(TextInput.of("x.meme", new ByteArrayInputStream(bytes)));
  }

  @Test
  void readsIdNameKeysAndBackground() {
    MotifCollection c =
        parse(
            HEAD
                + "Background letter frequencies (from x):\nA 0.3 C 0.2 G 0.2 T 0.3\n\n"
                + "MOTIF M1 first\n\nletter-probability matrix: alength= 4 w= 2 nsites= 7 E= 1e-3\n"
                + " 0.1 0.2 0.3 0.4\n 1 0 0 0\nURL http://a/b\n\n"
                + "MOTIF M2\nletter-probability matrix:\n 0 0 0 1\n");
    assertThat(c.format()).isEqualTo(MotifFormat.MEME);
    assertThat(c.background().toArray()).containsExactly(.3, .2, .2, .3);
    assertThat(c.motifs()).extracting(Motif::id).containsExactly("M1", "M2");
    Motif first = c.motifs().get(0);
    assertThat(first.name()).isEqualTo("first");
    assertThat(first.sites()).hasValue(7);
    assertThat(first.evalue()).hasValue(1e-3);
    assertThat(first.notes()).containsEntry("url", "http://a/b");
    assertThat(first.probabilities().toArray()[0])
        .containsExactly(new double[] {.1, .2, .3, .4}, within(1e-15));
    assertThat(c.motifs().get(1).sites()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBackAndWrittenAgainAsTheSameBytes() {
    MotifCollection c =
        parse(
            HEAD
                + "MOTIF M1 a\nletter-probability matrix: nsites= 3\n"
                + "0.333 0.333 0.333 0\n0.1 0.2 0.3 0.4\n");
    String once = MotifFile.text(c.motifs(), MotifFormat.MEME, Background.NRDB);
    MotifCollection again = parse(once);
    assertThat(MotifFile.text(again.motifs(), MotifFormat.MEME, Background.NRDB)).isEqualTo(once);
    assertThat(once).contains(" 0.333333334 0.333333333 0.333333333 0.000000000\n");
    assertThat(again.background().of(0)).isCloseTo(.281774, within(1e-9));
  }

  @Test
  void logOddsAloneBecomeProbabilities() {
    // 100 hundredths of a bit = twice the background; 0.25 * 2 = 0.5, -1000: 0.25 / 1024
    List<Motif> m =
        parse(HEAD + "MOTIF M1\nlog-odds matrix: alength= 4 w= 1 E= 0\n100 100 -1000 -1000\n")
            .motifs();
    assertThat(m.get(0).probabilities().at(0, 0)).isCloseTo(.5 / (1 + .5 / 1024), within(1e-12));
  }

  @Test
  void mistakesSayTheLine() {
    assertThatThrownBy(() -> parse("MEME version 4\nALPHABET= ACDEFGHIKLMNPQRSTVWY\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("x.meme:2: the alphabet is ACDEF")
        .hasMessageContaining("protein");
    assertThatThrownBy(() -> parse(HEAD + "MOTIF a\nletter-probability matrix: w= 1\n1 0 0\n"))
        .hasMessageStartingWith("x.meme:9: expected 4 columns (A C G T), found 3");
    assertThatThrownBy(() -> parse(HEAD + "MOTIF a\nletter-probability matrix: w= 1\n1 0.3 0 0\n"))
        .hasMessageStartingWith("x.meme:9: the probabilities of motif a sum to 1.3");
    assertThatThrownBy(() -> parse(HEAD + "MOTIF a\nletter-probability matrix: w= 2\n1 0 0 0\n"))
        .hasMessageStartingWith("x.meme:8: motif a says w= 2 but has 1 row");
    String one = "letter-probability matrix: w= 1\n1 0 0 0\n";
    assertThatThrownBy(() -> parse(HEAD + "MOTIF a\n" + one + "MOTIF a\n" + one))
        .hasMessageStartingWith("x.meme:10: motif id a was used before, at line 7");
  }
}
