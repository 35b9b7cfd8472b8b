package basewise.nn.kernel;

/** The definition of {@link Gemm}: plain loops. */
final class ScalarGemm {
  private ScalarGemm() {}

  static void set(Matrix c, Matrix a, Matrix b) {
    run(c, a, b, false);
  }

  static void add(Matrix c, Matrix a, Matrix b) {
    run(c, a, b, true);
  }

  private static void run(Matrix c, Matrix a, Matrix b, boolean add) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        int at = c.offset() + i * c.rowStep() + j * c.columnStep();
        float sum = add ? c.values()[at] : 0;
        for (int p = 0; p < a.columns(); p++) {
          float x = a.values()[a.offset() + i * a.rowStep() + p * a.columnStep()];
          float y = b.values()[b.offset() + p * b.rowStep() + j * b.columnStep()];
          sum = Math.fma(x, y, sum);
        }
        c.values()[at] = sum;
      }
    }
  }
}
