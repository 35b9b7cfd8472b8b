package basewise.patterns.hits;

import basewise.patterns.SavedPattern;

/**
 * A pattern on one strand, its weights scaled so that their squares add up to 1.
 *
 * @param pattern which one, by its place in the list
 * @param reverse whether it is the other strand's
 * @param start the first position that counts
 * @param end the position behind the last one
 * @param weights [length * 4], the letter varying fastest; 0 outside of start and end
 */
record Oriented(int pattern, boolean reverse, int start, int end, float[] weights) {
  static Oriented of(int index, SavedPattern pattern, HitOptions options) {
    float[] cwm = pattern.contributions();
    int length = pattern.length();
    double[] strength = new double[length];
    double most = 0;
    for (int i = 0; i < cwm.length; i++) {
      strength[i / 4] += Math.abs(cwm[i]);
      most = Math.max(most, strength[i / 4]);
    }
    int start = length;
    int end = 0;
    for (int i = 0; i < length; i++) {
      if (strength[i] >= options.trim() * most) {
        start = Math.min(start, i);
        end = i + 1;
      }
    }
    float[] raw = options.hypothetical() ? pattern.hypothetical() : cwm;
    double squares = 0;
    for (float x : raw) {
      squares += (double) x * x;
    }
    double norm = squares == 0 ? 1 : Math.sqrt(squares);
    float[] weights = new float[raw.length];
    for (int i = 4 * start; i < 4 * end; i++) {
      weights[i] = half((float) (raw[i] / norm));
    }
    return new Oriented(index, false, start, end, weights);
  }

  /** As Fi-NeMo keeps weights: in half precision. */
  static float half(float x) {
    return Float.float16ToFloat(Float.floatToFloat16(x));
  }

  int length() {
    return weights.length / 4;
  }

  /** The same as the other strand shows it. */
  Oriented turned() {
    float[] out = new float[weights.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = weights[out.length - 1 - i];
    }
    return new Oriented(pattern, !reverse, length() - end, length() - start, out);
  }
}
