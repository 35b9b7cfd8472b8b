// Every hit of many matrices by an index of words of K bases: each place's word names the matrices whose core it may be,
// with what is left of their budget; what their other columns lose decides.
//
// Java twin     scan.kernel.KmerIndexKernel; its tables for the device: scan.kernel.DeviceIndex, which lays them out as
//               this file reads them; the definition: scan.kernel.ScalarHitKernel
// Launch        blocks of 32 to 1,024 threads, a multiple of 32; any grid: blocks go over the tiles in strides
// Shared memory dynamic, DeviceIndex.sharedBytes(threads, staged hits)
#include "tiles.cuh"

// Where things lie in the tables, in words.
struct IndexTables {
  const u32* words;
  u32 k;
  u32 matrices;
  const u32* heads;
  const uint2* entries;
  const u32* filters;
  const uint4* records;
  const u16* losses;
  const u32* steps;
  const u32* ids;
  u32 filters_cached;
};

__device__ __forceinline__ IndexTables index_tables(const u32* words) {
  IndexTables t;
  t.words = words;
  t.k = __ldg(&words[0]);
  t.matrices = __ldg(&words[1]);
  t.heads = words + __ldg(&words[2]);
  t.entries = reinterpret_cast<const uint2*>(words + __ldg(&words[3]));
  t.filters = words + __ldg(&words[4]);
  t.records = reinterpret_cast<const uint4*>(words + __ldg(&words[5]));
  t.losses = reinterpret_cast<const u16*>(words + __ldg(&words[6]));
  t.steps = words + __ldg(&words[7]);
  t.ids = words + __ldg(&words[8]);
  t.filters_cached = __ldg(&words[9]);
  return t;
}

#define LEFT_BITS 14
#define LEFT_MASK ((1u << LEFT_BITS) - 1)
// A count that stands for: the first entry says how many follow its pair.
#define MANY 255u
#define QUEUE 64u
// Filters look at places from so many before a core on.
#define FILTER_BEFORE 64u

// What a step's columns lose; a step as RestTables packs it.
__device__ __forceinline__ u32 step_loss(const IndexTables& t, const u32* bases, u32 place, u32 step, u32 number) {
  u32 from = place + static_cast<u32>(static_cast<int>(step) >> 22);
  u32 left = bases16(bases, from);
  u32 right = bases16(bases, from + (step >> 17 & 31));
  u32 at = ((right ^ ((left ^ right) & step)) & step >> 8) & 0xff;
  return __ldg(&t.losses[number * 256 + at]);
}

// A candidate that passed the filters, to the end.
template <typename Sink>
__device__ __forceinline__ void finish(Sink& sink, const IndexTables& t, const Batch& batch, const Tile& tile, u32 entry,
                                       u32 place) {
  u32 m = entry >> LEFT_BITS;
  int left = static_cast<int>(entry & LEFT_MASK);
  uint4 head = __ldg(&t.records[2 * m]);
  uint4 tail = __ldg(&t.records[2 * m + 1]);
  u32 core = head.z >> 16;
  u32 steps = head.z & 0xffff;
  u32 start = place - core;
  if (static_cast<int>(start) < static_cast<int>(tile.first) || start >= tile.limit) {
    return;
  }
  left -= static_cast<int>(step_loss(t, batch.bases, place, head.x, head.y));
  for (u32 i = 1; i < steps && left >= 0; i++) {
    u32 step = i == 1 ? tail.w : __ldg(&t.steps[head.y + i]);
    left -= static_cast<int>(step_loss(t, batch.bases, place, step, head.y + i));
  }
  if (left >= 0 && known(batch.unknown, start, head.w)) {
    tell(sink, t.ids, m, tail, start - tile.first, static_cast<u32>(left));
  }
}

// Places in shared memory.
struct IndexShared {
  u32* tile;
  u32* filters;
  uint2* queue;
};

