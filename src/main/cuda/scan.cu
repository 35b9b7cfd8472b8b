// Every hit of some matrices by the sums of what every window loses, four columns a look-up.
//
// Java twin     scan.kernel.DenseHitKernel; its tables for the device: scan.kernel.DeviceSums, which lays them out as this
//               file reads them; the definition: scan.kernel.ScalarHitKernel
// Launch        blocks of 32 to 512 threads, a multiple of 32 (256 measured best on an H100); any grid: blocks go over the
//               tiles in strides. A lane takes four windows; two matrices, as a motif's strands, share a look-up
// Shared memory dynamic, DeviceTables.sharedBytes(threads, staged hits): 33.3 KB (1 KB for each four columns of two matrices,
//               at most 32), 8 bytes a staged hit
// Bytes moved   per base and launch: 0.4 of bases and unknown bits; hits 8 each; counts an atomic of 8 each
// Operations    per window of two matrices: a look-up for each four columns, 4 instructions each, and 5 to compare. 32 lanes
//               that look up among 256 words meet in a bank about 3.5 times
// Bound         shared memory: (columns / 4) x 3.5 cycles for 32 windows of two matrices. A motif of 15 columns on both
//               strands: H100 600 G bases/s, A100 350 G, RTX 4090 740 G, T4 150 G; 12 broad matrices of JASPAR (45 look-ups):
//               53, 31, 66 and 13 G bases/s. The bus that brings the bases is slower than one motif
#include "tiles.cuh"

// Units of a launch, and words of losses that shared memory holds.
#define MOST_UNITS 64u
#define MOST_WORDS 8192u
// Windows that a lane looks at together, 32 places from one to the next.
#define LANE_WINDOWS 4u

// Where things lie in the tables; cached: how many words of losses come into shared memory, all or none.
struct SumTables {
  u32 count;
  const uint4* units;
  const u32* losses;
  u32 cached;
  const uint4* records;
  const u32* ids;
};

__device__ __forceinline__ SumTables sum_tables(const u32* words) {
  SumTables t;
  t.count = __ldg(&words[0]);
  t.units = reinterpret_cast<const uint4*>(words + __ldg(&words[1]));
  t.losses = words + __ldg(&words[2]);
  t.cached = __ldg(&words[3]);
  t.records = reinterpret_cast<const uint4*>(words + __ldg(&words[4]));
  t.ids = words + __ldg(&words[5]);
  return t;
}

// One matrix, or two in the halves of a word: where its losses begin, how many steps (highest bit: two matrices), what
// they may lose, and the first matrix.
struct Unit {
  u32 losses;
  u32 steps;
  u32 budgets;
  u32 matrix;
};

struct SumShared {
  u32* tile;
  Unit* units;
  u32* losses;
};

// A window that affords its losses.
template <typename Sink>
__device__ __forceinline__ void afforded(Sink& sink, const SumTables& t, const Batch& batch, const Tile& tile, u32 matrix,
                                         u32 start, u32 loss) {
  uint4 head = __ldg(&t.records[2 * matrix]);
  if (start < tile.limit && known(batch.unknown, start, head.x)) {
    tell(sink, t.ids, matrix, __ldg(&t.records[2 * matrix + 1]), start - tile.first, head.y - loss);
  }
}

// Adds what up to four steps lose to each window of a lane; x: the 16 bases of each.
__device__ __forceinline__ void add_steps(u32* sums, const u32* x, const u32* losses, u32 steps) {
  for (u32 s = 0; s < steps; s++) {
UNROLL
    for (u32 q = 0; q < LANE_WINDOWS; q++) {
      sums[q] += losses[256 * s + (x[q] >> 8 * s & 0xff)];
    }
  }
}

// All windows of a unit that a lane looks at.
template <typename Sink>
__device__ __forceinline__ void unit_windows(Sink& sink, const SumTables& t, const Batch& batch, const Tile& tile,
                                             const u32* tile_bases, Unit unit, const u32* losses, u32 place,
                                             const u32* low, const u32* high) {
  u32 steps = unit.steps & 0x7fffffffu;
  u32 sums[LANE_WINDOWS];
UNROLL
  for (u32 q = 0; q < LANE_WINDOWS; q++) {
    sums[q] = 0;
  }
  add_steps(sums, low, losses, min(steps, 4u));
  if (steps > 4) {
    add_steps(sums, high, losses + 4 * 256, min(steps - 4, 4u));
  }
  for (u32 s = 8; s < steps; s += 4) {
    u32 x[LANE_WINDOWS];
UNROLL
    for (u32 q = 0; q < LANE_WINDOWS; q++) {
      u32 at = place + 32 * q + 4 * s;
      x[q] = 4 * s + 32 <= TILE_TRAIL ? tile16(tile_bases, at) : bases16(batch.bases, tile.place + at);
    }
    add_steps(sums, x, losses + s * 256, min(steps - s, 4u));
  }
  bool two = unit.steps >> 31;
UNROLL
  for (u32 q = 0; q < LANE_WINDOWS; q++) {
    u32 start = tile.place + place + 32 * q;
    u32 loss = two ? sums[q] & 0xffff : sums[q];
    if (loss <= (two ? unit.budgets & 0xffff : unit.budgets)) {
      afforded(sink, t, batch, tile, unit.matrix, start, loss);
    }
    if (two && sums[q] >> 16 <= unit.budgets >> 16) {
      afforded(sink, t, batch, tile, unit.matrix + 1, start, sums[q] >> 16);
    }
  }
}

