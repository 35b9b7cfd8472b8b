package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.stats.Seeds;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model came to be; kept in its file, so that a later step can train alike and tell whether
 * it is given the same windows.
 *
 * @param training how it was trained; its threads say nothing, as results do not depend on them
 * @param data fingerprint of the windows, their labels and their split
 * @param notes for people: name to text, without time stamps
 */
public record ModelOrigin(TrainOptions training, String data, Map<String, String> notes) {
  /** Sorts the notes, so that the same origin is the same text. */
  public ModelOrigin {
    training = training.withThreads(1);
    notes = new TreeMap<>(notes);
  }

  /** The origin of a model trained on a dataset. */
  public static ModelOrigin of(Dataset data, TrainOptions training, Map<String, String> notes) {
    return new ModelOrigin(training, "%016x".formatted(hash(data)), notes);
  }

  /** Whether these are the windows, labels and split the model was trained with. */
  public boolean isOf(Dataset other) {
    return data.equals("%016x".formatted(hash(other)));
  }

  /** The same with one note more. */
  ModelOrigin with(String name, String text) {
    Map<String, String> more = new TreeMap<>(notes);
    more.put(name, text);
    return new ModelOrigin(training, data, more);
  }

  /** Of all windows, in order, with part and labels. */
  static long hash(Dataset data) {
    long h = 0;
    for (Example e : data.examples()) {
      h = Seeds.mix(Seeds.hash(h, e.codes(), e.codes().length), e.part().ordinal());
      for (float y : e.labels()) {
        h = Seeds.mix(h, Float.floatToIntBits(y));
      }
    }
    return h;
  }
}
