package basewise.genome.track;

import basewise.io.LittleEndian;
import basewise.io.ScratchFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Sums over stretches of equal length, for a view from afar. Spooled until its place is known. */
final class BigWigZoom {
  static final int PER_BLOCK = 512;

  private final int reduction;
  private final ScratchFile spool;
  private final BigWigBlocks blocks = new BigWigBlocks();
  private final LittleEndian block = new LittleEndian();
  private int inBlock;
  private int blockContig;
  private int blockStart;

  private int contig = -1;
  private long bin;
  private int start;
  private int end;
  private long covered;
  private float least;
  private float most;
  private double sum;
  private double squares;

  /** Spools beside a file. */
  BigWigZoom(int reduction, Path file) throws IOException {
    this.reduction = reduction;
    spool = ScratchFile.beside(file);
  }

  int reduction() {
    return reduction;
  }

  void add(int runContig, int runStart, int runEnd, float value) throws IOException {
    for (int at = runStart; at < runEnd; ) {
      long stretch = at / reduction;
      int to = (int) Math.min(runEnd, (stretch + 1) * reduction);
      if (runContig != contig || stretch != bin) {
        record();
        contig = runContig;
        bin = stretch;
        start = at;
        least = value;
        most = value;
      }
      int bases = to - at;
      end = to;
      covered += bases;
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += (double) value * bases;
      squares += (double) value * value * bases;
      at = to;
    }
  }

  private void record() throws IOException {
    if (covered == 0) {
      return;
    }
    if (inBlock == 0) {
      blockContig = contig;
      blockStart = start;
    }
    block.u32(contig).u32(start).u32(end).u32(covered).f32(least).f32(most);
    block.f32((float) sum).f32((float) squares);
    covered = 0;
    sum = 0;
    squares = 0;
    if (++inBlock == PER_BLOCK) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (inBlock > 0) {
      blocks.add(block, blockContig, blockStart, contig, end, spool.stream());
      block.clear();
      inBlock = 0;
    }
  }

  /** No more runs. */
  BigWigBlocks finish() throws IOException {
    record();
    flush();
    return blocks;
  }

  void copyTo(OutputStream to) throws IOException {
    spool.copyTo(to);
  }

  void close() throws IOException {
    blocks.close();
    spool.close();
  }
}
