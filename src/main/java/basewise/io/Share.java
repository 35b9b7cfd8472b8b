package basewise.io;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several shares of some work, such as 3/8: what does not fit one machine is done share by
 * share.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Share(int number, int of) {
  /** The most shares. */
  private static final int MOST = 1_000_000;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/(\\d{1,7})");

  /** All of the work. */
  public static final Share WHOLE = new Share(1, 1);

  /** Refuses what cannot be. */
  public Share {
    if (of < 1 || of > MOST || number < 1 || number > of) {
      throw new IllegalArgumentException(number + "/" + of + " is no share");
    }
  }

  /**
   * A share as a person types it.
   *
   * @param option that it was given to, for what is said of a mistake
   * @throws InputException if it is not a number, a slash and a number
   */
  public static Share parse(String option, String text) {
    Matcher m = TEXT.matcher(text);
    try {
      if (m.matches()) {
        return new Share(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw InputException.ofOption(
        option, "'" + text + "' is no share", "write 3/8 for the third of eight; at most " + MOST);
  }

  /** The first of so many items that belong to this share: floor(items (number - 1) / of). */
  public long start(long items) {
    return place(items, number - 1);
  }

  /** The end, exclusive, of those that belong to it. */
  public long end(long items) {
    return place(items, number);
  }

  /** floor(items k / of) without overflow. */
  private long place(long items, int k) {
    return items / of * k + items % of * k / of;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
