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

  /** Words of losses that lie in shared memory: 32 KB. */
  private static final int MOST_WORDS = 32 << 8;

  /** Units of one launch. */
  private static final int MOST_UNITS = 64;

  private static final int UNIT_BYTES = 16;

  private final int[] words;

  private DeviceSums(List<LossMatrix> matrices, List<Unit> units) {
    super(matrices);
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
    int first = 0;
    for (Unit unit : units) {
      unitWords.add(tables.size());
      unitWords.add(unit.steps() | (unit.two() ? 1 << 31 : 0));
      unitWords.add(unit.budgets());
      unitWords.add(first);
      unit.addTables(tables);
      first += unit.matrices().size();
    }
    DeviceWords out = new DeviceWords(16);
    out.append(new int[16], 16);
    out.set(0, units.size());
    out.set(1, out.append(unitWords));
    out.set(2, out.append(tables));
    // Tables of one matrix that are more than shared memory holds are read where they lie.
    out.set(3, tables.size() <= MOST_WORDS ? tables.size() : 0);
    out.set(4, out.append(records, records.length));
    out.set(5, out.append(ids));
    words = out.toArray();
  }

  /** As many launches as it takes; shared memory holds the tables of one. */
  static List<DeviceSums> of(List<LossMatrix> matrices) {
    List<DeviceSums> launches = new ArrayList<>();
    List<Unit> pending = new ArrayList<>();
    int size = 0;
    for (Unit unit : units(matrices)) {
      if (pending.size() == MOST_UNITS || size + unit.words() > MOST_WORDS && size > 0) {
        launches.add(launch(pending));
        pending.clear();
        size = 0;
      }
      pending.add(unit);
      size += unit.words();
    }
    if (!pending.isEmpty()) {
      launches.add(launch(pending));
    }
    return launches;
  }

  private static DeviceSums launch(List<Unit> units) {
    return new DeviceSums(
        units.stream().flatMap(u -> u.matrices().stream()).toList(), List.copyOf(units));
  }

  /** Neighbours share a word, as the strands of a motif do, if the losses of both fit. */
  private static List<Unit> units(List<LossMatrix> matrices) {
    List<Unit> units = new ArrayList<>();
    for (int m = 0; m < matrices.size(); m++) {
      LossMatrix matrix = matrices.get(m);
      int steps = steps(matrix);
      if (m + 1 < matrices.size()
          && steps == steps(matrices.get(m + 1))
          && fits(matrix)
          && fits(matrices.get(m + 1))) {
        units.add(new Unit(List.of(matrix, matrices.get(m + 1)), steps));
        m++;
      } else {
        units.add(new Unit(List.of(matrix), steps));
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
  private record Unit(List<LossMatrix> matrices, int steps) {
    boolean two() {
      return matrices.size() == 2;
    }

    int words() {
      return steps * SIZE;
    }

    int budgets() {
      int first = matrices.getFirst().budget;
      return two() ? first | matrices.getLast().budget << 16 : first;
    }

    void addTables(DeviceWords out) {
      for (int step = 0; step < steps; step++) {
        for (int word = 0; word < SIZE; word++) {
          int low = loss(matrices.getFirst(), step, word);
          out.add(two() ? low | loss(matrices.getLast(), step, word) << 16 : low);
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
    return MOST_UNITS * UNIT_BYTES + 4 * MOST_WORDS;
  }

  @Override
  public String describe() {
    return matrices() + " by sums of every window";
  }
}
