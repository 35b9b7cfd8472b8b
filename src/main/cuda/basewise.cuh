// What the kernels share: plain CUDA C++14 for NVRTC 11.8 and compute_75 (no headers of a toolkit, no intrinsics of
// sm_80 and later), and for an ordinary compiler through src/test/cuda/shim.h, which is included first there.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef BASEWISE_SHIM
#define DYNAMIC_SHARED(name) unsigned char* name = shim::dynamic_shared()
#define UNROLL
#else
#define UNROLL _Pragma("unroll")
#define DYNAMIC_SHARED(name) extern __shared__ __align__(16) unsigned char name[]
#endif

#define ALL_LANES 0xffffffffu

// ---- A batch: bases at two bits, the first lowest, 16 a word; unknown at one bit, 32 a word. Before the first base lie
// LEAD bases and behind the last TRAIL, all unknown: what a window or a table may reach for.
#define LEAD 64u
#define TRAIL 4096u

// A hit belongs to the tile of so many places that its matrix's core begins in.
#define TILE 1024u

// The 16 bases from a place on; the place may lie up to LEAD before the batch.
__device__ __forceinline__ u32 bases16(const u32* __restrict__ bases, u32 place) {
  u32 at = place + LEAD;
  u32 low = __ldg(&bases[at >> 4]);
  u32 high = __ldg(&bases[(at >> 4) + 1]);
  return __funnelshift_r(low, high, (at & 15) << 1);
}

// Whether a window within the batch holds nothing but bases.
__device__ __forceinline__ bool known(const u32* __restrict__ unknown, u32 start, u32 width) {
  u32 first = start + LEAD;
  u32 last = first + width - 1;
  u32 word = first >> 5;
  u32 end = last >> 5;
  u32 bits = __ldg(&unknown[word]) & 0xffffffffu << (first & 31);
  while (word < end) {
    if (bits != 0) {
      return false;
    }
    bits = __ldg(&unknown[++word]);
  }
  return (bits & 0xffffffffu >> (31 - (last & 31))) == 0;
}

// A hit as HitBlock keeps it.
__device__ __forceinline__ u64 packed_hit(u32 start, u32 oriented, u32 sum) {
  return static_cast<u64>(start) << 42 | static_cast<u64>(oriented) << 21 | sum;
}
