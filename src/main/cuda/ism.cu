// ism: in-silico mutagenesis of a motif network: what each of the three substitutions of each base does to the outputs.
// A substitution changes the scores of the filters' windows that hold it, each by the difference of two weights; what is the
// largest of all other windows is known from both ends. What changes in the dense layers is carried as a difference.
//
// Java twins: nn.device.PlainMutagenesis, bit-equal (the same additions in the same order; with the exponential activation
//   each activated value may differ by a unit of a float's last place); nn.network.LocalPass and passes of whole mutants
//   within 1e-5 of the largest difference.
//
// Launch: a block of 32 * warps threads, at most 128, for a sequence at a time, any grid; a warp for a position and its
//   three mutants.
// Shared memory: 16 * width * filters bytes of weights where they fit (width 19, 64 filters: 19,456), (1 + 3 * warps) *
//   hidden floats, and the sequence.
// Device memory: scratch, (4 * pool + 1) * windows * filters floats a block: scores of both strands [position][2][filters], maxima from both
//   ends [position][filters] twice, pooled values. Per sequence: length bytes in, 16 * length * tasks bytes out, 16 * positions *
//   filters written once and read through the first-level cache.
// Operations: per base, three mutants, both strands, and lane of a filter: width * 2 * (1 score and 4 weights read, 3
//   subtractions, 3 additions, 3 maxima, 6 choices); behind that, for each filter whose maximum moves, hidden products.
// Bound: shared memory and the first-level cache, 128 bytes a cycle together: cycles per sequence = positions * width * 2 * 5 * filters / 32. With 64
//   filters of width 19, both strands, 200 bases: 69,000 (windows at the ends are fewer). Sequences/s at boost clock: H100 SXM
//   132 * 1.98 GHz: 3.8 M; A100 108 * 1.41: 2.2 M; RTX 4090 128 * 2.52: 4.7 M; T4 40 * 1.59: 0.92 M.
#include "neural.cuh"

// Maxima are read so many at a time, as each store would make the next read wait.
#define MAXIMA_AT_ONCE 8

// A block's part of the scratch.
struct IsmScratch {
  float* scores;   // [position][forward, reverse][filters]
  float* up_to;    // [position][filters]: the largest score of the window of the maximum up to here
  float* onwards;  // [position][filters]: and from here on
  float* pooled;   // [window][filters]
};

struct IsmShape {
  int length;
  int filters;
  int width;
  int both;
  int pool;
  int windows;
};

// Scores of all windows on both strands as MotifKernel adds them: pairs of columns, ascending. A thread has one filter in
// a window: neighbouring lanes read neighbouring weights.
__device__ __forceinline__ void all_scores(const u8* codes, const float* __restrict__ weights, IsmShape shape,
                                           IsmScratch to) {
  int filters = shape.filters;
  int column = ALL_CODES * filters;
  int n = shape.pool * shape.windows * filters;
  int last = shape.width - 1;
  for (int i = threadIdx.x; i < n; i += blockDim.x) {
    int p = i / filters;
    int f = i - p * filters;
    const u8* window = codes + p;
    const float* ahead = weights + f;
    const float* back = weights + last * column + f;
    float forward = 0.0f;
    float reverse = 0.0f;
    for (int j = 0; j <= last; j += 2) {
      int c = window[j];
      float one = __ldg(ahead + c * filters);
      float two = shape.both ? __ldg(back + (c == UNKNOWN_BASE ? c : 3 - c) * filters) : 0.0f;
      if (j < last) {
        int d = window[j + 1];
        one += __ldg(ahead + column + d * filters);
        two += shape.both ? __ldg(back - column + (d == UNKNOWN_BASE ? d : 3 - d) * filters) : 0.0f;
      }
      forward += one;
      reverse += two;
      ahead += 2 * column;
      back -= 2 * column;
    }
    to.scores[2 * p * filters + f] = forward;
    if (shape.both) {
      to.scores[(2 * p + 1) * filters + f] = reverse;
    }
  }
}

