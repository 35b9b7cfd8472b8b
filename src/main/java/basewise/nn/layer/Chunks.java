package basewise.nn.layer;

/**
 * A batch in chunks of consecutive sequences.
 *
 * @param n sequences
 * @param size sequences per chunk, the last may have fewer
 */
record Chunks(int n, int size) {
  int count() {
    return (n + size - 1) / size;
  }

  int from(int chunk) {
    return chunk * size;
  }

  int to(int chunk) {
    return Math.min(n, (chunk + 1) * size);
  }
}
