// Kernels for the tests of the host path alone, as plain loops over what the grid's threads would do; their PTX is
// src/test/resources/basewise/cuda/probe.ptx.
#include <cstdint>
#include <cstring>

namespace {

template <typename T> T value(void **parameters, int i) {
  T v;
  memcpy(&v, parameters[i], sizeof v);
  return v;
}

// void scale(unsigned* to, const unsigned* from, unsigned n, float factor): to[i] = from[i] * factor
void scale(unsigned threads, void **p) {
  auto to = value<uint32_t *>(p, 0);
  auto from = value<uint32_t *>(p, 1);
  auto n = value<uint32_t>(p, 2);
  auto factor = value<float>(p, 3);
  for (unsigned i = 0; i < threads && i < n; i++) to[i] = (uint32_t)((float)from[i] * factor);
}

// void sum(const unsigned char* from, unsigned long long n, unsigned long long* total): total += all
void sum(void **p) {
  auto from = value<unsigned char *>(p, 0);
  auto n = value<uint64_t>(p, 1);
  auto total = value<uint64_t *>(p, 2);
  for (uint64_t i = 0; i < n; i++) *total += from[i];
}

} // namespace

extern "C" __attribute__((visibility("default"))) int basewise_has(const char *name) {
  return strcmp(name, "scale") == 0 || strcmp(name, "sum") == 0;
}

extern "C" __attribute__((visibility("default"))) int basewise_launch(const char *name, unsigned gridX, unsigned blockX,
                                                                      unsigned, void **parameters) {
  if (strcmp(name, "scale") == 0)
    scale(gridX * blockX, parameters);
  else
    sum(parameters);
  return 0;
}
