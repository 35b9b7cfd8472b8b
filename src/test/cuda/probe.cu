// Kernels for the tests of the host path alone: every kind of argument, and shared memory. probe.ptx
// (src/test/resources/basewise/cuda) is what NVRTC 11.8 makes of this file with --gpu-architecture=compute_75 --std=c++14.
#include "basewise.cuh"

// to[i] = from[i] * factor
extern "C" __global__ void scale(unsigned *to, const unsigned *from, unsigned n, float factor) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) to[i] = (unsigned)(from[i] * factor);
}

// total += the sum of n bytes; a sum per block in dynamic shared memory (4 bytes a thread)
extern "C" __global__ void sum(const unsigned char *from, unsigned long long n, unsigned long long *total) {
  DYNAMIC_SHARED(memory);
  unsigned *sums = (unsigned *)memory;
  unsigned mine = 0;
  for (unsigned long long i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) mine += from[i];
  sums[threadIdx.x] = mine;
  __syncthreads();
  if (threadIdx.x == 0) {
    unsigned long long all = 0;
    for (unsigned t = 0; t < blockDim.x; t++) all += sums[t];
    atomicAdd(total, all);
  }
}
