package basewise.genome;

/** A block whose pieces are decided before their bases are read. */
interface PlannedBlock {
  /** Makes it empty. */
  void clear(long newNumber);

  /** Room for bases of one more piece that starts at a place of its contig; may be negative. */
  int room(long start);

  /** How many pieces there are. */
  int pieces();

  /** As {@link SequenceBlock#add}. */
  void add(String name, int sequence, long start, int n, boolean contigEnds, int overlap);

  /** No piece will follow. */
  void finish();

  /** Gives it its running number. */
  void number(long newNumber);
}
