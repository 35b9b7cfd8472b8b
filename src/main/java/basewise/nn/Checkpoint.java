package basewise.nn;

import basewise.dataset.Dataset;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.nn.layer.Floats;
import basewise.stats.Seeds;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;

/**
 * A training that can go on: after each epoch a file is replaced that holds the best model so far
 * (it is a {@link ModelFile}, so it can be used at once) and all that the next epoch needs.
 *
 * @param file where it is kept
 * @param resume whether to go on from that file, which then must be of the same training
 */
public record Checkpoint(Path file, boolean resume) {
  private static final String STATE = "training.json";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  private record State(
      String fingerprint,
      int iteration,
      int epoch,
      double rateScale,
      int restarts,
      double bestScore,
      int bestEpoch,
      List<EpochRecord> history) {}

  /** What must not change between the two halves of a training; threads may. */
  static String fingerprint(Dataset data, Architecture a, TrainOptions o, List<float[][]> seeds) {
    long h = ModelOrigin.hash(data);
    for (float[][] seed : seeds) {
      for (float[] column : seed) {
        for (float w : column) {
          h = Seeds.mix(h, Float.floatToIntBits(w));
        }
      }
    }
    return "%016x %s %s".formatted(h, a, o.withThreads(1));
  }

  void write(
      String fingerprint,
      ModelOrigin origin,
      TrainState state,
      ComputationGraph graph,
      SequenceModel best) {
    try {
      Map<String, byte[]> entries =
          ModelFile.entries(best, origin.with("epoch", "" + state.bestEpoch));
      State s =
          new State(
              fingerprint,
              graph.getIterationCount(),
              state.epoch,
              state.rateScale,
              state.restarts,
              state.bestScore,
              state.bestEpoch,
              state.history);
      entries.put(STATE, GSON.toJson(s).getBytes(StandardCharsets.UTF_8));
      entries.put("parameters.bin", bytes(Floats.of(graph.params())));
      entries.put("updater.bin", bytes(Floats.of(graph.getUpdater().getStateViewArray())));
      entries.put("best.bin", bytes(state.best == null ? new float[0] : state.best));
      AtomicOutput.write(file, Archive.write(entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes up the state in the file.
   *
   * @throws InputException if there is none, or it is of another training
   */
  void read(String fingerprint, TrainState state, ComputationGraph graph) {
    try {
      Map<String, byte[]> entries = Archive.read(Files.readAllBytes(file));
      State s = GSON.fromJson(text(entries.get(STATE)), State.class);
      if (s == null) {
        throw damaged(null);
      }
      if (!s.fingerprint().equals(fingerprint)) {
        throw new InputException(
            file.toString(),
            "is the checkpoint of another training",
            "use the same input, options and seed, or leave out --resume");
      }
      Floats.into(floats(entries.get("parameters.bin")), graph.params());
      Floats.into(floats(entries.get("updater.bin")), graph.getUpdater().getStateViewArray());
      float[] best = floats(entries.get("best.bin"));
      graph.getConfiguration().setIterationCount(s.iteration());
      state.epoch = s.epoch();
      state.rateScale = s.rateScale();
      state.restarts = s.restarts();
      state.best = best.length == 0 ? null : best;
      state.bestScore = s.bestScore();
      state.bestEpoch = s.bestEpoch();
      state.history = s.history();
    } catch (NoSuchFileException e) {
      throw new InputException(
          file.toString(), 0, "does not exist, nothing to resume", "leave out --resume", e);
    } catch (IOException | JsonParseException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private InputException damaged(@Nullable Throwable e) {
    return new InputException(
        file.toString(), 0, "is not a checkpoint, or damaged", "train again without --resume", e);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return b.array();
  }

  private static float[] floats(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalArgumentException("an entry is missing");
    }
    float[] out = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
    return out;
  }
}