// All units over all windows of a tile by all warps of the block; losses: in shared memory or not.
template <typename Sink>
__device__ __forceinline__ void tile_sums(Sink& sink, const SumTables& t, const Batch& batch, const Tile& tile,
                                          const SumShared& shared, const u32* losses) {
  u32 lane = threadIdx.x & 31;
  for (u32 chunk = (threadIdx.x >> 5) * 32 * LANE_WINDOWS; chunk < TILE; chunk += blockDim.x * LANE_WINDOWS) {
    u32 known_bits = 0;
    for (u32 q = 0; q < LANE_WINDOWS; q++) {
      known_bits |= ~__ldg(&batch.unknown[(tile.place + chunk + LEAD) / 32 + q]);
    }
    if (known_bits == 0) {
      continue;
    }
    u32 place = chunk + lane;
    u32 low[LANE_WINDOWS];
    u32 high[LANE_WINDOWS];
    UNROLL
    for (u32 q = 0; q < LANE_WINDOWS; q++) {
      low[q] = tile16(shared.tile, place + 32 * q);
      high[q] = tile16(shared.tile, place + 32 * q + 16);
    }
    for (u32 i = 0; i < t.count; i++) {
      Unit unit = shared.units[i];
      unit_windows(sink, t, batch, tile, shared.tile, unit, losses + unit.losses, place, low, high);
    }
  }
}

// One look at a tile. Two copies of the code, so that the compiler knows where losses lie.
template <typename Sink>
__device__ __forceinline__ void look_sums(Sink& sink, const SumTables& t, const Batch& batch, const Tile& tile,
                                          const SumShared& shared) {
  if (t.cached > 0) {
    tile_sums(sink, t, batch, tile, shared, shared.losses);
  } else {
    tile_sums(sink, t, batch, tile, shared, t.losses);
  }
}

// Lays out shared memory from a place on; tables come in once for all tiles of a block.
__device__ __forceinline__ SumShared sum_shared(unsigned char* memory, const SumTables& t) {
  SumShared s;
  s.units = reinterpret_cast<Unit*>(memory);
  s.losses = reinterpret_cast<u32*>(s.units + MOST_UNITS);
  s.tile = s.losses + MOST_WORDS;
  for (u32 i = threadIdx.x; i < t.count; i += blockDim.x) {
    uint4 u = __ldg(&t.units[i]);
    Unit unit = {u.x, u.y, u.z, u.w};
    s.units[i] = unit;
  }
  for (u32 i = threadIdx.x; i < t.cached; i += blockDim.x) {
    s.losses[i] = __ldg(&t.losses[i]);
  }
  return s;
}

// tables: DeviceSums.words(); the rest as index_hits.
extern "C" __global__ void scan_hits(const u32* __restrict__ tables, const u32* __restrict__ bases,
                                     const u32* __restrict__ unknown, const u32* __restrict__ limits, u32 stride,
                                     u32 tiles, u32 staged, u64* hits, u64 capacity, u32* tile_first, u32* tile_count,
                                     u64* counter) {
  DYNAMIC_SHARED(memory);
  SumTables t = sum_tables(tables);
  Batch batch = {bases, unknown, limits, stride};
  Staged* tile_hits = reinterpret_cast<Staged*>(memory);
  u64* stage = reinterpret_cast<u64*>(memory + sizeof(Staged));
  SumShared shared = sum_shared(reinterpret_cast<unsigned char*>(stage + ((staged + 1) & ~1u)), t);
  HitSink sink = {{hits, capacity, tile_first, tile_count, counter}, tile_hits, stage, staged, false};
  for (u32 number = blockIdx.x; number < tiles; number += gridDim.x) {
    Tile tile = tile_of(batch, number);
    __syncthreads();
    load_tile(batch, tile.place, shared.tile);
    bool again = false;
    do {
      sink.begin(again);
      __syncthreads();
      look_sums(sink, t, batch, tile, shared);
      again = sink.end(number);
    } while (again);
  }
}

// As index_histogram.
extern "C" __global__ void scan_histogram(const u32* __restrict__ tables, const u32* __restrict__ bases,
                                          const u32* __restrict__ unknown, const u32* __restrict__ limits, u32 stride,
                                          u32 tiles, u64* bins, u32 by_sum) {
  DYNAMIC_SHARED(memory);
  SumTables t = sum_tables(tables);
  Batch batch = {bases, unknown, limits, stride};
  SumShared shared = sum_shared(memory, t);
  BinSink sink = {bins, by_sum};
  for (u32 number = blockIdx.x; number < tiles; number += gridDim.x) {
    Tile tile = tile_of(batch, number);
    __syncthreads();
    load_tile(batch, tile.place, shared.tile);
    __syncthreads();
    look_sums(sink, t, batch, tile, shared);
  }
}
