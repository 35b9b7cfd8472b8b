// onehot_conv, onehot_conv_wide: the first layer of a motif network, forward and fused: one-hot DNA meets filters as
// look-ups of pairs of bases, then the maximum over positions (and strands), the folded batch norm's offset, the activation.
// motif_head: the two dense layers behind it.
//
// Java twins: nn.kernel.ScalarMotifKernel.best + nn.FilterBank + FilterActivation.apply (onehot_conv), nn.Dense.apply twice
//   with a ReLU between (motif_head). A score adds the same floats in the same order (pairs of columns, ascending, from 0),
//   the maximum takes the first of equals, the dense layers add in the order of their inputs and round every product:
//   bit-equal, sites too; with the exponential activation values may differ by one unit of the last place of a float.
//
// Launch: blocks of 32 * warps threads; gridDim.x = tiles * groups. A tile is the filters of one warp: 32 with both strands
//   (each lane adds to one filter's two strands), 64 with one (two filters a lane). A block copies the tables of its tile to
//   shared memory once; its warps then take (sequence, window of the maximum) tasks until none is left. Eight positions at a
//   time: one broadcast word of row numbers serves sixteen look-ups. motif_head: a warp per sequence.
// Shared memory: pairs * 6,400 bytes of tables (width 19: 64,000) + warps * 2 * (stage + 2 * pairs + 8) bytes of row numbers;
//   stage is 64 to 256 positions, so that width 20 fits the 64 KiB of a T4. Filters too wide for that: onehot_conv_wide reads
//   the tables through the first-level cache. motif_head: 4 * hidden bytes a warp.
// Device memory, per sequence: length bytes in for each tile, 4 * windows * filters bytes out (twice with sites).
// Operations, per position and tile, both strands: pairs 8-byte look-ups a lane (2 cycles of the multiprocessor's shared memory
//   each, 32 lanes * 8 bytes against 128 bytes a cycle), 2 * pairs float additions a lane, pairs integer additions a lane.
// Bound: shared memory. Cycles per sequence = 2 * pairs * positions * tiles * 17 / 16; with 64 filters of width 19, both
//   strands, 200 bases: 7,740 cycles of one multiprocessor. Sequences/s at boost clock (multiprocessors * clock / cycles):
//   H100 SXM 132 * 1.98 GHz: 33.8 M; A100 108 * 1.41: 19.7 M; RTX 4090 128 * 2.52: 41.7 M; T4 40 * 1.59: 8.2 M.
#include "neural.cuh"

// The two sums that one look-up adds to: both strands of a filter, or two neighbouring filters.
struct alignas(8) TwoSums {
  float first;
  float second;
};

#define TWO_SUMS 8
// Rows of a table of two neighbouring bases: codes 0-4 twice.
#define PAIR_ROWS 25
#define PAIR_TABLE (PAIR_ROWS * 32 * TWO_SUMS)
#define AT_ONCE 8

// The best of what one lane adds to, and where.
struct Best {
  float value;
  int site;
};

__device__ __forceinline__ void keep_best(Best& best, float value, int site) {
  if (value > best.value) {
    best.value = value;
    best.site = site;
  }
}

// Row numbers, in bytes, of positions [at, at + n) of a sequence; beyond its end lie Ns.
__device__ __forceinline__ void stage_rows(const u8* codes, int length, int at, int n, u16* rows) {
  for (int i = threadIdx.x & 31; i < n; i += 32) {
    int first = at + i < length ? codes[at + i] : UNKNOWN_BASE;
    int second = at + i + 1 < length ? codes[at + i + 1] : UNKNOWN_BASE;
    rows[i] = (u16)((5 * first + second) * 32 * TWO_SUMS);
  }
}

__device__ __forceinline__ void write_best(Best best, int filter, int filters, const float* offsets, int activation,
                                         u64 at, float* values, int* sites) {
  if (filter < filters) {
    values[at + filter] = activated(activation, best.value + offsets[filter]);
    if (sites) {
      sites[at + filter] = best.site;
    }
  }
}

