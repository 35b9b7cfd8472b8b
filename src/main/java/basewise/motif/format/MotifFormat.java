package basewise.motif.format;

import basewise.io.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The motif formats we know, and which of them we can write. */
public enum MotifFormat {
  /** MEME text, minimal or full, versions 3 to 5; DREME's and STREME's text too. */
  MEME(true, "MEME text (FIMO, Tomtom, tangermeme, ...)"),
  /** XML of MEME, DREME and STREME. */
  MEME_XML(false, "XML of MEME, DREME or STREME"),
  /** JASPAR since 2016, bracketed counts; the bare form of 2014 is read too. */
  JASPAR(true, "JASPAR, a bracketed row of counts a base"),
  /** TRANSFAC in JASPAR's dialect; those of RSAT, PRODORIC and TRANSFAC itself are read too. */
  TRANSFAC(true, "TRANSFAC records"),
  /** HOMER's .motif: consensus, name, threshold, and rows of probabilities. */
  HOMER(true, "HOMER .motif"),
  /** CIS-BP: keys, {@code Pos A C G T}, numbered rows of probabilities. */
  CISBP(true, "CIS-BP"),
  /** HOCOMOCO's counts, a row a position under {@code >id}; its log-odds are read too. */
  HOCOMOCO(true, "HOCOMOCO counts, a row a position"),
  /** UniPROBE's short form; its full report is read too. */
  UNIPROBE(true, "UniPROBE, a row of probabilities a base"),
  /** Cluster-Buster: a row of counts a position under {@code >id name}. */
  CLUSTER_BUSTER(true, "Cluster-Buster, a row of counts a position"),
  /** GimmeMotifs' .pfm; what is read of this and the like (HOCOMOCO, Cluster-Buster) says this. */
  GIMME(true, "GimmeMotifs .pfm, a row of probabilities a position"),
  /** ENCODE: the consensus letter before each row of probabilities. */
  ENCODE(true, "ENCODE, a letter and a row of probabilities a position"),
  /** Aligned sites as FASTA. */
  SITES(false, "aligned sites as FASTA"),
  /** AlignACE's report. */
  ALIGNACE(false, "AlignACE's report"),
  /** XMS, the XML of NestedMICA. */
  XMS(false, "XMS");

  private final boolean writable;
  private final String description;

  MotifFormat(boolean writable, String description) {
    this.writable = writable;
    this.description = description;
  }

  /** Whether {@link MotifFile#write} knows it. */
  public boolean writable() {
    return writable;
  }

  /** What it is, for help texts. */
  public String description() {
    return description;
  }

  /** The word a person types for it: {@code meme}, {@code meme-xml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The writable format of that word.
   *
   * @throws InputException if there is none; it lists the words that exist
   */
  public static MotifFormat toWrite(String word) {
    for (MotifFormat format : values()) {
      if (format.writable && format.word().equalsIgnoreCase(word)) {
        return format;
      }
    }
    String words =
        Arrays.stream(values())
            .filter(MotifFormat::writable)
            .map(MotifFormat::word)
            .collect(Collectors.joining(", "));
    throw InputException.ofOption(
        "--to", "no motif format '" + word + "' to write", "one of " + words);
  }
}
