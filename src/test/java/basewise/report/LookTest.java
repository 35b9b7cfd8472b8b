package basewise.report;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LookTest {
  @Test
  void write() {
    HtmlReport.write(ToyDiscovery.report(), Path.of("target/look/report.html"));
    SequenceLogo.of(ToyDiscovery.report().motifs().get(0).motif())
        .write(Path.of("target/look/logo.png"));
    SequenceLogo.of(ToyDiscovery.report().motifs().get(0).motif())
        .write(Path.of("target/look/logo.svg"));
  }
}
