// Every kernel of src/main/cuda by its name: a new kernel is one include and one line below.
#include "shim.h"

#include "launch.h"

#include "../../main/cuda/encode.cu"
#include "../../main/cuda/index.cu"
#include "../../main/cuda/ism.cu"
#include "../../main/cuda/onehot_conv.cu"
#include "../../main/cuda/scan.cu"

namespace {

struct Kernel {
  const char* name;
  int (*launch)(unsigned grid, unsigned threads, unsigned shared_bytes, void** params);
};

#define KERNEL(name)                                                                     \
  {#name, [](unsigned grid, unsigned threads, unsigned shared_bytes, void** params) {    \
     return shim::launch_with(name, grid, threads, shared_bytes, params);                \
   }}

const Kernel KERNELS[] = {
    KERNEL(encode_codes),
    KERNEL(encode_ascii),
    KERNEL(encode_2bit),
    KERNEL(mark_unknown),
    KERNEL(index_hits),
    KERNEL(index_histogram),
    KERNEL(ism),
    KERNEL(onehot_conv),
    KERNEL(onehot_conv_wide),
    KERNEL(motif_head),
    KERNEL(scan_hits),
    KERNEL(scan_histogram),
};

const Kernel* find(const char* name) {
  for (const Kernel& k : KERNELS) {
    if (strcmp(k.name, name) == 0) {
      return &k;
    }
  }
  return nullptr;
}

}  // namespace

extern "C" {

// Whether there is such a kernel.
int basewise_has(const char* name) { return find(name) != nullptr; }

// Runs a kernel to its end; params as cuLaunchKernel takes them. 0, or a driver's error code: 500 no such kernel, 1 a
// launch shape that no device takes, 719 threads that part where they must meet.
int basewise_launch(const char* name, unsigned grid, unsigned threads, unsigned shared_bytes, void** params) {
  const Kernel* k = find(name);
  return k == nullptr ? 500 : k->launch(grid, threads, shared_bytes, params);
}
}
