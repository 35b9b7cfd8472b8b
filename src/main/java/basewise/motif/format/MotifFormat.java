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
  MEME_XML(false, "XML of MEME, DREME or STREME");

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
    throw new InputException("--to", "no motif format '" + word + "' to write", "one of " + words);
  }
}
