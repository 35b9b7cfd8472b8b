// Letters or codes become a batch: bases at two bits, the first lowest, 16 a word, N as A; unknown at one bit, 32 a word.
//
// Java twin     scan.kernel.PackedCodes (encode_codes), genome.Letters (encode_ascii), genome.TwoBitGenome (encode_2bit)
// Arrays        bases[batch_bases(n)], unknown[batch_unknown(n)], with n a multiple of 32:
//               words of bases   (64 + n + 4096) / 16 = n / 16 + 260
//               words of unknown (64 + n + 4096) / 32 = n / 32 + 130
//               the 64 places before the first base and the 4,096 behind the last are A and unknown; all are written here
// Launch        a thread for 32 places, any block of up to 1,024, any grid (threads go on in strides of the grid);
//               mark_unknown: blocks of a multiple of 32; a warp for a run, the whole grid for long ones: where there may
//               be long ones, a grid that fills the device
// Shared memory none
// Bytes moved   per base: 1 read (encode_2bit 0.25), 0.25 + 0.125 written
// Operations    per base: about 3 (encode_ascii 8, encode_2bit 1)
// Bound         memory: H100 (3.35 TB/s) 2,400 G bases/s, A100 (2.0) 1,450 G, RTX 4090 (1.0) 730 G, T4 (0.32) 230 G; the
//               bus that brings the codes (64, 32, 32, 16 GB/s in one direction) is 30 times slower
#include "basewise.cuh"

// Two bits of each of four bytes, together in the low eight bits.
__device__ __forceinline__ u32 gather2(u32 x) {
  x &= 0x03030303u;
  x = (x | x >> 6) & 0x000f000fu;
  return (x | x >> 12) & 0xffu;
}

// The lowest bit of each of four bytes, together in the low four bits.
__device__ __forceinline__ u32 gather1(u32 x) {
  x &= 0x01010101u;
  x |= x >> 7;
  return (x | x >> 14) & 0xfu;
}

// Where the ends of both arrays are written as well: thread t does the words of 32 places that begin at 32 t - LEAD.
__device__ __forceinline__ u32 batch_threads(u32 n) { return (LEAD + n + TRAIL) >> 5; }

struct Places {
  u32 low, high, unknown;
};

__device__ __forceinline__ void put(u32* bases, u32* unknown, u32 t, Places x) {
  bases[2 * t] = x.low;
  bases[2 * t + 1] = x.high;
  unknown[t] = x.unknown;
}

__device__ __forceinline__ Places no_bases() {
  Places none = {0, 0, ALL_LANES};
  return none;
}

// Four codes, 0 to 4: their bits at a place of x.
__device__ __forceinline__ void add_codes(Places* x, u32 i, u32 codes) {
  u32 two = gather2(codes);
  if (i < 4) {
    x->low |= two << 8 * i;
  } else {
    x->high |= two << 8 * (i - 4);
  }
  x->unknown |= gather1(codes >> 2) << 4 * i;
}

// codes: n bytes of 0-4 (A C G T N), 16-byte aligned.
extern "C" __global__ void encode_codes(const u8* __restrict__ codes, u32 n, u32* __restrict__ bases,
                                        u32* __restrict__ unknown) {
  u32 threads = batch_threads(n);
  for (u32 t = blockIdx.x * blockDim.x + threadIdx.x; t < threads; t += gridDim.x * blockDim.x) {
    u32 at = 32 * t - LEAD;
    if (at >= n) {
      put(bases, unknown, t, no_bases());
      continue;
    }
    Places x = {0, 0, 0};
    for (u32 half = 0; half < 2; half++) {
      uint4 v = __ldg(reinterpret_cast<const uint4*>(codes + at) + half);
      add_codes(&x, 4 * half, v.x);
      add_codes(&x, 4 * half + 1, v.y);
      add_codes(&x, 4 * half + 2, v.z);
      add_codes(&x, 4 * half + 3, v.w);
    }
    put(bases, unknown, t, x);
  }
}

// Four letters as codes: 4 for all but ACGTU, and for lower case where that is masked.
__device__ __forceinline__ u32 letter_codes(u32 letters, u32 masked) {
  u32 out = 0;
  for (u32 i = 0; i < 32; i += 8) {
    u32 c = letters >> i & 0xff;
    u32 upper = masked ? c : c & 0xdf;
    // Bits of A, C, G, T and U, counted from '@'.
    bool base = (upper >> 5) == 2 && (0x30008au >> (upper & 31) & 1);
    // A 0, C 1, T and U 2, G 3 by two bits of the letter; then T and G change places.
    u32 code = (upper == 0x55 ? 0x54 : upper) >> 1 & 3;
    out |= (base ? code ^ code >> 1 : 4) << i;
  }
  return out;
}

