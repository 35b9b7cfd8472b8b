package basewise.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays that are used again: those that were in use a moment ago are still in the cache, where new
 * ones never are. Several owners may hold one; the last to let go returns it.
 */
final class Buffers {
  private final List<float[]> free = new ArrayList<>();
  private final Map<float[], Integer> owners = new IdentityHashMap<>();

  /** An array of {@code n} numbers or more, whatever they are, with nobody to hold it yet. */
  float[] any(int n) {
    int best = -1;
    for (int i = 0; i < free.size(); i++) {
      int length = free.get(i).length;
      if (length >= n && (best < 0 || length < free.get(best).length)) {
        best = i;
      }
    }
    return best < 0 ? new float[n + n / 4] : free.remove(best);
  }

  /** The same with zeros in the first {@code n} places. */
  float[] zeros(int n) {
    float[] out = any(n);
    Arrays.fill(out, 0, n, 0);
    return out;
  }

  /** One more holds it. */
  void hold(float[] array) {
    owners.merge(array, 1, Integer::sum);
  }

  /** One less holds it; the last returns it. */
  void letGo(float[] array) {
    int left = owners.merge(array, -1, Integer::sum);
    if (left == 0) {
      owners.remove(array);
      free.add(array);
    }
  }

  /** Returns an array that nobody held. */
  void back(float[] array) {
    free.add(array);
  }

  /** Whether there is one owner only, who may change what is in it. */
  boolean single(float[] array) {
    return owners.getOrDefault(array, 0) == 1;
  }
}
