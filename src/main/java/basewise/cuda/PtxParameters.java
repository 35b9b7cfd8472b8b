package basewise.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kernel takes, read from its PTX: the driver itself believes whatever it is given, and
 * reads too much or the wrong bytes.
 *
 * @param sizes bytes of each parameter
 */
record PtxParameters(List<Integer> sizes) {
  private static final String ENTRY = ".entry";
  private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|(?s)/\\*.*?\\*/");
  private static final Pattern HEAD =
      Pattern.compile("\\.entry\\s+([\\w$]+)\\s*(?:\\(([^)]*)\\))?");
  private static final Pattern PARAMETER =
      Pattern.compile("\\.param\\s+(?:\\.align\\s+\\d+\\s+)?\\.([a-z]+)(\\d+)([^,]*)");
  private static final Pattern ARRAY = Pattern.compile("\\[(\\d+)\\]");

  PtxParameters {
    sizes = List.copyOf(sizes);
  }

  /** The kernels of a PTX text by name. */
  static Map<String, PtxParameters> ofEntries(String ptx) {
    Map<String, PtxParameters> entries = new LinkedHashMap<>();
    // Only heads are looked at closely: a text is long, and it is read while Java is still slow.
    for (int at = ptx.indexOf(ENTRY); at >= 0; at = ptx.indexOf(ENTRY, at + 1)) {
      if (ptx.substring(ptx.lastIndexOf('\n', at) + 1, at).contains("//")) {
        continue;
      }
      int body = ptx.indexOf('{', at);
      String text = ptx.substring(at, body < 0 ? ptx.length() : body);
      Matcher entry = HEAD.matcher(COMMENT.matcher(text).replaceAll(""));
      if (!entry.lookingAt()) {
        continue;
      }
      List<Integer> sizes = new ArrayList<>();
      String list = entry.group(2);
      Matcher parameter = PARAMETER.matcher(list == null ? "" : list);
      while (parameter.find()) {
        int bytes = Integer.parseInt(parameter.group(2)) / 8;
        Matcher array = ARRAY.matcher(parameter.group(3));
        sizes.add(array.find() ? bytes * Integer.parseInt(array.group(1)) : bytes);
      }
      entries.put(entry.group(1), new PtxParameters(sizes));
    }
    return entries;
  }

  /** Refuses arguments that are not as many or not as wide. */
  void check(String kernel, Object[] arguments) {
    if (arguments.length != sizes.size()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments, got %d".formatted(kernel, sizes.size(), arguments.length));
    }
    for (int i = 0; i < arguments.length; i++) {
      int bytes = arguments[i] instanceof Integer || arguments[i] instanceof Float ? 4 : 8;
      if (bytes != sizes.get(i)) {
        throw new IllegalArgumentException(
            "%s: argument %d is %d bytes wide, got %s"
                .formatted(kernel, i, sizes.get(i), arguments[i].getClass().getSimpleName()));
      }
    }
  }
}