// Maxima of one filter in one window, from its one end to the other.
__device__ __forceinline__ float maxima(IsmShape shape, const float* scores, float* out, int start, int f, bool backwards) {
  float best = no_score();
  for (int from = 0; from < shape.pool; from += MAXIMA_AT_ONCE) {
    float next[MAXIMA_AT_ONCE];
#pragma unroll
    for (int i = 0; i < MAXIMA_AT_ONCE; i++) {
      int at = from + i;
      next[i] = no_score();
      if (at < shape.pool) {
        int p = start + (backwards ? shape.pool - 1 - at : at);
        const float* s = scores + 2 * p * shape.filters + f;
        next[i] = shape.both ? fmaxf(s[0], s[shape.filters]) : s[0];
      }
    }
#pragma unroll
    for (int i = 0; i < MAXIMA_AT_ONCE; i++) {
      int at = from + i;
      best = fmaxf(best, next[i]);
      if (at < shape.pool) {
        out[(start + (backwards ? shape.pool - 1 - at : at)) * shape.filters + f] = best;
      }
    }
  }
  return best;
}

// By how much a column's weight changes from a base's to those of the three others, in their order.
struct Changes {
  float one;
  float two;
  float three;
};

__device__ __forceinline__ Changes changes_of(float a, float c, float g, float t, int code) {
  float was = code == 0 ? a : code == 1 ? c : code == 2 ? g : t;
  Changes by = {(code == 0 ? c : a) - was, (code <= 1 ? g : c) - was, (code <= 2 ? t : g) - was};
  return by;
}

// Changes of a filter's activated maximum in one window under three substitutions of position i. columns: weights
// [width][filters], wherever they lie.
__device__ __forceinline__ void pooled_changes(const float4* columns, IsmShape shape, IsmScratch from,
                                               const float* __restrict__ offsets, int activation, int i, int code,
                                               int window, int f, float* change) {
  int filters = shape.filters;
  int start = window * shape.pool;
  int end = start + shape.pool;
  int first = i - shape.width + 1 > start ? i - shape.width + 1 : start;
  int last = i < end - 1 ? i : end - 1;
  float rest = no_score();
  if (first > start) {
    rest = from.up_to[(first - 1) * filters + f];
  }
  if (last < end - 1) {
    rest = fmaxf(rest, from.onwards[(last + 1) * filters + f]);
  }
  float a = rest;
  float b = rest;
  float c = rest;
  // Positions backwards are columns forwards; on the reverse strand they are columns backwards, of complements.
  const float* score = from.scores + 2 * last * filters + f;
  const float4* ahead = columns + (i - last) * filters + f;
  const float4* back = columns + (shape.width - 1 - (i - last)) * filters + f;
  for (int p = last; p >= first; p--) {
    float forward = score[0];
    float4 x = *ahead;
    Changes by = changes_of(x.x, x.y, x.z, x.w, code);
    a = fmaxf(a, forward + by.one);
    b = fmaxf(b, forward + by.two);
    c = fmaxf(c, forward + by.three);
    if (shape.both) {
      float reverse = score[filters];
      float4 y = *back;
      by = changes_of(y.w, y.z, y.y, y.x, code);
      a = fmaxf(a, reverse + by.one);
      b = fmaxf(b, reverse + by.two);
      c = fmaxf(c, reverse + by.three);
    }
    score -= 2 * filters;
    ahead += filters;
    back -= filters;
  }
  float before = from.pooled[window * filters + f];
  change[0] = activated(activation, a + offsets[f]) - before;
  change[1] = activated(activation, b + offsets[f]) - before;
  change[2] = activated(activation, c + offsets[f]) - before;
}

