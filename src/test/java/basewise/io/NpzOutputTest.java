package basewise.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzOutputTest {
  @TempDir Path folder;

  /** The oracle is NumPy. */
  @Test
  void numpyReadsFloatsAndBytes() throws Exception {
    Python.require("numpy");
    Path file = write(new int[] {3, 4, 5}, 1);
    Python.run(
        """
        import numpy, zipfile
        assert zipfile.ZipFile(r'%s').testzip() is None
        z = numpy.load(r'%s')
        assert z.files == ['a', 'b'], z.files
        assert z['a'].dtype == numpy.float32 and z['b'].dtype == numpy.int8
        assert (z['a'].ravel() == numpy.arange(60) %% 7 - 0.25).all() and z['a'].shape == (3, 4, 5)
        assert (z['b'] == [1, -2]).all()
        """
            .formatted(file, file));
  }

  /** An array above 4 GiB, and one that begins beyond it. */
  @Tag("long")
  @Test
  void numpyReadsMoreThanFourGigabytes() throws Exception {
    Python.require("numpy");
    Path file = write(new int[] {1100, 1000, 1000}, 1_000_000);
    Python.run(
        """
        import numpy, zipfile
        z = zipfile.ZipFile(r'%s')
        assert [i.file_size for i in z.infolist()] == [4400000128, 130], z.infolist()
        with z.open('a.npy') as f:
            assert numpy.lib.format.read_magic(f) == (1, 0)
            assert numpy.lib.format.read_array_header_1_0(f)[0] == (1100, 1000, 1000)
            for n in range(1100):
                a = numpy.frombuffer(f.read(4000000), dtype=numpy.float32)
                assert (a == numpy.arange(1000000) %% 7 - 0.25).all(), n
        assert (numpy.load(r'%s')['b'] == [1, -2]).all()
        """
            .formatted(file, file));
  }

  private Path write(int[] shape, int rows) throws IOException {
    Path file = folder.resolve("a.npz");
    try (NpzOutput out = NpzOutput.to(file)) {
      out.array("a", shape);
      int n = shape[0] * shape[1] * shape[2];
      float[] part = new float[rows == 1 ? n : rows];
      for (int i = 0; i < part.length; i++) {
        part[i] = i % 7 - 0.25f;
      }
      for (int i = 0; i < n; i += part.length) {
        out.write(part);
      }
      out.bytes("b", 2);
      out.write(new byte[] {1, -2});
      out.seal();
      out.commit();
    }
    if (Files.size(file) == 0) {
      throw new AssertionError("nothing written");
    }
    return file;
  }
}
