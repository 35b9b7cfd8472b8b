// Every hit of many matrices by an index of words of K bases: each place's word names the matrices whose core it may be,
// with what is left of their budget; what their other columns lose decides.
//
// Java twin     scan.kernel.KmerIndexKernel; its tables for the device: scan.kernel.DeviceIndex, which lays them out as
//               this file reads them; the definition: scan.kernel.ScalarHitKernel
// Launch        blocks of 32 to 1,024 threads, a multiple of 32 (256 measured best on an H100); any grid: blocks go over the
//               tiles in strides, so that one that fills the device once is best. A warp takes 32 places of a tile, lays
//               out their candidates one after the other, and its lanes take 32 of them at a time; what passes the filters
//               waits until it is 32 again. Hits are staged in shared memory and written with one atomic a tile.
// Shared memory dynamic, DeviceTables.sharedBytes(threads, staged hits): what each warp queues, 8 bytes a matrix (where they fit,
//               else they are read through the cache), the tile's bases, 8 bytes a staged hit
// Counted for   the 1,019 motifs of JASPAR's vertebrates at p < 1e-4, words of 10 bases, human sequence: 1,778 matrices, a
//               table of 62 MB; a base has 6.5 candidates, 1.1 pass the filters, 0.6 the first step, 0.25 are hits
// Bytes moved   per base: 0.4 of bases and unknown bits; by sectors of the second-level cache: 32 of heads, 65 of entries
//               (8 each), 50 of losses (2 each). Hits 8 each; counts an atomic of 8 each
// Operations    instructions of a warp in the code for sm_90: 108 for 32 places, 90 for 32 candidates, 134 for 32 that
//               passed: 26 a base, or 0.015 a base and matrix
// Bound         instructions, four a cycle and multiprocessor: H100 40 G bases/s, A100 23 G, RTX 4090 49 G, T4 10 G (its
//               second-level cache of 4 MB does not hold the tables, so less); look-ups of the losses, a line each of the
//               first-level cache, come next
#include "tiles.cuh"

// Where things lie in the tables.
struct IndexTables {
  u32 k;
  u32 matrices;
  const u32* heads;
  const uint2* entries;
  const uint2* briefs;
  const uint4* tails;
  const u16* losses;
  const u32* steps;
  const u32* ids;
  u32 briefs_cached;
};

__device__ __forceinline__ IndexTables index_tables(const u32* words) {
  IndexTables t;
  t.k = __ldg(&words[0]);
  t.matrices = __ldg(&words[1]);
  t.heads = words + __ldg(&words[2]);
  t.entries = reinterpret_cast<const uint2*>(words + __ldg(&words[3]));
  t.briefs = reinterpret_cast<const uint2*>(words + __ldg(&words[4]));
  t.tails = reinterpret_cast<const uint4*>(words + __ldg(&words[5]));
  t.losses = reinterpret_cast<const u16*>(words + __ldg(&words[6]));
  t.steps = words + __ldg(&words[7]);
  t.ids = words + __ldg(&words[8]);
  t.briefs_cached = __ldg(&words[9]);
  return t;
}

// An entry: in x the matrix (13 bits), what is left of its budget (14), and which two of the eight pairs of bases beside
// the core its filters look at (3 bits the first, 2 how far on the second is, less one); in y for each of the two the
// pairs that are affordable, a bit each.
#define ENTRY_MATRIX 19
#define ENTRY_LEFT 5
#define LEFT_MASK 0x3fffu
// A head: where a list begins, in pairs of entries, and its length in the low eight bits; a list of so many or more says
// its length in a pair of entries before it.
#define MANY 255u
// Candidates of a warp that passed their filters and wait to be 32.
#define QUEUE 64u
// Candidates whose owners a warp marks at once.
#define MARKS 256u

// What a step's columns lose; a step as RestTables packs it.
__device__ __forceinline__ u32 step_loss(const IndexTables& t, const u32* bases, u32 place, u32 step, u32 table) {
  u32 from = place + static_cast<u32>(static_cast<int>(step) >> 22);
  u32 left = bases16(bases, from);
  u32 right = bases16(bases, from + (step >> 17 & 31));
  u32 at = ((right ^ ((left ^ right) & step)) & step >> 8) & 0xff;
  return __ldg(&t.losses[table * 256 + at]);
}

// A candidate that passed the filters, to the end. A brief: the first step; and the core (11 bits), the width (11) and
// how many steps follow (10). A tail: the cutoff, the id, the first bin and the first of the steps that follow.
template <typename Sink>
__device__ __forceinline__ void finish(Sink& sink, const IndexTables& t, const uint2* briefs, const Batch& batch,
                                       const Tile& tile, uint2 candidate) {
  u32 m = candidate.x >> ENTRY_MATRIX;
  u32 place = candidate.y;
  uint2 brief = briefs[m];
  u32 width = brief.y >> 11 & 0x7ff;
  u32 start = place - (brief.y & 0x7ff);
  if (static_cast<int>(start) < static_cast<int>(tile.first) || start >= tile.limit) {
    return;
  }
  int left = static_cast<int>(candidate.x >> ENTRY_LEFT & LEFT_MASK);
  left -= static_cast<int>(step_loss(t, batch.bases, place, brief.x, m));
  if (left < 0 || !known(batch.unknown, start, width)) {
    return;
  }
  uint4 tail = __ldg(&t.tails[m]);
  u32 steps = brief.y >> 22;
  for (u32 i = 0; i < steps && left >= 0; i++) {
    u32 step = __ldg(&t.steps[tail.w + i]);
    left -= static_cast<int>(step_loss(t, batch.bases, place, step, t.matrices + tail.w + i));
  }
  if (left >= 0) {
    tell(sink, t.ids, m, tail, start - tile.first, static_cast<u32>(left));
  }
}

