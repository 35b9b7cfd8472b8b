package basewise.scan.output;

import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import java.util.Arrays;

/** Thins out the hits of a block before they are counted or written. Thread-safe. */
public interface HitFilter {
  /** Keeps some hits, in order. */
  void thin(HitBlock hits);

  /** Whether hits must be sorted by start, motif and strand. */
  default boolean ordered() {
    return false;
  }

  /**
   * Of two hits of one motif at one place on both strands only the better stays; of equal ones that
   * of the forward strand, where FIMO's {@code --max-strand} tosses a coin.
   */
  static HitFilter maxStrand() {
    return new HitFilter() {
      @Override
      public void thin(HitBlock hits) {
        int kept = 0;
        for (int i = 0; i < hits.size(); i++) {
          boolean twin =
              kept > 0
                  && hits.start(kept - 1) == hits.start(i)
                  && hits.motif(kept - 1) == hits.motif(i);
          if (!twin) {
            hits.keep(kept++, i);
          } else if (hits.sum(i) > hits.sum(kept - 1)) {
            hits.keep(kept - 1, i);
          }
        }
        hits.truncate(kept);
      }

      @Override
      public boolean ordered() {
        return true;
      }
    };
  }

  /** Only hits of a q-value of at most this. */
  static HitFilter qvalue(QValues qvalues, double most) {
    int[] cutoff = new int[qvalues.oriented()];
    Arrays.setAll(cutoff, o -> qvalues.cutoff(o, most));
    return hits -> {
      int kept = 0;
      for (int i = 0; i < hits.size(); i++) {
        if (hits.sum(i) >= cutoff[hits.oriented(i)]) {
          hits.keep(kept++, i);
        }
      }
      hits.truncate(kept);
    };
  }

  /** A sink that gets what is left. */
  default <T> HitSink<T> into(HitSink<T> sink) {
    return new HitSink<>() {
      @Override
      public boolean ordered() {
        return HitFilter.this.ordered() || sink.ordered();
      }

      @Override
      public long firstBlock() {
        return sink.firstBlock();
      }

      @Override
      public boolean numbered() {
        return sink.numbered();
      }

      @Override
      public T prepare(HitBlock hits) {
        thin(hits);
        return sink.prepare(hits);
      }

      @Override
      public void write(T prepared) {
        sink.write(prepared);
      }
    };
  }
}