// codes [sequences][length], 0-4; weights [width][5 codes][filters], times the batch norm's scale; columns the same as
// [width][filters][4], 16-byte aligned, copied to shared memory if columns_cached; offsets [filters]; the maximum is over
// windows of pool positions, windows * pool + width - 1 <= length; first [windows * filters][hidden], second
// [hidden][tasks]; scratch scratch_floats a block; out [sequences][length][4][tasks], 0 for the base that is there and at N.
extern "C" __global__ void __launch_bounds__(128, 4) ism(
        const u8* codes, int sequences, int length, const float* __restrict__ weights, const float4* columns,
        int columns_cached, int filters, int width, int both, int pool, int windows, const float* __restrict__ offsets,
        int activation, const float* __restrict__ first, const float* __restrict__ firstBias, int hidden,
        const float* __restrict__ second, int tasks, float* scratch, u64 scratch_floats, float* out) {
  DYNAMIC_SHARED(shared);
  IsmShape shape = {length, filters, width, both, pool, windows};
  int positions = pool * windows;
  int lane = threadIdx.x & 31;
  int warp = threadIdx.x / 32;
  int warps = blockDim.x / 32;
  float4* cached = reinterpret_cast<float4*>(shared);
  int cached_columns = columns_cached ? width * filters : 0;
  float* units = reinterpret_cast<float*>(cached + cached_columns);
  float* moves = units + (1 + 3 * warp) * hidden;
  u8* sequence = reinterpret_cast<u8*>(units + (1 + 3 * warps) * hidden);
  for (int i = threadIdx.x; i < cached_columns; i += blockDim.x) {
    cached[i] = columns[i];
  }
  IsmScratch mine;
  mine.scores = scratch + blockIdx.x * scratch_floats;
  mine.up_to = mine.scores + 2 * static_cast<u64>(positions) * filters;
  mine.onwards = mine.up_to + static_cast<u64>(positions) * filters;
  mine.pooled = mine.onwards + static_cast<u64>(positions) * filters;
  for (int s = blockIdx.x; s < sequences; s += gridDim.x) {
    for (int i = threadIdx.x; i < length; i += blockDim.x) {
      sequence[i] = codes[static_cast<u64>(s) * length + i];
    }
    __syncthreads();
    all_scores(sequence, weights, shape, mine);
    __syncthreads();
    // Both directions side by side.
    for (int i = threadIdx.x; i < 2 * windows * filters; i += blockDim.x) {
      bool backwards = i >= windows * filters;
      int at = backwards ? i - windows * filters : i;
      int w = at / filters;
      int f = at - w * filters;
      float best = maxima(shape, mine.scores, backwards ? mine.onwards : mine.up_to, w * pool, f, backwards);
      if (!backwards) {
        mine.pooled[at] = activated(activation, best + offsets[f]);
      }
    }
    __syncthreads();
    for (int h = threadIdx.x; h < hidden; h += blockDim.x) {
      float sum = firstBias[h];
      for (int i = 0; i < windows * filters; i++) {
        float v = mine.pooled[i];
        if (v != 0.0f) {
          sum = plus_product(sum, v, first[static_cast<u64>(i) * hidden + h]);
        }
      }
      units[h] = sum;
    }
    __syncthreads();
    for (int i = warp; i < length; i += warps) {
      float* to = out + (static_cast<u64>(s) * length + i) * 4 * tasks;
      int code = sequence[i];
      for (int o = lane; o < 4 * tasks; o += 32) {
        to[o] = 0.0f;
      }
      for (int h = lane; h < 3 * hidden; h += 32) {
        moves[h] = 0.0f;
      }
      __syncwarp();
      int from = i - width + 1 > 0 ? i - width + 1 : 0;
      int until = i < positions - 1 ? i : positions - 1;
      if (code == UNKNOWN_BASE || from > until) {
        continue;
      }
      for (int w = from / pool; w <= until / pool; w++) {
        for (int tile = 0; tile < filters; tile += 32) {
          float change[3] = {0.0f, 0.0f, 0.0f};
          if (tile + lane < filters) {
            if (columns_cached) {
              pooled_changes(cached, shape, mine, offsets, activation, i, code, w, tile + lane, change);
            } else {
              pooled_changes(columns, shape, mine, offsets, activation, i, code, w, tile + lane, change);
            }
          }
#pragma unroll
          for (int k = 0; k < 3; k++) {
            for (u32 moved = __ballot_sync(ALL_LANES, change[k] != 0.0f); moved != 0; moved &= moved - 1) {
              int f = __ffs(static_cast<int>(moved)) - 1;
              float move = __shfl_sync(ALL_LANES, change[k], f);
              const float* row = first + static_cast<u64>(w * filters + tile + f) * hidden;
              for (int h = lane; h < hidden; h += 32) {
                moves[k * hidden + h] = plus_product(moves[k * hidden + h], move, row[h]);
              }
            }
          }
        }
      }
      // Each lane reads what it wrote: units lane, lane + 32, ...; then the lanes' sums, halves onto halves.
      for (int k = 0; k < 3; k++) {
        int other = k + (k >= code);
        for (int o = 0; o < tasks; o++) {
          float sum = 0.0f;
          for (int h = lane; h < hidden; h += 32) {
            float before = units[h] > 0.0f ? units[h] : 0.0f;
            float after = units[h] + moves[k * hidden + h];
            float by = (after > 0.0f ? after : 0.0f) - before;
            if (by != 0.0f) {
              sum = plus_product(sum, by, second[static_cast<u64>(h) * tasks + o]);
            }
          }
#pragma unroll
          for (int half = 16; half > 0; half /= 2) {
            sum += __shfl_down_sync(ALL_LANES, sum, static_cast<u32>(half));
          }
          if (lane == 0) {
            to[other * tasks + o] = sum;
          }
        }
      }
      __syncwarp();
    }
    __syncthreads();
  }
}
