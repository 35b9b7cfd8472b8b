// Where the kernels of the scan take their tiles from and where hits go.
#pragma once

#include "basewise.cuh"

// Places of the tile before and behind it that lie in shared memory as well.
#define TILE_LEAD 64u
#define TILE_TRAIL 128u
#define TILE_WORDS ((TILE_LEAD + TILE + TILE_TRAIL) / 16)

// A batch of sequence blocks, each at a multiple of stride places.
struct Batch {
  const u32* bases;
  const u32* unknown;
  // [block] windows that start there or later are not looked at.
  const u32* limits;
  u32 stride;
};

// What is true of the windows of one tile: start in [first, limit), counted in the batch.
struct Tile {
  u32 place;
  u32 first;
  u32 limit;
};

__device__ __forceinline__ Tile tile_of(const Batch& batch, u32 number) {
  u32 place = number * TILE;
  u32 block = place / batch.stride;
  Tile t = {place, block * batch.stride, __ldg(&batch.limits[block])};
  return t;
}

// The bases of a tile come into shared memory; the block meets before they are read.
__device__ __forceinline__ void load_tile(const Batch& batch, u32 place, u32* tile) {
  for (u32 i = threadIdx.x; i < TILE_WORDS; i += blockDim.x) {
    tile[i] = __ldg(&batch.bases[(place + LEAD - TILE_LEAD) / 16 + i]);
  }
}

// The 16 bases from a place of the tile on; -TILE_LEAD to TILE + TILE_TRAIL - 32.
__device__ __forceinline__ u32 tile16(const u32* tile, u32 place) {
  u32 at = place + TILE_LEAD;
  return __funnelshift_r(tile[at >> 4], tile[(at >> 4) + 1], (at & 15) << 1);
}

// Hits of a launch: those of a tile lie together, tiles in any order. counter counts what is wanted, also beyond
// capacity; a tile that finds no room writes nothing, and its first is ~0.
struct Hits {
  u64* hits;
  u64 capacity;
  u32* tile_first;
  u32* tile_count;
  u64* counter;
};

// What a block knows of the hits of its tile, in shared memory.
struct Staged {
  u64 first;
  u32 count;
  u32 fits;
};

// Hits are staged in shared memory; a tile with more of them than that is looked at twice, with its room known.
struct HitSink {
  Hits out;
  Staged* tile;
  u64* stage;
  u32 room;
  bool direct;

  __device__ __forceinline__ void add(u32 start, u32 oriented, u32 sum) {
    u32 slot = atomicAdd(&tile->count, 1u);
    u64 hit = packed_hit(start, oriented, sum);
    if (direct) {
      out.hits[tile->first + slot] = hit;
    } else if (slot < room) {
      stage[slot] = hit;
    }
  }

  // Before the first and the second look at a tile; all threads meet behind it.
  __device__ __forceinline__ void begin(bool again) {
    direct = again;
    if (threadIdx.x == 0) {
      tile->count = 0;
    }
  }

  // All threads, after a look. Whether the tile must be looked at again.
  __device__ __forceinline__ bool end(u32 number) {
    __syncthreads();
    if (direct) {
      return false;
    }
    u32 count = tile->count;
    if (threadIdx.x == 0) {
      u64 first = count == 0 ? 0 : atomicAdd(out.counter, static_cast<u64>(count));
      tile->first = first;
      tile->fits = first + count <= out.capacity;
      out.tile_first[number] = tile->fits ? static_cast<u32>(first) : ~0u;
      out.tile_count[number] = count;
    }
    __syncthreads();
    bool fits = tile->fits != 0;
    if (fits && count <= room) {
      u64 first = tile->first;
      for (u32 i = threadIdx.x; i < count; i += blockDim.x) {
        out.hits[first + i] = stage[i];
      }
    }
    __syncthreads();
    return fits && count > room;
  }
};

// Tells of a window under each of its matrix's names; tail: the cutoff, the id or where ids begin, the first bin.
__device__ __forceinline__ void tell(HitSink& sink, const u32* all_ids, u32 matrix, uint4 tail, u32 start, u32 left) {
  (void)matrix;
  u32 sum = tail.x + left;
  if (tail.y >> 31) {
    const u32* ids = all_ids + (tail.y & 0x7fffffffu);
    u32 n = __ldg(ids);
    for (u32 i = 1; i <= n; i++) {
      sink.add(start, __ldg(&ids[i]), sum);
    }
  } else {
    sink.add(start, tail.y, sum);
  }
}

// Hits are counted: by matrix alone, or by matrix and sum.
struct BinSink {
  u64* bins;
  u32 by_sum;

  __device__ __forceinline__ void count(u32 matrix, u32 first_bin, u32 left) {
    atomicAdd(&bins[by_sum ? first_bin + left : matrix], static_cast<u64>(1));
  }
};

__device__ __forceinline__ void tell(BinSink& sink, const u32* all_ids, u32 matrix, uint4 tail, u32 start, u32 left) {
  (void)all_ids;
  (void)start;
  sink.count(matrix, tail.z, left);
}
