package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import org.junit.jupiter.api.Test;

class DatasetBuilderTest {
  @Test
  void ctcfTop500() {
    Dataset data =
        DatasetBuilder.build(
            SharedData.file("sequences/Gm12878.CTCF.top500.w200.fa").toString(),
            DatasetOptions.defaults());
    assertThat(data.width()).isEqualTo(200);
    assertThat(data.part(Part.TEST, true)).hasSize(50);
    assertThat(data.part(Part.VALIDATION, true)).hasSize(50);
    assertThat(data.part(Part.TRAIN, true)).hasSize(400);
    for (Example e : data.examples()) {
      if (e.parent() >= 0) {
        assertThat(e.part()).isEqualTo(data.examples().get(e.parent()).part());
      }
    }
    assertThat(Dna.decode(data.examples().getFirst().codes())).startsWith("TGCTCACAGTGTAGTGGC");
  }
}
