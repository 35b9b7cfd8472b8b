package basewise.genome;

import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.samtools.util.GZIIndex;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The uncompressed bytes of a file, from anywhere; safe from several threads. */
sealed interface FastaBytes extends Closeable {
  /** Reads bytes [offset, offset + n) into the start of {@code into}. */
  void read(long offset, byte[] into, int n) throws IOException;

  /** A plain file. */
  record Plain(FileChannel channel) implements FastaBytes {
    static Plain open(Path path) throws IOException {
      return new Plain(FileChannel.open(path));
    }

    @Override
    public void read(long offset, byte[] into, int n) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, n);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException("it ends before its last base");
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A bgzipped file; the .gzi says which block holds which byte. */
  record Bgzipped(BlockCompressedInputStream stream, GZIIndex index) implements FastaBytes {
    static Bgzipped open(Path path, GZIIndex index) throws IOException {
      return new Bgzipped(new BlockCompressedInputStream(path), index);
    }

    @Override
    public void read(long offset, byte[] into, int n) throws IOException {
      synchronized (stream) {
        stream.seek(index.getVirtualOffsetForSeek(offset));
        if (stream.readNBytes(into, 0, n) < n) {
          throw new EOFException("it ends before its last base");
        }
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