// The tasks of one warp; tables are those of its tile, wherever they lie.
__device__ __forceinline__ void best_windows(const u8* __restrict__ codes, int sequences, int length,
                                               const u8* tables, int filters, int width, int both, int pool,
                                               int windows, const float* __restrict__ offsets, int activation, int stage,
                                               u16* rows, int tile, int first, int step,
                                               float* __restrict__ values, int* __restrict__ sites) {
  int lane = threadIdx.x & 31;
  int pairs = (width + 1) / 2;
  const u8* mine = tables + lane * TWO_SUMS;
  int tasks = sequences * windows;
  for (int task = first; task < tasks; task += step) {
    int sequence = task / windows;
    int from = task % windows * pool;
    int to = from + pool;
    Best one = {no_score(), -1};
    Best two = {no_score(), -1};
    for (int start = from; start < to; start += stage) {
      int end = start + stage < to ? start + stage : to;
      __syncwarp();
      stage_rows(codes + (u64)sequence * length, length, start, end - start + 2 * pairs + AT_ONCE, rows);
      __syncwarp();
      for (int p = start; p < end; p += AT_ONCE) {
        const u16* here = rows + (p - start);
        float a[AT_ONCE];
        float b[AT_ONCE];
        u32 row[AT_ONCE];
#pragma unroll
        for (int i = 0; i < AT_ONCE; i++) {
          a[i] = 0.0f;
          b[i] = 0.0f;
          row[i] = here[i];
        }
        const u8* table = mine;
        for (int t = 0; t < pairs; t++) {
#pragma unroll
          for (int i = 0; i < AT_ONCE; i++) {
            TwoSums w = *(const TwoSums*)(table + row[i]);
            a[i] += w.first;
            b[i] += w.second;
          }
          table += PAIR_TABLE;
#pragma unroll
          for (int i = 0; i + 2 < AT_ONCE; i++) {
            row[i] = row[i + 2];
          }
          // Two rows at once: p - start and 2 t are even.
          u32 next = *(const u32*)(here + 2 * t + AT_ONCE);
          row[AT_ONCE - 2] = next & 0xffffu;
          row[AT_ONCE - 1] = next >> 16;
        }
#pragma unroll
        for (int i = 0; i < AT_ONCE; i++) {
          if (p + i < end) {
            if (both) {
              keep_best(one, a[i], 2 * (p + i));
              keep_best(one, b[i], 2 * (p + i) + 1);
            } else {
              keep_best(one, a[i], 2 * (p + i));
              keep_best(two, b[i], 2 * (p + i));
            }
          }
        }
      }
    }
    u64 at = (u64)task * filters;
    if (both) {
      write_best(one, tile * 32 + lane, filters, offsets, activation, at, values, sites);
    } else {
      write_best(one, tile * 64 + 2 * lane, filters, offsets, activation, at, values, sites);
      write_best(two, tile * 64 + 2 * lane + 1, filters, offsets, activation, at, values, sites);
    }
  }
}

// codes [sequences][length], 0-4; tables [tile][pair][25][lane] of TwoSums; windows of the maximum of pool positions each,
// windows * pool + width - 1 <= length; offsets [filters]; values, and sites unless null: [sequences][windows][filters],
// a site being 2 * position + strand.
extern "C" __global__ void onehot_conv(const u8* codes, int sequences, int length, const u8* tables,
                                       int tiles, int filters, int width, int both, int pool, int windows,
                                       const float* offsets, int activation, int stage, float* values, int* sites) {
  DYNAMIC_SHARED(shared);
  int pairs = (width + 1) / 2;
  int tile = blockIdx.x % tiles;
  int words = pairs * PAIR_TABLE / 4;
  const u32* from = (const u32*)(tables + (u64)tile * pairs * PAIR_TABLE);
  u32* to = (u32*)shared;
  for (int i = threadIdx.x; i < words; i += blockDim.x) {
    to[i] = from[i];
  }
  __syncthreads();
  int warps = blockDim.x / 32;
  int warp = threadIdx.x / 32;
  u16* rows = (u16*)(shared + pairs * PAIR_TABLE) + warp * (stage + 2 * pairs + AT_ONCE);
  int group = blockIdx.x / tiles;
  int groups = gridDim.x / tiles;
  best_windows(codes, sequences, length, shared, filters, width, both, pool, windows, offsets, activation, stage, rows, tile,
                 group * warps + warp, groups * warps, values, sites);
}

// The same with the tables where they are.
extern "C" __global__ void onehot_conv_wide(const u8* codes, int sequences, int length, const u8* tables,
                                            int tiles, int filters, int width, int both, int pool, int windows,
                                            const float* offsets, int activation, int stage, float* values, int* sites) {
  DYNAMIC_SHARED(shared);
  int pairs = (width + 1) / 2;
  int tile = blockIdx.x % tiles;
  int warps = blockDim.x / 32;
  int warp = threadIdx.x / 32;
  u16* rows = (u16*)shared + warp * (stage + 2 * pairs + AT_ONCE);
  int group = blockIdx.x / tiles;
  int groups = gridDim.x / tiles;
  best_windows(codes, sequences, length, tables + (u64)tile * pairs * PAIR_TABLE, filters, width, both,
                 pool, windows, offsets, activation, stage, rows, tile, group * warps + warp, groups * warps, values, sites);
}

// values [sequences][in]; first [in][hidden], second [hidden][tasks]; logits [sequences][tasks].
extern "C" __global__ void motif_head(const float* __restrict__ values, int sequences, int in,
                                      const float* __restrict__ first, const float* __restrict__ firstBias, int hidden,
                                      const float* __restrict__ second, const float* __restrict__ secondBias, int tasks,
                                      float* __restrict__ logits) {
  DYNAMIC_SHARED(shared);
  int lane = threadIdx.x & 31;
  int warps = blockDim.x / 32;
  float* units = (float*)shared + (threadIdx.x / 32) * hidden;
  for (int s = blockIdx.x * warps + threadIdx.x / 32; s < sequences; s += gridDim.x * warps) {
    const float* x = values + (u64)s * in;
    for (int h = lane; h < hidden; h += 32) {
      float sum = firstBias[h];
      for (int i = 0; i < in; i++) {
        float v = x[i];
        if (v != 0.0f) {
          sum = plus_product(sum, v, first[(u64)i * hidden + h]);
        }
      }
      units[h] = sum > 0.0f ? sum : 0.0f;
    }
    __syncwarp();
    for (int o = lane; o < tasks; o += 32) {
      float sum = secondBias[o];
      for (int h = 0; h < hidden; h++) {
        float v = units[h];
        if (v != 0.0f) {
          sum = plus_product(sum, v, second[(u64)h * tasks + o]);
        }
      }
      logits[(u64)s * tasks + o] = sum;
    }
    __syncwarp();
  }
}
