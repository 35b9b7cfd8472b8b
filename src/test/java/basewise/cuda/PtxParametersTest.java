package basewise.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The grammar is that of "PTX ISA 7.8", 5.1 and 11.1. */
class PtxParametersTest {
  @Test
  void kernelsAndTheSizesOfTheirParametersAreRead() {
    Map<String, PtxParameters> kernels =
        PtxParameters.ofEntries(
            """
            .version 7.8
            // .entry commented(.param .u32 x)
            .visible .func (.param .b32 r) helper(.param .b64 p) { ret; }
            .visible .entry none() { ret; }
            .entry bare
            { ret; }
            .weak .entry mixed(
              .param .u64 .ptr .global .align 4 mixed_param_0,
              .param .u16 mixed_param_1,
              .param .f64 mixed_param_2, /* .param .u32 no */
              .param .align 4 .b8 mixed_param_3[12]
            )
            .maxntid 256, 1, 1
            { ret; }
            """);
    assertThat(kernels)
        .isEqualTo(
            Map.of(
                "none", new PtxParameters(List.of()),
                "bare", new PtxParameters(List.of()),
                "mixed", new PtxParameters(List.of(8, 2, 8, 12))));
  }
}
