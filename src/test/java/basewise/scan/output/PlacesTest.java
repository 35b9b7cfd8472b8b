package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static String genomic(String name) {
    Places.Place place = Places.GENOMIC.of(name);
    return new String(place.name(), StandardCharsets.UTF_8) + "+" + place.shift();
  }

  @Test
  void namesOfFimosFormsGiveGenomePlaces() {
    assertThat(genomic("chr1:101-600")).isEqualTo("chr1+100");
    assertThat(genomic("chr1:101-600(+)_peak7")).isEqualTo("chr1+100");
    assertThat(genomic("hg19_chr1_101_600_+")).isEqualTo("hg19_chr1+100");
    assertThat(genomic("chrM")).isEqualTo("chrM+0");
    assertThat(genomic("a:b")).isEqualTo("a:b+0");
    assertThat(Places.AS_NAMED.of("chr1:101-600").shift()).isZero();
  }

  @Test
  void namesThatCountFromZeroAreRefused() {
    assertThatThrownBy(() -> Places.GENOMIC.of("chr1:0-500"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("chr1:0-500: does not begin at a base counted from 1");
  }
}
