package basewise.report;

/**
 * Every kind of number in the report, with its meaning: shown on hover and focus, and in the
 * glossary.
 */
enum Term {
  RANK(
      "#",
      "Rank",
      "Place by held-out evidence: the smallest E-value first; where ln p of two is equal to a"
          + " tenth, the one with more influence. A variant does not outrank the motif whose sites"
          + " it shares, and repeat elements come last."),
  MOTIF(
      "Motif",
      "Motif",
      "Logo and consensus as found. IUPAC letters stand for several bases: R is A or G, Y is C or"
          + " T, S is C or G, W is A or T, K is G or T, M is A or C, N is any."),
  BEST_MATCH(
      "Best known match",
      "Best known match",
      "The most similar motif of the collection, by Tomtom's procedure. A match says what the motif"
          + " looks like; factors of one family often share a motif."),
  EVALUE(
      "E-value",
      "E-value (evidence)",
      "How many motifs this enriched in the held-out sequences would be expected by chance among"
          + " all that were tested: the p-value times the tests. Below 0.05 counts as found."),
  PVALUE(
      "p-value",
      "p-value (enrichment)",
      "Chance that the held-out positives hold at least this many of the sequences with a site if"
          + " positives and negatives were alike (one-sided hypergeometric test)."),
  POSITIVES(
      "In positives",
      "In positives",
      "Held-out positive sequences with at least one site. Below 2,000 positives every sequence is"
          + " held out once, by cross-validation."),
  NEGATIVES(
      "In negatives",
      "In negatives",
      "Held-out negative sequences with at least one site, by the same threshold. Where negatives"
          + " are shuffles and few, each positive is shuffled several times for this test."),
  MOTIF_AUROC(
      "AUROC alone",
      "AUROC alone",
      "How well this motif's best site by itself ranks held-out positives above negatives: 0.5 is"
          + " chance, 1 is perfect."),
  DEEPLIFT(
      "DeepLIFT",
      "DeepLIFT",
      "Shares the difference between the network's output for a sequence and for a reference out"
          + " among the bases, so that the shares add up to it; here the mean over 20 dinucleotide"
          + " shuffles of the sequence as references."),
  INFLUENCE(
      "Influence",
      "Influence",
      "Share of the network's effect that goes through this motif: the change of the output when"
          + " its signal is replaced by its mean."),
  SITES(
      "Sites",
      "Sites",
      "Pieces of sequences that were aligned to make the matrix: of the training part, or of all"
          + " where counts are cross-validated. Positions and strand below count the best site of"
          + " every positive that has one instead, whatever its part; the file of sites lists"
          + " every site with FIMO's p-value at most 1e-4, as scan does."),
  BITS(
      "Bits",
      "Information content",
      "How specific the matrix is, summed over its columns: about two bits are one fully"
          + " determined base. It is measured against the positives' own base composition."),
  FORWARD(
      "Forward strand",
      "Forward strand",
      "Share of the best sites of all positives that lie on the strand as given; near 50 % means no"
          + " preference."),
  MATCH_P(
      "p-value",
      "Match p-value",
      "Chance that a random motif resembles this one as well, at any offset and strand."),
  MATCH_E(
      "E-value", "Match E-value", "Matches this good expected by chance in the whole collection."),
  MATCH_Q(
      "q-value",
      "Match q-value",
      "Smallest share of false matches among all listed if this one is taken as true."),
  OFFSET(
      "Offset",
      "Offset",
      "How many columns the found motif starts after the known one; negative if before."),
  OVERLAP("Overlap", "Overlap", "Columns of the two motifs that lie on one another."),
  ORIENTATION(
      "Strand",
      "Strand of the match",
      "+ if the known motif matches as its collection has it, − if as its reverse complement."),
  AUROC(
      "AUROC",
      "AUROC (test)",
      "Area under the receiver operating characteristic: the chance that a held-out positive scores"
          + " above a held-out negative. 0.5 is guessing. Below 2,000 positives every sequence is"
          + " held out once, in a cross-validation of five folds."),
  AUPRC(
      "AUPRC",
      "AUPRC (test)",
      "Area under the precision-recall curve, as average precision. Guessing gives the share of"
          + " positives."),
  INTERVAL(
      "95 % interval",
      "95 % interval",
      "Where the number would fall in 95 of 100 redraws of the test examples (bootstrap)."),
  BASELINE(
      "k-mer baseline",
      "k-mer baseline",
      "Logistic regression on k-mer counts, trained on the same split. If the network is not above"
          + " it, the network did not earn its keep."),
  LOSS(
      "Loss",
      "Loss",
      "Mean cross-entropy per example; lower is better. Training falling while validation rises is"
          + " overfitting; the epoch with the best validation AUPRC is kept."),
  SEQLETS(
      "Seqlets",
      "Seqlets",
      "Short places where the bases contribute more to the network's output than chance would have"
          + " it, by TF-MoDISco's windows of 20 bases at a false discovery rate of 5 %."),
  CWM(
      "CWM",
      "CWM (contribution weight matrix)",
      "Mean contribution of each base at each position of a pattern's aligned seqlets, DeepSHAP's"
          + " share of the output's logit."),
  PFM(
      "PFM",
      "PFM (position frequency matrix)",
      "How often each base is at each position of a pattern's aligned seqlets, drawn as information"
          + " in bits."),
  SUBPATTERNS(
      "Subpatterns",
      "Subpatterns",
      "The seqlets of a pattern, clustered once more as they lie: variants, or companions beside"
          + " the motif."),
  SPACING_P(
      "Spacing p",
      "Spacing p-value",
      "How often the arrangement that stands out most stands out as much when the sequences that"
          + " have both patterns exchange their places of the second: (b + 1) / (n + 1) of up to"
          + " 4,999 permutations. q is Benjamini and Hochberg's over all pairs."),
  CHECKSUM(
      "SHA-256", "SHA-256", "Fingerprint of an input file: equal fingerprints are equal bytes.");

  /** Heading of a column. */
  final String label;

  /** Name in the glossary. */
  final String longName;

  /** The meaning, in one or two sentences. */
  final String meaning;

  Term(String label, String longName, String meaning) {
    this.label = label;
    this.longName = longName;
    this.meaning = meaning;
  }

  /** Id of the entry in the glossary. */
  String anchor() {
    return "term-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * The label as a link to the glossary; its meaning shows on hover and on focus, by the style
   * sheet alone.
   */
  String link() {
    return link(label, "term");
  }

  /** The label of a cell where the table is shown as cards and its heading is hidden. */
  String cellLabel() {
    return link(label, "term card-label");
  }

  /** Other words as such a link. */
  String link(String text) {
    return link(text, "term");
  }

  private String link(String text, String style) {
    return "<a class=\"%s\" href=\"#%s\" aria-describedby=\"%s-d\" data-tip=\"%s\">%s</a>"
        .formatted(style, anchor(), anchor(), Text.escape(meaning), Text.escape(text));
  }
}
