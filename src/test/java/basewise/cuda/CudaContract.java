package basewise.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the package promises of any driver; the kernels are those of src/test/cuda/probe.cu. */
abstract class CudaContract {
  static final String PROBE = "/basewise/cuda/probe.ptx";

  /** The device to try. */
  abstract CudaDevice device();

  @Test
  void everyKindOfArrayGoesThereAndBack() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        PinnedBuffer there = context.pinned(100);
        PinnedBuffer back = context.pinned(100);
        DeviceBuffer memory = context.allocate(100)) {
      there.fill(0, 100, (byte) 7);
      there.put(1, new byte[] {0, 1, -2, 3}, 1, 3); // bytes 1-3
      there.put(5, new short[] {-5, 600}, 0, 2); // 5-8, not aligned
      there.put(9, new int[] {0, 0, 123_456_789, -1}, 2, 2); // 9-16
      there.put(17, new long[] {Long.MIN_VALUE + 1}, 0, 1); // 17-24
      there.put(25, new float[] {1.5f, -0f, 9f}, 0, 2); // 25-32
      there.putInt(40, 42);
      there.putLong(50, 1L << 40);
      stream.toDevice(memory, 0, there, 0, 60);
      stream.toHost(back, 20, memory, 0, 60);
      stream.synchronize();
      byte[] bytes = new byte[5];
      back.get(20, bytes, 1, 4);
      short[] shorts = new short[2];
      back.get(25, shorts, 0, 2);
      int[] ints = new int[2];
      back.get(29, ints, 0, 2);
      long[] longs = new long[1];
      back.get(37, longs, 0, 1);
      float[] floats = new float[2];
      back.get(45, floats, 0, 2);
      assertThat(bytes).containsExactly(0, 7, 1, -2, 3);
      assertThat(shorts).containsExactly((short) -5, (short) 600);
      assertThat(ints).containsExactly(123_456_789, -1);
      assertThat(longs).containsExactly(Long.MIN_VALUE + 1);
      assertThat(floats).containsExactly(1.5f, -0f);
      assertThat(back.getInt(60)).isEqualTo(42);
      assertThat(back.getLong(70)).isEqualTo(1L << 40);
      assertThat(back.view(29, 4).getInt()).isEqualTo(123_456_789);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 4 << 20, (4 << 20) + 1, 9_000_001})
  void wholeArraysAreWrittenAndRead(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 12));
    }
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer memory = context.allocate(n + 3)) {
      stream.write(memory, 3, bytes);
      byte[] back = new byte[n];
      stream.read(memory, 3, back);
      assertThat(back).isEqualTo(bytes);
    }
  }

  @Test
  void tablesOfAllKindsAreWrittenAndRead() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer memory = context.allocate(64)) {
      stream.write(memory, 0, new short[] {1, -2});
      stream.write(memory, 4, new int[] {3, -4});
      stream.write(memory, 16, new long[] {5, -6});
      stream.write(memory, 32, new float[] {7.25f});
      short[] shorts = new short[2];
      int[] ints = new int[2];
      long[] longs = new long[2];
      float[] floats = new float[1];
      stream.read(memory, 0, shorts);
      stream.read(memory, 4, ints);
      stream.read(memory, 16, longs);
      stream.read(memory, 32, floats);
      assertThat(shorts).containsExactly((short) 1, (short) -2);
      assertThat(ints).containsExactly(3, -4);
      assertThat(longs).containsExactly(5, -6);
      assertThat(floats).containsExactly(7.25f);
    }
  }

  @Test
  void memoryIsFilledAndCopiedOnTheDevice() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer a = context.allocate(16);
        DeviceBuffer b = context.allocate(16)) {
      stream.fill(a, 0, 16, (byte) -3);
      stream.zero(a, 4, 8);
      stream.onDevice(b, 8, a, 2, 8);
      byte[] seen = new byte[16];
      stream.read(b, 0, seen);
      assertThat(Arrays.copyOfRange(seen, 8, 16)).containsExactly(-3, -3, 0, 0, 0, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 4097})
  void aKernelGetsItsArguments(int n) {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer from = context.allocate(4L * n + 8);
        DeviceBuffer to = context.allocate(4L * n)) {
      stream.write(from, 8, IntStream.range(0, n).toArray());
      stream.zero(to, 0, 4L * n);
      CudaKernel scale = context.load(PROBE).kernel("scale");
      scale.launch(stream, (n + 127) / 128, 128, 0, to, from.at(8), n, 2.5f);
      int[] seen = new int[n];
      stream.read(to, 0, seen);
      assertThat(seen).isEqualTo(IntStream.range(0, n).map(i -> (int) (i * 2.5f)).toArray());
    }
  }

  @Test
  void moreThan48KiBOfSharedMemoryHaveToBeAskedFor() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer from = context.allocate(1000);
        DeviceBuffer total = context.allocate(8)) {
      byte[] bytes = new byte[1000];
      Arrays.fill(bytes, (byte) 200);
      stream.write(from, 0, bytes);
      stream.zero(total, 0, 8);
      CudaKernel sum = context.load(PROBE).kernel("sum");
      CudaException refused =
          catchThrowableOfType(
              CudaException.class, () -> sum.launch(stream, 3, 64, 60_000, from, 1000L, total));
      assertThat(refused.name()).isEqualTo("CUDA_ERROR_INVALID_VALUE");
      assertThat(refused.call()).isEqualTo("cuLaunchKernel");
      assertThat(refused.lost()).isFalse();
      sum.setMaxDynamicShared(60_000);
      sum.launch(stream, 3, 64, 60_000, from, 1000L, total);
      long[] seen = new long[1];
      stream.read(total, 0, seen);
      assertThat(seen).containsExactly(200_000);
    }
  }

  @Test
  void aKernelDescribesItself() {
    try (CudaContext context = CudaContext.open(device())) {
      CudaKernel sum = context.load(PROBE).kernel("sum");
      assertThat(sum.registers()).isBetween(8, 255);
      assertThat(sum.localBytes()).isZero();
      assertThat(sum.sharedBytes()).isZero();
      assertThat(sum.maxThreads()).isEqualTo(1024);
      // 2,048 threads a multiprocessor; 1,024 on Turing, 1,536 on others.
      assertThat(sum.blocksPerMultiprocessor(1024, 0)).isBetween(1, 2);
      assertThat(sum.blocksPerMultiprocessor(64, 40_000)).isBetween(1, 5);
    }
  }

  @Test
  void argumentsThatDoNotFitAreRefused() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        DeviceBuffer memory = context.allocate(8)) {
      CudaModule module = context.load(PROBE);
      CudaKernel sum = module.kernel("sum");
      assertThatThrownBy(() -> sum.launch(stream, 1, 1, 4, memory, 8L))
          .hasMessage("sum takes 3 arguments, got 2");
      assertThatThrownBy(() -> sum.launch(stream, 1, 1, 4, memory, 8, memory))
          .hasMessage("sum: argument 1 is 8 bytes wide, got Integer");
      assertThatThrownBy(() -> sum.launch(stream, 1, 1025, 4, memory, 8L, memory))
          .hasMessageContaining("1025 threads");
      assertThatThrownBy(() -> module.kernel("none")).hasMessage("the PTX has no kernel none");
    }
  }

  @Test
  void placesOutsideAndClosedThingsAreRefused() {
    try (CudaContext context = CudaContext.open(device());
        CudaStream stream = context.stream();
        PinnedBuffer pinned = context.pinned(8)) {
      DeviceBuffer memory = context.allocate(8);
      assertThatThrownBy(() -> stream.toDevice(memory, 1, pinned, 0, 8))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> stream.toHost(pinned, 1, memory, 0, 8))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> stream.write(memory, 4, new long[1]))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> memory.at(8)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> pinned.getInt(5)).isInstanceOf(IndexOutOfBoundsException.class);
      memory.close();
      memory.close();
      assertThatThrownBy(() -> stream.zero(memory, 0, 1)).hasMessageContaining("closed");
    }
  }

  @Test
  void streamsKeepTheOrderOfTheirMarks() {
    int n = 1 << 20;
    try (CudaContext context = CudaContext.open(device());
        CudaStream one = context.stream();
        CudaStream two = context.stream();
        CudaEvent start = context.event();
        CudaEvent written = context.event();
        CudaEvent scaled = context.event();
        PinnedBuffer there = context.pinned(4L * n);
        PinnedBuffer back = context.pinned(4L * n);
        DeviceBuffer a = context.allocate(4L * n);
        DeviceBuffer b = context.allocate(4L * n)) {
      CudaKernel scale = context.load(PROBE).kernel("scale");
      for (int round = 1; round <= 3; round++) {
        int first = round;
        there.put(0, IntStream.range(0, n).map(i -> (i & 1023) + first).toArray(), 0, n);
        one.record(start);
        one.toDevice(a, 0, there, 0, 4L * n);
        one.record(written);
        two.await(written);
        scale.launch(two, n / 256, 256, 0, b, a, n, 2f);
        two.record(scaled);
        one.await(scaled);
        one.toHost(back, 0, b, 0, 4L * n);
        one.synchronize();
        assertThat(start.done()).isTrue();
        assertThat(scaled.done()).isTrue();
        assertThat(scaled.millisecondsSince(start)).isBetween(0f, 60_000f);
        int[] seen = new int[n];
        back.get(0, seen, 0, n);
        assertThat(seen)
            .isEqualTo(IntStream.range(0, n).map(i -> 2 * ((i & 1023) + first)).toArray());
      }
    }
  }

  @Test
  void threadsShareAContext() throws Exception {
    try (CudaContext context = CudaContext.open(device());
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      CudaKernel sum = context.load(PROBE).kernel("sum");
      var results =
          IntStream.range(1, 9)
              .mapToObj(value ->
                  pool.submit(
                      (Callable<Long>)
                          () -> {
                            try (CudaStream stream = context.stream();
                                DeviceBuffer from = context.allocate(50_000);
                                DeviceBuffer total = context.allocate(8)) {
                              stream.fill(from, 0, 50_000, (byte) value);
                              stream.zero(total, 0, 8);
                              sum.launch(stream, 5, 128, 512, from, 50_000L, total);
                              long[] seen = new long[1];
                              stream.read(total, 0, seen);
                              return seen[0];
                            }
                          }))
              .toList();
      long value = 1;
      for (Future<Long> result : results) {
        assertThat(result.get()).isEqualTo(50_000 * value++);
      }
    }
  }

  @Test
  void tooMuchMemoryIsToldAndForgiven() {
    CudaDevice device = device();
    try (CudaContext context = CudaContext.open(device);
        CudaStream stream = context.stream()) {
      CudaException none =
          catchThrowableOfType(CudaException.class, () -> context.allocate(2 * device.memory()));
      assertThat(none.outOfMemory()).isTrue();
      assertThat(none.lost()).isFalse();
      assertThat(none).hasMessage("cuMemAlloc_v2: CUDA_ERROR_OUT_OF_MEMORY (2), out of memory");
      long free = context.freeMemory();
      assertThat(free).isBetween(1L, device.memory());
      try (DeviceBuffer some = context.allocate(64 << 20)) {
        assertThat(context.freeMemory()).isLessThan(free);
        stream.zero(some, 0, some.bytes());
        stream.synchronize();
      }
    }
  }

  @Test
  void wrongPtxIsToldWithTheCompilersWords() {
    try (CudaContext context = CudaContext.open(device())) {
      CudaException wrong =
          catchThrowableOfType(
              CudaException.class, () -> context.load(new byte[] {47, 47, 120, 10}));
      assertThat(wrong.call()).isEqualTo("cuModuleLoadDataEx");
      assertThat(wrong.lost()).isFalse();
      assertThat(wrong).hasMessageContaining(wrong.name());
      assertThat(context.load(PROBE).kernel("sum").name()).isEqualTo("sum");
    }
  }

  @Test
  void aContextGivesBackWhatWasLeftOpen() {
    CudaContext context = CudaContext.open(device());
    CudaStream stream = context.stream();
    DeviceBuffer memory = context.allocate(1000);
    PinnedBuffer pinned = context.pinned(1000);
    CudaEvent event = context.event();
    CudaModule module = context.load(PROBE);
    pinned.fill(0, 1000, (byte) 1);
    stream.toDevice(memory, 0, pinned, 0, 1000);
    stream.record(event);
    context.close();
    context.close();
    memory.close();
    assertThatThrownBy(() -> context.allocate(1)).hasMessageContaining("is closed");
    assertThatThrownBy(() -> module.kernel("sum")).hasMessageContaining("closed");
    assertThatThrownBy(() -> pinned.getInt(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(event::done).hasMessageContaining("closed");
    assertThatThrownBy(stream::synchronize).isInstanceOf(IllegalStateException.class);
  }
}
