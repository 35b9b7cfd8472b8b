package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.stats.Estimate;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @Test
  void aDiscoveryFillsAllThatIsExpected(@TempDir Path folder) throws Exception {
    Path input = folder.resolve("abc.txt");
    Files.writeString(input, "abc");
    RunRecord record = RunRecord.of("0.1.0", "basewise discover abc.txt", 1);
    assertThat(record.missing())
        .containsExactly(
            "inputs",
            "counts.read",
            "counts.dropped",
            "counts.windows",
            "architecture",
            "epochs",
            "test.auroc",
            "test.auprc",
            "baseline.auroc",
            "seconds",
            "memory.peak_bytes");
    record.input(InputFile.read("positives", input.toString()));
    record.put("counts.read", 100);
    Map<String, Long> dropped = new LinkedHashMap<>();
    dropped.put("over half N, e.g. gaps", 2L);
    dropped.put("duplicate", 1L);
    record.put("counts.dropped", dropped);
    record.put("counts.windows.train", 78);
    record.put("baseline.auroc", Double.NaN);
    record.put("test.auroc", new Estimate(0.97, 0.95, 0.98));
    record.put("test.auprc", Estimate.of(0.96));
    record.put("architecture", "motif");
    record.put("epochs", 12);
    record.seconds("train", 1.23456);
    Path file = folder.resolve("run.json");
    record.write(file);

    String text = Files.readString(file);
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly(
            "version",
            "command",
            "seed",
            "inputs",
            "counts",
            "architecture",
            "epochs",
            "test",
            "baseline",
            "seconds",
            "memory",
            "hardware");
    JsonObject test = json.getAsJsonObject("test");
    assertThat(test.get("auroc").getAsDouble()).isEqualTo(0.97);
    assertThat(test.getAsJsonArray("auroc_ci95").get(1).getAsDouble()).isEqualTo(0.98);
    assertThat(test.has("auprc_ci95")).isFalse();
    // SHA-256 of "abc": the worked example of FIPS 180-2, appendix B.1.
    assertThat(text)
        .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .endsWith("}\n");
    assertThat(json.getAsJsonObject("counts").getAsJsonObject("dropped").keySet())
        .containsExactly("over half N, e.g. gaps", "duplicate");
    assertThat(json.getAsJsonObject("seconds").get("train").getAsDouble()).isEqualTo(1.235);
    assertThat(json.getAsJsonObject("baseline").get("auroc").isJsonNull()).isTrue();
    assertThat(record.missing()).containsExactly("baseline.auroc");
    assertThat(json.getAsJsonObject("memory").get("peak_bytes").getAsLong()).isGreaterThan(1 << 20);
  }

  @Test
  void theOrderOfSettingDoesNotMatter() {
    String one = new RunRecord().put("zebra", 1).put("seed", 2).put("test.auroc", 3L).toJson();
    String two = new RunRecord().put("test.auroc", 3L).put("seed", 2).put("zebra", 1).toJson();
    assertThat(one).isEqualTo(two);
    assertThat(one.indexOf("seed")).isLessThan(one.indexOf("zebra"));
  }

  @Test
  void aValueIsNotAlsoAnObject() {
    RunRecord record = new RunRecord().put("test", "none");
    assertThatThrownBy(() -> record.put("test.auroc", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test already holds a value");
  }

  @Test
  void standardInputHasNoChecksum() {
    RunRecord record = new RunRecord().input(InputFile.read("positives", "-"));
    assertThat(record.toJson()).contains("\"sha256\": null").contains("\"name\": \"-\"");
  }

  @Test
  void listsStayLists() {
    assertThat(JsonParser.parseString(new RunRecord().put("a", List.of(1, 2)).toJson()))
        .isEqualTo(JsonParser.parseString("{\"a\":[1,2]}"));
  }
}