// Places in shared memory; of a warp its queue and its marks.
struct IndexShared {
  u32* tile;
  uint2* briefs;
  uint2* queue;
  u8* marks;
};

// One look at a tile by all warps of the block.
template <typename Sink>
__device__ __forceinline__ void look(Sink& sink, const IndexTables& t, const Batch& batch, const Tile& tile,
                                     const IndexShared& shared) {
  u32 lane = threadIdx.x & 31;
  const uint2* briefs = t.briefs_cached ? shared.briefs : t.briefs;
  u32 mask = (1u << 2 * t.k) - 1;
  u32 below = (1u << lane) - 1;
  u32 queued = 0;
  for (u32 chunk = (threadIdx.x & ~31u); chunk < TILE; chunk += blockDim.x) {
    u32 unknown = __ldg(&batch.unknown[(tile.place + chunk + LEAD) >> 5]);
    if (unknown == ALL_LANES) {
      continue;
    }
    u32 count = 0;
    u32 begin = 0;
    u32 place = chunk + lane;
    if ((unknown >> lane & 1) == 0) {
      u32 head = __ldg(&t.heads[tile16(shared.tile, place) & mask]);
      count = head & 255;
      begin = head >> 8 << 1;
      if (count == MANY) {
        count = __ldg(&t.entries[begin]).x;
        begin += 2;
      }
    }
    // Four pairs of bases before the core and four behind.
    u32 pairs = (tile16(shared.tile, place - 8) & 0xffff) | tile16(shared.tile, place + t.k) << 16;
    // Where the candidates of each lane end among those of the warp.
    u32 end = count;
    for (u32 by = 1; by < 32; by <<= 1) {
      u32 other = __shfl_up_sync(ALL_LANES, end, by);
      end += lane >= by ? other : 0;
    }
    u32 first = end - count;
    u32 shift = begin - first;
    u32 total = __shfl_sync(ALL_LANES, end, 31);
    u32 last_owner = 0;
    for (u32 marked = 0; marked < total; marked += MARKS) {
      // The first candidate of each lane is marked with it; those that follow find the mark before them.
      if (count > 0 && first - marked < MARKS) {
        shared.marks[first - marked] = static_cast<u8>(lane + 1);
      }
      __syncwarp();
      u32 stop = min(total - marked, MARKS);
      for (u32 from = 0; from < stop; from += 32) {
        u32 i = from + lane;
        u32 mark = shared.marks[i];
        shared.marks[i] = 0;
        u32 before = __ballot_sync(ALL_LANES, mark != 0) & (below << 1 | 1);
        u32 owner = __shfl_sync(ALL_LANES, mark, 31 - __clz(static_cast<int>(before | 1)));
        owner = before != 0 ? owner - 1 : last_owner;
        last_owner = __shfl_sync(ALL_LANES, owner, 31);
        u32 at = __shfl_sync(ALL_LANES, shift, owner) + marked + i;
        u32 beside = __shfl_sync(ALL_LANES, pairs, owner);
        bool pass = false;
        uint2 entry = make_uint2(0, 0);
        if (i < stop) {
          entry = __ldg(&t.entries[at]);
          u32 turned = __funnelshift_r(beside, beside, (entry.x & 7) << 2);
          u32 second = turned >> ((entry.x >> 1 & 12) + 4) & 15;
          pass = (entry.y >> (turned & 15) & entry.y >> (second + 16) & 1) != 0;
        }
        u32 passed = __ballot_sync(ALL_LANES, pass);
        if (pass) {
          shared.queue[queued + __popc(passed & below)] = make_uint2(entry.x, tile.place + chunk + owner);
        }
        queued += __popc(passed);
        __syncwarp();
        if (queued >= 32) {
          queued -= 32;
          finish(sink, t, briefs, batch, tile, shared.queue[queued + lane]);
          __syncwarp();
        }
      }
    }
  }
  if (lane < queued) {
    finish(sink, t, briefs, batch, tile, shared.queue[lane]);
  }
  __syncwarp();
}

// Lays out shared memory from a place on; briefs come in once for all tiles of a block.
__device__ __forceinline__ IndexShared index_shared(unsigned char* memory, const IndexTables& t) {
  IndexShared s;
  u32 warps = blockDim.x >> 5;
  u32 warp = threadIdx.x >> 5;
  uint2* queues = reinterpret_cast<uint2*>(memory);
  s.queue = queues + warp * QUEUE;
  s.briefs = queues + warps * QUEUE;
  s.tile = reinterpret_cast<u32*>(s.briefs + (t.briefs_cached ? t.matrices : 0));
  s.marks = reinterpret_cast<u8*>(s.tile + TILE_WORDS) + warp * MARKS;
  for (u32 i = threadIdx.x & 31; i < MARKS; i += 32) {
    s.marks[i] = 0;
  }
  if (t.briefs_cached) {
    for (u32 i = threadIdx.x; i < t.matrices; i += blockDim.x) {
      s.briefs[i] = __ldg(&t.briefs[i]);
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
