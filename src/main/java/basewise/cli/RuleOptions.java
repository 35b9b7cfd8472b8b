package basewise.cli;

import basewise.discovery.DiscoveryOptions;
import basewise.discovery.SiteRule;
import basewise.nn.Strands;
import picocli.CommandLine.Option;

/** How filters become motifs; the same words for discover and filters. */
final class RuleOptions {
  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description =
          "Which windows a filter's matrix is first counted from: basset, relmax, best or top"
              + " (default: basset).")
  SiteRule rule = DiscoveryOptions.DEFAULT.rule();

  /** The options as the discovery room knows them. */
  DiscoveryOptions toOptions(Strands strands) {
    return DiscoveryOptions.DEFAULT.withRule(rule).withBothStrands(strands == Strands.BOTH);
  }
}
