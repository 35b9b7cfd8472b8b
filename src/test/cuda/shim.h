// The few words of CUDA C++ that the kernels of src/main/cuda use, for an ordinary C++ compiler on a CPU. What runs
// through this header is an emulation: it shows that the kernels are right, and nothing about a GPU's speed.
//
// A block's threads are fibers of one system thread, taken in a random order whenever they meet (basewise_seed), or
// system threads (basewise_threads), for ThreadSanitizer. Warp functions want all 32 lanes: a launch in which lanes of a
// warp, or threads of a block, part ways at such a meeting fails with error 719, as a launch on a device might.
#pragma once

#define BASEWISE_SHIM 1

#include <cstddef>
#include <cstdint>
#include <cstring>

#define __global__
#define __device__
#define __host__
#define __constant__ static
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))
// One block at a time runs on a system thread of fibers; with system threads as lanes, one block at a time runs at all,
// unless the kernel has dynamic shared memory only (see basewise_threads).
#define __shared__ static

struct uint2 {
  unsigned x, y;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};
struct float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};
static inline uint2 make_uint2(unsigned x, unsigned y) { return uint2{x, y}; }
static inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return uint4{x, y, z, w}; }
static inline float2 make_float2(float x, float y) { return float2{x, y}; }
static inline float4 make_float4(float x, float y, float z, float w) { return float4{x, y, z, w}; }

namespace shim {

struct Index {
  unsigned x, y, z;
};

// Where a meeting takes place: all who come must have come to the same one.
enum Meeting : int { BLOCK, BALLOT, SHUFFLE, WARP };

struct Where {
  Index thread;
  Index block;
  Index block_dim;
  Index grid_dim;
};

const Where& where();

// Dynamic shared memory of the running block, 16-byte aligned.
unsigned char* dynamic_shared();

// Waits for all threads of the block.
void sync_block();

// Gives a value to the warp and waits for its 32 lanes; the values by lane stay as they are until the next meeting.
const uint64_t* meet(Meeting meeting, unsigned mask, uint64_t value);

template <typename T>
T shuffle(unsigned mask, T value, unsigned lane) {
  static_assert(sizeof(T) <= 8, "shuffles take at most 8 bytes");
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof(T));
  const uint64_t* all = meet(SHUFFLE, mask, bits);
  T out;
  memcpy(&out, &all[lane & 31], sizeof(T));
  return out;
}

template <typename T>
T atomic_add(T* at, T value) {
  return __atomic_fetch_add(at, value, __ATOMIC_RELAXED);
}

static inline float atomic_add_float(float* at, float value) {
  uint32_t* bits = reinterpret_cast<uint32_t*>(at);
  uint32_t old = __atomic_load_n(bits, __ATOMIC_RELAXED);
  for (;;) {
    float was;
    memcpy(&was, &old, 4);
    float sum = was + value;
    uint32_t next;
    memcpy(&next, &sum, 4);
    if (__atomic_compare_exchange_n(bits, &old, next, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
      return was;
    }
  }
}

}  // namespace shim

#define threadIdx (shim::where().thread)
#define blockIdx (shim::where().block)
#define blockDim (shim::where().block_dim)
#define gridDim (shim::where().grid_dim)
#define warpSize 32

static inline void __syncthreads() { shim::sync_block(); }
static inline void __syncwarp(unsigned mask = 0xffffffffu) { shim::meet(shim::WARP, mask, 0); }
static inline void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

static inline unsigned __ballot_sync(unsigned mask, int predicate) {
  const uint64_t* all = shim::meet(shim::BALLOT, mask, predicate != 0);
  unsigned bits = 0;
  for (int i = 0; i < 32; i++) {
    bits |= static_cast<unsigned>(all[i] & 1) << i;
  }
  return bits;
}
static inline int __any_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) != 0; }
static inline int __all_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) == 0xffffffffu; }

template <typename T>
static inline T __shfl_sync(unsigned mask, T value, int lane) {
  return shim::shuffle(mask, value, static_cast<unsigned>(lane));
}
template <typename T>
static inline T __shfl_up_sync(unsigned mask, T value, unsigned by) {
  unsigned lane = threadIdx.x & 31;
  return shim::shuffle(mask, value, lane < by ? lane : lane - by);
}
template <typename T>
static inline T __shfl_down_sync(unsigned mask, T value, unsigned by) {
  unsigned lane = threadIdx.x & 31;
  return shim::shuffle(mask, value, lane + by > 31 ? lane : lane + by);
}
template <typename T>
static inline T __shfl_xor_sync(unsigned mask, T value, unsigned by) {
  return shim::shuffle(mask, value, (threadIdx.x & 31) ^ by);
}

static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
static inline int __ffs(int x) { return __builtin_ffs(x); }
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz(static_cast<unsigned>(x)); }
static inline unsigned __brev(unsigned x) {
  unsigned out = 0;
  for (int i = 0; i < 32; i++) {
    out = out << 1 | (x >> i & 1);
  }
  return out;
}
static inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned by) {
  return static_cast<unsigned>((static_cast<uint64_t>(high) << 32 | low) >> (by & 31));
}
static inline unsigned __byte_perm(unsigned x, unsigned y, unsigned s) {
  uint64_t both = static_cast<uint64_t>(y) << 32 | x;
  unsigned out = 0;
  for (int i = 0; i < 4; i++) {
    out |= static_cast<unsigned>(both >> 8 * (s >> 4 * i & 7) & 0xff) << 8 * i;
  }
  return out;
}
static inline unsigned __umulhi(unsigned x, unsigned y) {
  return static_cast<unsigned>(static_cast<uint64_t>(x) * y >> 32);
}
static inline float __int_as_float(int x) {
  float out;
  memcpy(&out, &x, 4);
  return out;
}
static inline int __float_as_int(float x) {
  int out;
  memcpy(&out, &x, 4);
  return out;
}

template <typename T>
static inline T __ldg(const T* at) {
  return *at;
}

static inline unsigned atomicAdd(unsigned* at, unsigned value) { return shim::atomic_add(at, value); }
static inline int atomicAdd(int* at, int value) { return shim::atomic_add(at, value); }
static inline unsigned long long atomicAdd(unsigned long long* at, unsigned long long value) {
  return shim::atomic_add(at, value);
}
static inline float atomicAdd(float* at, float value) { return shim::atomic_add_float(at, value); }
static inline unsigned atomicOr(unsigned* at, unsigned value) { return __atomic_fetch_or(at, value, __ATOMIC_RELAXED); }
static inline unsigned atomicAnd(unsigned* at, unsigned value) {
  return __atomic_fetch_and(at, value, __ATOMIC_RELAXED);
}
static inline unsigned atomicMax(unsigned* at, unsigned value) {
  unsigned old = __atomic_load_n(at, __ATOMIC_RELAXED);
  while (old < value && !__atomic_compare_exchange_n(at, &old, value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return old;
}

template <typename T>
static inline T min(T a, T b) {
  return b < a ? b : a;
}
template <typename T>
static inline T max(T a, T b) {
  return a < b ? b : a;
}