// One look at a tile by all warps of the block.
template <typename Sink>
__device__ __forceinline__ void look(Sink& sink, const IndexTables& t, const Batch& batch, const Tile& tile,
                                     const IndexShared& shared) {
  u32 lane = threadIdx.x & 31;
  u32 warps = blockDim.x >> 5;
  uint2* queue = shared.queue + (threadIdx.x >> 5) * QUEUE;
  const u32* filters = t.filters_cached ? shared.filters : t.filters;
  u32 mask = (1u << 2 * t.k) - 1;
  u32 below = (1u << lane) - 1;
  u32 queued = 0;
  for (u32 chunk = (threadIdx.x >> 5) * 32; chunk < TILE; chunk += warps * 32) {
    u32 unknown = __ldg(&batch.unknown[(tile.place + chunk + LEAD) >> 5]);
    if (unknown == ALL_LANES) {
      continue;
    }
    u32 count = 0;
    u32 begin = 0;
    if ((unknown >> lane & 1) == 0) {
      u32 head = __ldg(&t.heads[tile16(shared.tile, chunk + lane) & mask]);
      count = head & 255;
      begin = head >> 8 << 1;
      if (count == MANY) {
        count = __ldg(&t.entries[begin]).x;
        begin += 2;
      }
    }
    // Where the candidates of each lane end among those of the warp.
    u32 end = count;
    for (u32 by = 1; by < 32; by <<= 1) {
      u32 other = __shfl_up_sync(ALL_LANES, end, by);
      end += lane >= by ? other : 0;
    }
    u32 shift = begin - (end - count);
    u32 total = __shfl_sync(ALL_LANES, end, 31);
    for (u32 from = 0; from < total; from += 32) {
      u32 i = from + lane;
      u32 owner = 0;
      for (u32 by = 16; by > 0; by >>= 1) {
        u32 other = __shfl_sync(ALL_LANES, end, owner + by - 1);
        owner += other <= i ? by : 0;
      }
      u32 at = __shfl_sync(ALL_LANES, shift, owner) + i;
      bool pass = false;
      uint2 entry = make_uint2(0, 0);
      if (i < total) {
        entry = __ldg(&t.entries[at]);
        u32 filter = filters[entry.x >> LEFT_BITS];
        u32 place = chunk + owner - FILTER_BEFORE;
        u32 first = tile16(shared.tile, place + (filter & 0xff)) & 15;
        u32 second = tile16(shared.tile, place + (filter >> 8 & 0xff)) & 15;
        pass = (entry.y >> first & entry.y >> (second + 16) & 1) != 0;
      }
      u32 passed = __ballot_sync(ALL_LANES, pass);
      if (pass) {
        queue[queued + __popc(passed & below)] = make_uint2(entry.x, tile.place + chunk + owner);
      }
      queued += __popc(passed);
      __syncwarp();
      if (queued >= 32) {
        queued -= 32;
        uint2 next = queue[queued + lane];
        finish(sink, t, batch, tile, next.x, next.y);
        __syncwarp();
      }
    }
  }
  if (lane < queued) {
    uint2 next = queue[lane];
    finish(sink, t, batch, tile, next.x, next.y);
  }
}

// Lays out shared memory from a place on; filters come in once for all tiles of a block.
__device__ __forceinline__ IndexShared index_shared(unsigned char* memory, const IndexTables& t) {
  IndexShared s;
  s.queue = reinterpret_cast<uint2*>(memory);
  s.tile = reinterpret_cast<u32*>(s.queue + (blockDim.x >> 5) * QUEUE);
  s.filters = s.tile + TILE_WORDS;
  if (t.filters_cached) {
    for (u32 i = threadIdx.x; i < t.matrices; i += blockDim.x) {
      s.filters[i] = __ldg(&t.filters[i]);
    }
  }
  return s;
}

// tables: DeviceIndex.words(); tiles: places of the batch / 1024; staged: hits of a tile that shared memory holds.
extern "C" __global__ void index_hits(const u32* __restrict__ tables, const u32* __restrict__ bases,
                                      const u32* __restrict__ unknown, const u32* __restrict__ limits, u32 stride,
                                      u32 tiles, u32 staged, u64* hits, u64 capacity, u32* tile_first, u32* tile_count,
                                      u64* counter) {
  DYNAMIC_SHARED(memory);
  IndexTables t = index_tables(tables);
  Batch batch = {bases, unknown, limits, stride};
  Staged* tile_hits = reinterpret_cast<Staged*>(memory);
  u64* stage = reinterpret_cast<u64*>(memory + sizeof(Staged));
  IndexShared shared = index_shared(reinterpret_cast<unsigned char*>(stage + ((staged + 1) & ~1u)), t);
  HitSink sink = {{hits, capacity, tile_first, tile_count, counter}, tile_hits, stage, staged, false};
  for (u32 number = blockIdx.x; number < tiles; number += gridDim.x) {
    Tile tile = tile_of(batch, number);
    __syncthreads();
    load_tile(batch, tile.place, shared.tile);
    bool again = false;
    do {
      sink.begin(again);
      __syncthreads();
      look(sink, t, batch, tile, shared);
      again = sink.end(number);
    } while (again);
  }
}

// As index_hits, but hits are counted: by_sum 0, bins[matrix]; 1, bins[first bin of the matrix + sum - cutoff].
extern "C" __global__ void index_histogram(const u32* __restrict__ tables, const u32* __restrict__ bases,
                                           const u32* __restrict__ unknown, const u32* __restrict__ limits, u32 stride,
                                           u32 tiles, u64* bins, u32 by_sum) {
  DYNAMIC_SHARED(memory);
  IndexTables t = index_tables(tables);
  Batch batch = {bases, unknown, limits, stride};
  IndexShared shared = index_shared(memory, t);
  BinSink sink = {bins, by_sum};
  for (u32 number = blockIdx.x; number < tiles; number += gridDim.x) {
    Tile tile = tile_of(batch, number);
    __syncthreads();
    load_tile(batch, tile.place, shared.tile);
    __syncthreads();
    look(sink, t, batch, tile, shared);
  }
}
