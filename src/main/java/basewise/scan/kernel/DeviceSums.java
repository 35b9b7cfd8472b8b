package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of every window, four columns a look-up, as src/main/cuda/scan.cu reads them: for few
 * matrices, and for those so broad that an index would name them everywhere. Two matrices share the
 * halves of a word where their losses fit 16 bits.
 */
final class DeviceSums extends DeviceTables {
  private static final int BASES = 4;
  private static final int SIZE = 1 << 2 * BASES;

  /** Words of losses that lie in shared memory at once. */
  private static final int PASS_WORDS = 32 << 8;

  /** Units of one pass. */
  private static final int MOST_UNITS = 64;

  private static final int UNIT_BYTES = 16;

  private final int[] words;
  private final int passes;

  DeviceSums(List<LossMatrix> matrices) {
    super(matrices);
    DeviceWords passWords = new DeviceWords(16);
    DeviceWords unitWords = new DeviceWords(16);
    DeviceWords tables = new DeviceWords(1 << 12);
    DeviceWords ids = new DeviceWords(16);
    int[] records = new int[8 * matrices.size()];
    for (int m = 0; m < matrices.size(); m++) {
      LossMatrix matrix = matrices.get(m);
      records[8 * m] = matrix.width;
      records[8 * m + 1] = matrix.budget;
      records[8 * m + 4] = matrix.cutoff;
      records[8 * m + 5] = idWord(matrix, ids);
      records[8 * m + 6] = firstBin(m);
    }
    int unitsBefore = 0;
    int tablesBefore = 0;
    int count = 0;
    List<Unit> units = units(matrices);
    for (int i = 0; i <= units.size(); i++) {
      boolean last = i == units.size();
      int size = last ? 0 : units.get(i).steps() * SIZE;
      int pending = tables.size() - tablesBefore;
      boolean full = i - unitsBefore == MOST_UNITS || pending + size > PASS_WORDS;
      if (i > unitsBefore && (last || full)) {
        passWords.add(unitsBefore);
        passWords.add(i - unitsBefore);
        passWords.add(tablesBefore);
        // Tables of one matrix that are more than shared memory holds are read where they lie.
        passWords.add(pending > PASS_WORDS ? 0 : pending);
        count++;
        unitsBefore = i;
        tablesBefore = tables.size();
      }
      if (!last) {
        Unit unit = units.get(i);
        unitWords.add(tables.size() - tablesBefore);
        unitWords.add(unit.steps() | (unit.second() >= 0 ? 1 << 31 : 0));
        unitWords.add(
            unit.second() < 0
                ? matrices.get(unit.first()).budget
                : matrices.get(unit.first()).budget | matrices.get(unit.second()).budget << 16);
        unitWords.add(unit.first());
        unit.addTables(matrices, tables);
      }
    }
    passes = count;
    DeviceWords out = new DeviceWords(16);
    out.append(new int[16], 16);
    out.set(0, passes);
    out.set(1, out.append(passWords));
    out.set(2, out.append(unitWords));
    out.set(3, out.append(tables));
    out.set(4, out.append(records, records.length));
    out.set(5, out.append(ids));
    words = out.toArray();
  }

  /** Neighbours share a word, as the strands of a motif do, if the losses of both fit. */
  private static List<Unit> units(List<LossMatrix> matrices) {
    List<Unit> units = new ArrayList<>();
    for (int m = 0; m < matrices.size(); m++) {
      int steps = steps(matrices.get(m));
      if (m + 1 < matrices.size()
          && steps == steps(matrices.get(m + 1))
          && fits(matrices.get(m))
          && fits(matrices.get(m + 1))) {
        units.add(new Unit(m, m + 1, steps));
        m++;
      } else {
        units.add(new Unit(m, -1, steps));
      }
    }
    return units;
  }

  private static int steps(LossMatrix matrix) {
    return (matrix.width + BASES - 1) / BASES;
  }

  /** Whether no window can lose more than 16 bits tell, each step cut at the budget. */
  private static boolean fits(LossMatrix matrix) {
    long most = 0;
    for (int step = 0; step < steps(matrix); step++) {
      int of = 0;
      for (int i = step * BASES; i < Math.min(matrix.width, (step + 1) * BASES); i++) {
        int[] l = matrix.loss[i];
        of += Math.max(Math.max(l[0], l[1]), Math.max(l[2], l[3]));
      }
      most += Math.min(of, matrix.budget + 1);
    }
    return most < 1 << 16 && matrix.budget < (1 << 16) - 1;
  }

  /** One matrix, or two in the halves of a word. */
  private record Unit(int first, int second, int steps) {
    void addTables(List<LossMatrix> matrices, DeviceWords out) {
      for (int step = 0; step < steps; step++) {
        for (int word = 0; word < SIZE; word++) {
          int low = loss(matrices.get(first), step, word);
          out.add(second < 0 ? low : low | loss(matrices.get(second), step, word) << 16);
        }
      }
    }

    private static int loss(LossMatrix matrix, int step, int word) {
      int loss = 0;
      for (int i = 0; i < BASES && step * BASES + i < matrix.width; i++) {
        loss += matrix.loss[step * BASES + i][word >> 2 * i & 3];
      }
      return Math.min(loss, matrix.budget + 1);
    }
  }

  @Override
  public String resource() {
    return "scan";
  }

  @Override
  public int[] words() {
    return words;
  }

  @Override
  int ownSharedBytes(int threads) {
    return MOST_UNITS * UNIT_BYTES + 4 * PASS_WORDS;
  }

  @Override
  public String describe() {
    return matrices() + " by sums of every window (" + passes + " passes)";
  }
}