// letters: n bytes of text without line ends, 16-byte aligned; masked: 1 if lower case is unknown.
extern "C" __global__ void encode_ascii(const u8* __restrict__ letters, u32 n, u32 masked, u32* __restrict__ bases,
                                        u32* __restrict__ unknown) {
  u32 threads = batch_threads(n);
  for (u32 t = blockIdx.x * blockDim.x + threadIdx.x; t < threads; t += gridDim.x * blockDim.x) {
    u32 at = 32 * t - LEAD;
    if (at >= n) {
      put(bases, unknown, t, no_bases());
      continue;
    }
    Places x = {0, 0, 0};
    for (u32 half = 0; half < 2; half++) {
      uint4 v = __ldg(reinterpret_cast<const uint4*>(letters + at) + half);
      add_codes(&x, 4 * half, letter_codes(v.x, masked));
      add_codes(&x, 4 * half + 1, letter_codes(v.y, masked));
      add_codes(&x, 4 * half + 2, letter_codes(v.z, masked));
      add_codes(&x, 4 * half + 3, letter_codes(v.w, masked));
    }
    put(bases, unknown, t, x);
  }
}

// UCSC's four bases a byte, the first highest, T 0 C 1 A 2 G 3: ours four a byte, the first lowest, A 0 C 1 G 2 T 3.
__device__ __forceinline__ u32 ucsc(u32 x) {
  u32 high = x >> 1 & 0x55555555u;
  u32 low = x & 0x55555555u;
  u32 codes = (~(high ^ low) & 0x55555555u) << 1 | (~high & 0x55555555u);
  // The four of each byte turn round.
  codes = (codes & 0x0f0f0f0fu) << 4 | (codes >> 4 & 0x0f0f0f0fu);
  return (codes & 0x33333333u) << 2 | (codes >> 2 & 0x33333333u);
}

// packed: n / 4 bytes of a .2bit file, 8-byte aligned; every place is known until mark_unknown.
extern "C" __global__ void encode_2bit(const u8* __restrict__ packed, u32 n, u32* __restrict__ bases,
                                       u32* __restrict__ unknown) {
  u32 threads = batch_threads(n);
  for (u32 t = blockIdx.x * blockDim.x + threadIdx.x; t < threads; t += gridDim.x * blockDim.x) {
    u32 at = 32 * t - LEAD;
    if (at >= n) {
      put(bases, unknown, t, no_bases());
      continue;
    }
    uint2 v = __ldg(reinterpret_cast<const uint2*>(packed + at / 4));
    Places x = {ucsc(v.x), ucsc(v.y), 0};
    put(bases, unknown, t, x);
  }
}

// Marks the places from first to end, counted with LEAD, by so many threads of which this is one.
__device__ __forceinline__ void mark_run(u32 first, u32 end, u32 thread, u32 threads, u32* bases, u32* unknown) {
  for (u32 word = (first >> 5) + thread; word <= (end - 1) >> 5; word += threads) {
    u32 from = max(first, word << 5) & 31;
    u32 to = min(end - (word << 5), 32u);
    if (from == 0 && to == 32) {
      unknown[word] = ALL_LANES;
      bases[2 * word] = 0;
      bases[2 * word + 1] = 0;
      continue;
    }
    // Another run may end or begin in the same word.
    u32 bits = 0xffffffffu >> (32 - to) & 0xffffffffu << from;
    atomicOr(&unknown[word], bits);
    for (u32 half = 0; half < 2; half++) {
      u32 keep = ~(bits >> 16 * half);
      u32 mask = 0;
      for (u32 i = 0; i < 16; i++) {
        mask |= (keep >> i & 1) * 3 << 2 * i;
      }
      atomicAnd(&bases[2 * word + half], mask);
    }
  }
}

// Runs of so many places or more are shared by all threads of the grid; others have a warp each.
#define LONG_RUN 32768u

// runs: [count][2] first place and end of what is no base, none empty, none overlapping, in any order. Those places become
// A and unknown. Blocks of a multiple of 32 threads.
extern "C" __global__ void mark_unknown(const u32* __restrict__ runs, u32 count, u32* __restrict__ bases,
                                        u32* __restrict__ unknown) {
  u32 lane = threadIdx.x & 31;
  u32 thread = blockIdx.x * blockDim.x + threadIdx.x;
  u32 threads = gridDim.x * blockDim.x;
  for (u32 from = 0; from < count; from += 32) {
    u32 first = 0;
    u32 end = 0;
    if (from + lane < count) {
      first = __ldg(&runs[2 * (from + lane)]) + LEAD;
      end = __ldg(&runs[2 * (from + lane) + 1]) + LEAD;
    }
    u32 mine = (from >> 5) % (threads >> 5) == thread >> 5 ? ALL_LANES : 0;
    u32 left = __ballot_sync(ALL_LANES, end > first);
    u32 long_runs = __ballot_sync(ALL_LANES, end - first >= LONG_RUN);
    left &= mine | long_runs;
    while (left != 0) {
      int i = __ffs(static_cast<int>(left)) - 1;
      left &= left - 1;
      u32 run_first = __shfl_sync(ALL_LANES, first, i);
      u32 run_end = __shfl_sync(ALL_LANES, end, i);
      if (long_runs >> i & 1) {
        mark_run(run_first, run_end, thread, threads, bases, unknown);
      } else {
        mark_run(run_first, run_end, lane, 32, bases, unknown);
      }
    }
  }
}
