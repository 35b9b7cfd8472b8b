// What the kernels of the network share.
#pragma once

#include "basewise.cuh"

#ifdef BASEWISE_SHIM
#include <cmath>
// Built with -ffp-contract=off, so that these are two roundings here as well.
static inline float __fmul_rn(float a, float b) { return a * b; }
static inline float __fadd_rn(float a, float b) { return a + b; }
using std::exp;
using std::fmaxf;
#endif

// What follows the maximum of a filter (nn.kernel.FilterActivation), or nothing.
#define IDENTITY 0
#define RELU 1
#define EXPONENTIAL 2

#define UNKNOWN_BASE 4
#define ALL_CODES 5

// Smaller than any score.
__device__ __forceinline__ float no_score() { return __int_as_float(static_cast<int>(0xff800000u)); }

// A product and a sum that are rounded one after the other, as Java's are; a fused one is rounded once.
__device__ __forceinline__ float plus_product(float sum, float a, float b) { return __fadd_rn(sum, __fmul_rn(a, b)); }

// FilterActivation.apply. The exponential is computed in doubles and then rounded, as in Java; both exponentials are
// within a unit of a double's last place, so the floats differ by a unit of theirs at most.
__device__ __forceinline__ float activated(int activation, float x) {
  if (activation == RELU) {
    return x > 0.0f ? x : 0.0f;
  }
  return activation == EXPONENTIAL ? static_cast<float>(exp(static_cast<double>(x))) : x;
}
