package basewise.nn.network;

import basewise.nn.kernel.SpectralSizes;
import basewise.nn.kernel.SpectralWindows;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link Changes} through a convolution and the maximum over windows behind it, one variant at a
 * time behind the transforms: what comes out between them is never written to where it would have
 * to be fetched from.
 */
final class LocalPooled {
  /** Variants whose windows are of one length. */
  private static final class Group {
    final SpectralWindows windows = new SpectralWindows();
    int[] variant = new int[64];
    int n;

    void add(int v) {
      if (n == variant.length) {
        variant = Arrays.copyOf(variant, 2 * n);
      }
      variant[n++] = v;
    }
  }

  private final Convolution convolution;
  private final LocalPools pools;
  private final int positions;

  private LocalPooled(Convolution convolution, LocalPools pools, int positions) {
    this.convolution = convolution;
    this.pools = pools;
    this.positions = positions;
  }

  /**
   * What changes behind the maximum; null if what goes in does not suit it.
   *
   * @param positions of the convolution's outputs
   */
  static @Nullable Changes of(
      Convolution convolution, LocalPools pools, Changes in, int positions, Buffers buffers) {
    return convolution.floats().wide() && pools.tiles()
        ? new LocalPooled(convolution, pools, positions).changes(in, buffers)
        : null;
  }

  private int from(Changes in, int v) {
    int first = in.place()[in.first()[v]] + convolution.windows().left() - convolution.width() + 1;
    return Math.max(0, first);
  }

  private int until(Changes in, int v) {
    int last = in.place()[in.first()[v + 1] - 1] + convolution.windows().left();
    return Math.min(positions, last + 1);
  }

  private @Nullable Changes changes(Changes in, Buffers buffers) {
    Map<Integer, Group> groups = new TreeMap<>();
    int[] first = new int[in.first().length];
    for (int v = 0; v < in.variants(); v++) {
      int start = in.first()[v];
      int rows = in.first()[v + 1] - start;
      first[v + 1] = first[v];
      if (rows == 0) {
        continue;
      }
      int points = SpectralSizes.around(convolution.width(), rows);
      boolean together = in.place()[start + rows - 1] == in.place()[start] + rows - 1;
      if (points == 0 || !together) {
        return null;
      }
      if (from(in, v) < until(in, v)) {
        first[v + 1] += pools.endOf(from(in, v), until(in, v)) - pools.firstOf(from(in, v));
        Group group = groups.computeIfAbsent(points, n -> new Group());
        group.add(v);
        window(group.windows, in, v, points);
      }
    }
    int filters = convolution.filters();
    int[] place = new int[first[in.variants()]];
    for (int v = 0; v < in.variants(); v++) {
      for (int r = first[v]; r < first[v + 1]; r++) {
        place[r] = pools.firstOf(from(in, v)) + r - first[v];
      }
    }
    Changes out = new Changes(filters, first, place, buffers.any(place.length * filters));
    groups.forEach((points, group) ->
        convolution
            .floats()
            .spectrum(points)
            .run(
                group.windows,
                in.values(),
                (b, rows) -> {
                  int v = group.variant[b];
                  int to = first[v] * filters;
                  pools.neighbours(from(in, v), until(in, v), rows, out.values(), to);
                }));
    return out.compact();
  }

  /** The rows lie in the middle of the window: fewer distances from there take fewer sums. */
  private void window(SpectralWindows windows, Changes in, int v, int points) {
    int start = in.first()[v];
    int rows = in.first()[v + 1] - start;
    int channels = convolution.channels();
    int low = (points - rows) / 2;
    int ahead = low - (convolution.width() - 1) + points; // where output 0 is, once around
    int zero = in.place()[start] + convolution.windows().left() - convolution.width() + 1;
    windows.add(
        (start - low) * channels,
        low,
        low + rows,
        0,
        from(in, v) - zero + ahead,
        until(in, v) - zero + ahead);
  }
}
