package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5OutputTest {
  @TempDir Path folder;

  /** The oracle is h5py. 3,000 rows of 20,000 floats are a tree of two levels of chunks. */
  @Test
  void h5pyReadsWhatWasWritten() throws Exception {
    Python.require("h5py", "numpy");
    Path file = folder.resolve("a.h5");
    try (Hdf5Output out = Hdf5Output.to(file)) {
      Hdf5Dataset large = out.dataset("deep/group/large", Hdf5Dataset.Type.FLOAT32, 4, 5000);
      Hdf5Dataset small = out.dataset("deep/small", Hdf5Dataset.Type.INT8, 2);
      Hdf5Dataset names = out.dataset("names", Hdf5Dataset.Type.TEXT, 5);
      out.dataset("none", Hdf5Dataset.Type.FLOAT32, 4, 7);
      float[] row = new float[20_000];
      for (int n = 0; n < 3000; n++) {
        row[n] = n - 0.5f;
        large.append(row);
        row[n] = 0;
        if (n < 10) {
          small.append(new byte[] {(byte) n, (byte) -n});
          names.append(("né" + n).getBytes(StandardCharsets.UTF_8));
        }
      }
      out.seal();
      out.commit();
    }
    Python.run(
        """
        import h5py, numpy
        with h5py.File(r'%s', 'r') as f:
            a = f['deep/group/large']
            assert a.shape == (3000, 4, 5000) and a.dtype == numpy.float32, (a.shape, a.dtype)
            want = numpy.zeros(20000, dtype=numpy.float32)
            for n in range(3000):
                want[n] = n - 0.5
                assert (a[n].ravel() == want).all(), n
                want[n] = 0
            s = f['deep/small']
            assert s.dtype == numpy.int8
            assert (s[:] == [[n, -n] for n in range(10)]).all()
            assert list(f['names'].asstr()[:]) == ['né%%d' %% n for n in range(10)]
            assert f['none'].shape == (0, 4, 7) and f['none'][:].size == 0
            assert sorted(f) == ['deep', 'names', 'none']
        """
            .formatted(file));
  }

  /** Chunks that others deflate, in whatever order they are done, are written in theirs. */
  @Test
  void bytesDoNotDependOnWhoDeflates() throws Exception {
    Path alone = folder.resolve("alone.h5");
    Path beside = folder.resolve("beside.h5");
    write(alone, Runnable::run);
    write(beside, task -> ForkJoinPool.commonPool().execute(task));
    assertThat(beside).hasSameBinaryContentAs(alone);
    try (Hdf5Input in = Hdf5Input.open(beside)) {
      float[] row = in.floats("a", new int[] {4321, 0}, new int[] {1, 300});
      assertThat(row).startsWith(4321 * 7 % 1000).endsWith(4321 * 7 % 1000 + 299);
    }
  }

  private static void write(Path file, Executor deflating) {
    try (Hdf5Output out = Hdf5Output.to(file, deflating)) {
      Hdf5Dataset a = out.datasetOf("a", Hdf5Dataset.Type.FLOAT32, 5000, 300);
      Hdf5Dataset b = out.dataset("b", Hdf5Dataset.Type.FLOAT32, 300);
      float[] row = new float[300];
      for (int i = 0; i < 5000; i++) {
        for (int j = 0; j < 300; j++) {
          row[j] = i * 7 % 1000 + j;
        }
        a.append(row);
        if (i % 3 == 0) {
          b.append(row);
        }
      }
      out.seal();
      out.commit();
    }
  }

  /** 300 names are three nodes of a group; the oracle is h5py. */
  @Test
  void manyNamesTruthsAndWholeNumbers() throws Exception {
    Python.require("h5py", "numpy");
    Path file = folder.resolve("b.h5");
    try (Hdf5Output out = Hdf5Output.to(file)) {
      out.attribute("window_size", -400);
      out.attribute("longest", 1L << 40);
      out.group("empty");
      for (int i = 0; i < 300; i++) {
        out.datasetOf("many/n" + i, Hdf5Dataset.Type.INT64, 1).append((long) i << 33);
      }
      Hdf5Dataset truths = out.datasetOf("truths", Hdf5Dataset.Type.BOOLEAN, 2);
      for (int i = 0; i < 5; i++) {
        truths.append(i % 2 == 1); // more rows than announced are more chunks
      }
      out.seal();
      out.commit();
    }
    Python.run(
        """
        import h5py, numpy
        with h5py.File(r'%s', 'r') as f:
            assert f.attrs['window_size'] == -400 and f.attrs['longest'] == 1 << 40
            assert len(f['empty']) == 0
            assert len(f['many']) == 300
            for i in range(300):
                assert f['many/n%%d' %% i][:].tolist() == [i << 33], i
            assert f['truths'].dtype == bool
            assert f['truths'][:].tolist() == [False, True, False, True, False]
        """
            .formatted(file));
  }

  @Test
  void whatIsNotCommittedLeavesNothing() throws IOException {
    try (Hdf5Output out = Hdf5Output.to(folder.resolve("a.h5"))) {
      out.dataset("x", Hdf5Dataset.Type.INT8, 3).append(new byte[3]);
      out.seal();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDeviceIsRefused() {
    Path device = Path.of("/dev/null");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device), "skipped: no /dev/null");
    assertThatThrownBy(() -> Hdf5Output.to(device))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("HDF5 is not written in one go");
  }
}
