package basewise.nn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaException;
import basewise.cuda.Emulation;
import basewise.nn.MotifModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Models on an emulated device: batches, memory that is short, and what is refused. What the
 * kernels compute is held to the CPU by the self-test, which a test of {@code cli} runs.
 */
class NeuralKernelsTest {
  private static final SeededModel SHAPE = SeededModel.STRADDLING.get(2);

  @Test
  void shortMemoryMeansSmallerBatchesAndTheSameNumbers() {
    MotifModel model = SHAPE.model();
    List<byte[]> codes = SHAPE.sequences(21);
    float[][] expected = model.logits(codes, 1);
    try (Emulation emulation = Emulation.ofKernels()) {
      emulation.reset("memory=34000");
      try (CudaContext context = CudaContext.open(emulation.device())) {
        try (DeviceMotifModel device = DeviceMotifModel.open(context, model)) {
          assertThat(device.logits(codes)).isDeepEqualTo(expected);
          assertThat(device.logits(List.of())).isEmpty();
          assertThat(emulation.count("launch")).as("more batches than one").isGreaterThan(3);
        }
      }
    }
  }

  @Test
  void mutagenesisGoesOnWithLittleMemory() {
    MotifModel model = SHAPE.model();
    List<byte[]> codes = SHAPE.sequences(5);
    PlainMutagenesis plain = new PlainMutagenesis(model);
    try (Emulation emulation = Emulation.ofKernels()) {
      // What the model itself takes (eight allocations), then the fourth of the first batch fails.
      for (String faults : List.of("memory=52000", "oom_at=10", "oom_at=12")) {
        emulation.reset(faults);
        try (CudaContext context = CudaContext.open(emulation.device());
            DeviceMutagenesis device = DeviceMutagenesis.open(context, model)) {
          for (int round = 0; round < 2; round++) {
            float[][] found = device.differences(codes);
            for (int s = 0; s < codes.size(); s++) {
              assertThat(found[s]).as(faults).isEqualTo(plain.differences(codes.get(s)));
            }
          }
          assertThat(emulation.count("launch")).isGreaterThanOrEqualTo(2);
        }
      }
    }
  }

  @Test
  void withoutMemoryForOneSequenceItEnds() {
    try (Emulation emulation = Emulation.ofKernels()) {
      emulation.reset("oom_from=7"); // the model itself takes six allocations
      try (CudaContext context = CudaContext.open(emulation.device());
          DeviceMotifModel device = DeviceMotifModel.open(context, SHAPE.model())) {
        assertThatThrownBy(() -> device.logits(SHAPE.sequences(2)))
            .isInstanceOfSatisfying(CudaException.class, e -> assertThat(e.outOfMemory()).isTrue());
      }
    }
  }

  @Test
  void sequencesOfOtherLengthsAreRefused() {
    try (Emulation emulation = Emulation.ofKernels();
        CudaContext context = CudaContext.open(emulation.device());
        DeviceMotifModel device = DeviceMotifModel.open(context, SHAPE.model());
        DeviceMutagenesis mutagenesis = DeviceMutagenesis.open(context, SHAPE.model())) {
      List<byte[]> codes = new ArrayList<>(SHAPE.sequences(1));
      codes.add(new byte[SHAPE.length() + 1]);
      assertThatThrownBy(() -> device.logits(codes)).hasMessage("20 and 21 bases in a batch");
      assertThatThrownBy(() -> device.logits(List.of(new byte[SHAPE.width() - 1])))
          .hasMessage("a sequence of 7 bases for a model of 20");
      assertThatThrownBy(() -> mutagenesis.differences(codes))
          .hasMessage("a sequence of 21 bases for a model of 20");
      // One maximum over whatever is there: any length will do.
      List<byte[]> longer = List.of(new byte[33], new byte[33]);
      assertThat(device.logits(longer)).isDeepEqualTo(SHAPE.model().logits(longer, 1));
    }
  }
}
