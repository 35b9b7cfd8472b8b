// A stand-in for the NVIDIA driver's library: an emulation on the CPU, for tests of the host path only. Device memory is
// memory of the host, a stream is a thread, and kernels are those of a library that the shim built (basewise_launch,
// basewise_has). What it does more strictly than a GPU: every queued operation is late (faults: slow=), fresh device memory
// holds garbage, writes beyond an allocation are found, and a destination of a queued copy holds garbage until the copy.
//
// Faults come from BASEWISE_STANDIN when it is loaded and from standin_reset(), comma-separated:
//   devices=N memory=BYTES cc=75 version=13000 ptx=84   what there is (defaults: 1, 1 GiB, 9.0, CUDA 13.0, PTX 8.4)
//   no_device  init=CODE  unavailable                   cuInit or the primary context fail
//   oom_at=N oom_from=N pinned_oom_at=N pinned_oom_from=N   the N-th allocation (1 is the next), or all from it on
//   launch_refused_at=N                                 the N-th launch is out of resources, and nothing else is wrong
//   launch_at=N copy_at=N                               the N-th launch or copy fails when it runs: the context is dead
//   lost_at=N                                           the device is gone at the N-th queued operation
//   on=D                                                faults after allocation count and strike only on device D
//   slow=MICROSECONDS                                   every copy takes that long more
#include "driver.h"

#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

// The libraries with the kernels, separated by colons.
#ifndef BASEWISE_KERNELS
#define BASEWISE_KERNELS ""
#endif

#define EXPORT extern "C" __attribute__((visibility("default")))
#define API EXPORT CUresult CUDAAPI

namespace {

using Clock = std::chrono::steady_clock;
using Lock = std::unique_lock<std::mutex>;

constexpr size_t GUARD = 256;
constexpr unsigned char GUARD_BYTE = 0xC3, GARBAGE = 0xA5;
constexpr int SHARED_DEFAULT = 48 << 10, SHARED_MOST = 227 << 10;

struct Allocation {
  size_t bytes;
  int device; // -1: pinned memory of the host
};


struct State {
  std::mutex mutex;
  bool initialised = false;
  std::map<std::string, long> settings;
  std::map<uintptr_t, Allocation> allocations;
  std::map<uintptr_t, int> copying; // pinned allocations with copies under way
  std::map<std::string, long> counts;
  std::vector<std::string> violations;
  std::map<CUstream, std::shared_ptr<CUstream_st>> streams;
  std::set<std::shared_ptr<CUstream_st>> leaving; // destroyed, with work left
  std::set<CUevent> events;
  std::set<CUmodule> modules;
  std::vector<CUcontext> contexts;
  std::vector<void *> kernels;
  std::mutex running; // the shim runs one kernel at a time
};

} // namespace

struct CUctx_st {
  int device;
  int retained = 0;
  std::atomic<int> failure{CUDA_SUCCESS};
};

struct CUstream_st {
  CUcontext context;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> queue;
  bool busy = false, ending = false;
};

struct Mark {
  std::mutex mutex;
  std::condition_variable changed;
  long recorded = 0, reached = 0;
  Clock::time_point when;
};

struct CUevent_st {
  std::shared_ptr<Mark> mark = std::make_shared<Mark>();
};

struct CUfunc_st {
  std::string name;
  std::vector<int> sizes;
  CUcontext context;
  int shared = SHARED_DEFAULT;
};

struct CUmod_st {
  CUcontext context;
  std::map<std::string, std::unique_ptr<CUfunc_st>> functions;
};

namespace {

thread_local CUcontext current = nullptr;

// Never destroyed: threads of streams outlive the library's static objects.
State &state() {
  static State *s = new State;
  return *s;
}

long setting(const char *name, long otherwise) {
  auto found = state().settings.find(name);
  return found == state().settings.end() ? otherwise : found->second;
}

void violate(const std::string &what) {
  fprintf(stderr, "stand-in: %s\n", what.c_str());
  state().violations.push_back(what);
}

long counted(const std::string &name) { return ++state().counts[name]; }

// Counts something and tells whether the fault NAME_at or NAME_from strikes it.
bool struck(const std::string &name, int device) {
  if (device >= 0 && setting("on", device) != device) return false;
  long n = counted(name + "#");
  long from = setting((name + "_from").c_str(), 0);
  return setting((name + "_at").c_str(), 0) == n || (from > 0 && n >= from);
}

int devices() { return setting("no_device", 0) ? 0 : (int)setting("devices", 1); }

bool is_device(CUdevice device) { return device >= 0 && device < devices(); }

CUresult failed(CUcontext context) { return (CUresult)context->failure.load(); }

// What every call in a context asks first.
CUresult ready() {
  if (!state().initialised) return CUDA_ERROR_NOT_INITIALIZED;
  if (current == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  return failed(current);
}

void run(std::shared_ptr<CUstream_st> stream) {
  Lock lock(stream->mutex);
  for (;;) {
    stream->changed.wait(lock, [&] { return stream->ending || !stream->queue.empty(); });
    if (stream->queue.empty()) break;
    auto work = std::move(stream->queue.front());
    stream->queue.pop_front();
    stream->busy = true;
    lock.unlock();
    work();
    lock.lock();
    stream->busy = false;
    stream->changed.notify_all();
  }
  lock.unlock();
  Lock all(state().mutex);
  state().leaving.erase(stream);
}

void enqueue(CUstream stream, std::function<void()> work) {
  Lock lock(stream->mutex);
  stream->queue.push_back(std::move(work));
  stream->changed.notify_all();
}

void drain(const std::shared_ptr<CUstream_st> &stream) {
  Lock lock(stream->mutex);
  stream->changed.wait(lock, [&] { return stream->queue.empty() && !stream->busy; });
}

void drain(CUcontext context) {
  std::vector<std::shared_ptr<CUstream_st>> all;
  {
    Lock lock(state().mutex);
    for (auto &s : state().streams)
      if (s.second->context == context) all.push_back(s.second);
    for (auto &s : state().leaving)
      if (s->context == context) all.push_back(s);
  }
  for (auto &s : all) drain(s);
}

// The allocation that holds a range; null if none does.
const std::pair<const uintptr_t, Allocation> *holder(uintptr_t address, size_t bytes) {
  auto &all = state().allocations;
  auto next = all.upper_bound(address);
  if (next == all.begin()) return nullptr;
  --next;
  return address + bytes <= next->first + next->second.bytes ? &*next : nullptr;
}

bool on_device(CUdeviceptr address, size_t bytes, int device) {
  auto found = holder(address, bytes);
  return found && found->second.device == device;
}

bool is_stream(CUstream stream) {
  return state().streams.count(stream) && stream->context == current;
}

// Allocates with guards on both sides.
void *take(size_t bytes, int device) {
  auto block = (unsigned char *)std::aligned_alloc(GUARD, (bytes + 3 * GUARD - 1) / GUARD * GUARD);
  if (block == nullptr) return nullptr;
  memset(block, GUARD_BYTE, GUARD);
  memset(block + GUARD, GARBAGE, bytes);
  memset(block + GUARD + bytes, GUARD_BYTE, GUARD);
  state().allocations[(uintptr_t)(block + GUARD)] = {bytes, device};
  return block + GUARD;
}

void give(uintptr_t address) {
  auto found = state().allocations.find(address);
  auto memory = (unsigned char *)address;
  size_t bytes = found->second.bytes;
  for (size_t i = 0; i < GUARD; i++) {
    if (memory[-1 - (long)i] != GUARD_BYTE || memory[bytes + i] != GUARD_BYTE) {
      violate("a write beyond an allocation of " + std::to_string(bytes) + " bytes");
      break;
    }
  }
  memset(memory, GARBAGE, bytes);
  state().allocations.erase(found);
  free(memory - GUARD);
}

long used(int device) {
  long sum = 0;
  for (auto &a : state().allocations)
    if (a.second.device == device) sum += (long)a.second.bytes;
  return sum;
}

// Queues work of a context; when its turn comes and the context is dead it is left out, as are its effects.
void submit(CUstream stream, CUresult fate, std::function<void()> work, std::function<void()> after = {}) {
  CUcontext context = stream->context;
  enqueue(stream, [=] {
    if (failed(context) == CUDA_SUCCESS) {
      if (fate == CUDA_SUCCESS)
        work();
      else
        context->failure = fate;
    }
    if (after) after();
  });
}

// The fate of the next queued operation.
CUresult fate(const char *kind, int device) {
  counted(kind);
  if (struck("lost", device)) return CUDA_ERROR_UNKNOWN;
  if (struck(kind, device)) return strcmp(kind, "launch") == 0 ? CUDA_ERROR_LAUNCH_FAILED : CUDA_ERROR_ILLEGAL_ADDRESS;
  return CUDA_SUCCESS;
}

void dawdle(long microseconds) {
  if (microseconds > 0) std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
}

void parse(const char *text) {
  auto &s = state();
  s.settings.clear();
  std::string all = text == nullptr ? "" : text;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find(',', at);
    if (end == std::string::npos) end = all.size();
    std::string one = all.substr(at, end - at);
    size_t is = one.find('=');
    if (is == std::string::npos)
      s.settings[one] = 1;
    else
      s.settings[one.substr(0, is)] = strtol(one.c_str() + is + 1, nullptr, 10);
    at = end + 1;
  }
}

void open_kernels(const char *paths) {
  std::string all = paths;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find(':', at);
    if (end == std::string::npos) end = all.size();
    void *library = dlopen(all.substr(at, end - at).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
      violate(std::string("kernels: ") + dlerror());
    else
      state().kernels.push_back(library);
    at = end + 1;
  }
}

void *with_kernel(const char *name) {
  for (void *library : state().kernels) {
    auto has = (int (*)(const char *))dlsym(library, "basewise_has");
    if (has && has(name)) return library;
  }
  return nullptr;
}

// Sizes of the parameters between the parentheses after an entry's name.
std::vector<int> sizes(const std::string &list) {
  std::vector<int> all;
  for (size_t at = list.find(".param"); at != std::string::npos; at = list.find(".param", at + 1)) {
    size_t end = list.find(',', at);
    std::string one = list.substr(at + 6, end == std::string::npos ? end : end - at - 6);
    size_t align = one.find(".align");
    if (align != std::string::npos) one = one.substr(one.find('.', align + 6));
    size_t digit = one.find_first_of("0123456789", one.find('.'));
    int bytes = atoi(one.c_str() + digit) / 8;
    size_t array = one.find('[');
    all.push_back(array == std::string::npos ? bytes : bytes * atoi(one.c_str() + array + 1));
  }
  return all;
}

void log_to(unsigned int count, CUjit_option *options, void **values, const std::string &text) {
  char *buffer = nullptr;
  size_t size = 0;
  for (unsigned i = 0; i < count; i++) {
    if (options[i] == CU_JIT_ERROR_LOG_BUFFER) buffer = (char *)values[i];
    if (options[i] == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES) size = (size_t)(uintptr_t)values[i];
  }
  if (buffer && size) snprintf(buffer, size, "%s", text.c_str());
}

const struct {
  CUresult code;
  const char *name, *text;
} ERRORS[] = {
    {CUDA_SUCCESS, "CUDA_SUCCESS", "no error"},
    {CUDA_ERROR_INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {CUDA_ERROR_OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {CUDA_ERROR_NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {CUDA_ERROR_DEVICE_UNAVAILABLE, "CUDA_ERROR_DEVICE_UNAVAILABLE", "CUDA-capable device(s) is/are busy or unavailable"},
    {CUDA_ERROR_NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {CUDA_ERROR_INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {CUDA_ERROR_INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {CUDA_ERROR_INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {CUDA_ERROR_INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {CUDA_ERROR_UNSUPPORTED_PTX_VERSION, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
     "the provided PTX was compiled with an unsupported toolchain."},
    {CUDA_ERROR_INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {CUDA_ERROR_NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {CUDA_ERROR_NOT_READY, "CUDA_ERROR_NOT_READY", "device not ready"},
    {CUDA_ERROR_ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many resources requested for launch"},
    {CUDA_ERROR_LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {CUDA_ERROR_NOT_SUPPORTED, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
     "system has unsupported display driver / cuda driver combination"},
    {CUDA_ERROR_UNKNOWN, "CUDA_ERROR_UNKNOWN", "unknown error"},
};

CUresult error_text(CUresult error, const char **text, bool name) {
  for (auto &e : ERRORS) {
    if (e.code == error) {
      *text = name ? e.name : e.text;
      return CUDA_SUCCESS;
    }
  }
  *text = nullptr;
  return CUDA_ERROR_INVALID_VALUE;
}

__attribute__((constructor)) void loaded() {
  parse(getenv("BASEWISE_STANDIN"));
  open_kernels(BASEWISE_KERNELS);
}

} // namespace

// ---- for tests ----

// Forgets every failure and count and takes new faults, as a new process would. Returns 0, or 1 where work is left.
EXPORT int standin_reset(const char *faults) {
  Lock lock(state().mutex);
  parse(faults);
  state().counts.clear();
  state().violations.clear();
  state().initialised = false;
  for (CUcontext c : state().contexts) c->failure = CUDA_SUCCESS;
  bool working = false;
  for (auto &s : state().leaving) {
    Lock inner(s->mutex);
    working |= s->busy || !s->queue.empty();
  }
  return state().streams.empty() && state().allocations.empty() && !working ? 0 : 1;
}

// Counts since the reset: alloc, pinned, launch, copy, fill; and now: live (allocations), bytes (on devices), streams,
// events, modules, retained, violations.
EXPORT long standin_count(const char *name) {
  Lock lock(state().mutex);
  std::string n = name;
  if (n == "live") return (long)state().allocations.size();
  if (n == "streams") return (long)state().streams.size();
  if (n == "events") return (long)state().events.size();
  if (n == "modules") return (long)state().modules.size();
  if (n == "violations") return (long)state().violations.size();
  long sum = 0;
  if (n == "bytes") {
    for (auto &a : state().allocations) sum += a.second.device >= 0 ? (long)a.second.bytes : 0;
    return sum;
  }
  if (n == "retained") {
    for (CUcontext c : state().contexts) sum += c->retained;
    return sum;
  }
  auto found = state().counts.find(n);
  return found == state().counts.end() ? 0 : found->second;
}

// ---- the driver ----

API cuGetErrorName(CUresult error, const char **text) { return error_text(error, text, true); }

API cuGetErrorString(CUresult error, const char **text) { return error_text(error, text, false); }

API cuInit(unsigned int flags) {
  Lock lock(state().mutex);
  if (flags != 0) return CUDA_ERROR_INVALID_VALUE;
  if (setting("init", 0)) return (CUresult)setting("init", 0);
  if (devices() == 0) return CUDA_ERROR_NO_DEVICE;
  state().initialised = true;
  return CUDA_SUCCESS;
}

API cuDriverGetVersion(int *version) {
  Lock lock(state().mutex);
  *version = (int)setting("version", 13000);
  return CUDA_SUCCESS;
}

API cuDeviceGetCount(int *count) {
  Lock lock(state().mutex);
  if (!state().initialised) return CUDA_ERROR_NOT_INITIALIZED;
  *count = devices();
  return CUDA_SUCCESS;
}

API cuDeviceGet(CUdevice *device, int ordinal) {
  Lock lock(state().mutex);
  if (!state().initialised) return CUDA_ERROR_NOT_INITIALIZED;
  if (!is_device(ordinal)) return CUDA_ERROR_INVALID_DEVICE;
  *device = ordinal;
  return CUDA_SUCCESS;
}

API cuDeviceGetName(char *name, int length, CUdevice device) {
  Lock lock(state().mutex);
  if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
  snprintf(name, length, "emulation on the CPU, no GPU");
  return CUDA_SUCCESS;
}

API cuDeviceGetPCIBusId(char *id, int length, CUdevice device) {
  Lock lock(state().mutex);
  if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
  snprintf(id, length, "0000:%02d:00.0", device);
  return CUDA_SUCCESS;
}

API cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
  Lock lock(state().mutex);
  if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
  *bytes = (size_t)setting("memory", 1L << 30);
  return CUDA_SUCCESS;
}

API cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice device) {
  Lock lock(state().mutex);
  if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
  switch ((int)attribute) {
  case CU_DEVICE_ATTRIBUTE_CLOCK_RATE: *value = 1000000; break;
  case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT: *value = 4; break;
  case CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE: return CUDA_ERROR_INVALID_VALUE; // as a driver that no longer says
  case CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH: *value = 128; break;
  case CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE: *value = 4 << 20; break;
  case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR: *value = 2048; break;
  case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR: *value = (int)setting("cc", 90) / 10; break;
  case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR: *value = (int)setting("cc", 90) % 10; break;
  case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN: *value = SHARED_MOST; break;
  default: return CUDA_ERROR_INVALID_VALUE;
  }
  return CUDA_SUCCESS;
}

API cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned int) {
  Lock lock(state().mutex);
  return is_device(device) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_DEVICE;
}

API cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
  Lock lock(state().mutex);
  if (!state().initialised) return CUDA_ERROR_NOT_INITIALIZED;
  if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
  if (setting("unavailable", 0)) return CUDA_ERROR_DEVICE_UNAVAILABLE;
  auto &all = state().contexts;
  while ((int)all.size() <= device) all.push_back(new CUctx_st{(int)all.size()});
  all[device]->retained++;
  *context = all[device];
  return CUDA_SUCCESS;
}

API cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  Lock lock(state().mutex);
  if (device < 0 || device >= (int)state().contexts.size() || state().contexts[device]->retained == 0)
    return CUDA_ERROR_INVALID_CONTEXT;
  state().contexts[device]->retained--;
  return CUDA_SUCCESS;
}

API cuCtxSetCurrent(CUcontext context) {
  current = context;
  return CUDA_SUCCESS;
}

API cuCtxSynchronize(void) {
  CUcontext context = current;
  {
    Lock lock(state().mutex);
    if (!state().initialised) return CUDA_ERROR_NOT_INITIALIZED;
    if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  }
  drain(context);
  return failed(context);
}

API cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned int count, CUjit_option *options, void **values) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  std::string text = (const char *)image;
  size_t version = text.find(".version");
  int major = 0, minor = 0;
  if (version == std::string::npos || sscanf(text.c_str() + version, ".version %d.%d", &major, &minor) != 2) {
    log_to(count, options, values, "ptxas application ptx input, line 1; fatal   : Missing .version directive");
    return CUDA_ERROR_INVALID_PTX;
  }
  if (10 * major + minor > setting("ptx", 84)) {
    log_to(count, options, values, "ptxas application ptx input, line 1; fatal   : Unsupported .version");
    return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
  }
  auto made = new CUmod_st{current, {}};
  for (size_t at = text.find(".entry"); at != std::string::npos; at = text.find(".entry", at + 1)) {
    size_t start = text.find_first_not_of(" \t\n", at + 6), open = text.find_first_of("( \t\n{", start);
    std::string name = text.substr(start, open - start);
    size_t list = text.find_first_not_of(" \t\n", open), close = text.find(')', open);
    auto f = std::make_unique<CUfunc_st>();
    f->name = name;
    f->context = current;
    if (text[list] == '(') f->sizes = sizes(text.substr(list, close - list));
    made->functions[name] = std::move(f);
  }
  state().modules.insert(made);
  *module = made;
  return CUDA_SUCCESS;
}

API cuModuleUnload(CUmodule module) {
  CUcontext context = current;
  if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  drain(context);
  Lock lock(state().mutex);
  if (!state().modules.erase(module)) return CUDA_ERROR_INVALID_HANDLE;
  delete module;
  return CUDA_SUCCESS;
}

API cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!state().modules.count(module)) return CUDA_ERROR_INVALID_HANDLE;
  auto found = module->functions.find(name);
  if (found == module->functions.end()) return CUDA_ERROR_NOT_FOUND;
  if (with_kernel(name) == nullptr) {
    violate(std::string("no library has the kernel ") + name);
    return CUDA_ERROR_NOT_FOUND;
  }
  *function = found->second.get();
  return CUDA_SUCCESS;
}

API cuFuncGetAttribute(int *value, CUfunction_attribute attribute, CUfunction function) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  switch ((int)attribute) {
  case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK: *value = 1024; break;
  case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES: *value = 0; break;
  case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES: *value = 0; break;
  case CU_FUNC_ATTRIBUTE_NUM_REGS: *value = 32; break;
  case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES: *value = function->shared; break;
  default: return CUDA_ERROR_INVALID_VALUE;
  }
  return CUDA_SUCCESS;
}

API cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES || value < 0 || value > SHARED_MOST)
    return CUDA_ERROR_INVALID_VALUE;
  function->shared = value;
  return CUDA_SUCCESS;
}

API cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, CUfunction, int blockSize, size_t dynamicShared) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (blockSize < 1 || blockSize > 1024) return CUDA_ERROR_INVALID_VALUE;
  size_t by_shared = dynamicShared == 0 ? 32 : SHARED_MOST / dynamicShared;
  *blocks = (int)std::min<size_t>(std::min<size_t>(32, by_shared), 2048 / blockSize);
  return CUDA_SUCCESS;
}

API cuMemGetInfo_v2(size_t *free, size_t *total) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  *total = (size_t)setting("memory", 1L << 30);
  *free = *total - (size_t)used(current->device);
  return CUDA_SUCCESS;
}

API cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (bytes == 0) return CUDA_ERROR_INVALID_VALUE;
  counted("alloc");
  if (struck("oom", current->device) || (long)bytes > setting("memory", 1L << 30) - used(current->device))
    return CUDA_ERROR_OUT_OF_MEMORY;
  void *memory = take(bytes, current->device);
  if (memory == nullptr) return CUDA_ERROR_OUT_OF_MEMORY;
  *address = (CUdeviceptr)memory;
  return CUDA_SUCCESS;
}

API cuMemFree_v2(CUdeviceptr address) {
  CUcontext context = current;
  if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  drain(context); // as the driver does
  Lock lock(state().mutex);
  auto found = state().allocations.find(address);
  if (found == state().allocations.end() || found->second.device != context->device) {
    violate("memory given back that was not taken, or twice");
    return CUDA_ERROR_INVALID_VALUE;
  }
  give(address);
  return failed(context);
}

API cuMemHostAlloc(void **address, size_t bytes, unsigned int) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (bytes == 0) return CUDA_ERROR_INVALID_VALUE;
  counted("pinned");
  if (struck("pinned_oom", current->device)) return CUDA_ERROR_OUT_OF_MEMORY;
  *address = take(bytes, -1);
  return *address == nullptr ? CUDA_ERROR_OUT_OF_MEMORY : CUDA_SUCCESS;
}

API cuMemFreeHost(void *address) {
  Lock lock(state().mutex);
  if (current == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  auto found = state().allocations.find((uintptr_t)address);
  if (found == state().allocations.end() || found->second.device != -1) {
    violate("pinned memory given back that was not taken, or twice");
    return CUDA_ERROR_INVALID_VALUE;
  }
  if (state().copying[(uintptr_t)address] > 0) {
    violate("pinned memory given back under a copy");
    return CUDA_ERROR_INVALID_VALUE;
  }
  give((uintptr_t)address);
  return failed(current);
}

API cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream stream) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (!on_device(to, bytes, current->device)) return CUDA_ERROR_INVALID_VALUE;
  CUresult f = fate("copy", current->device);
  long slow = setting("slow", 0);
  auto pinned = holder((uintptr_t)from, bytes);
  if (pinned && pinned->second.device == -1) {
    uintptr_t key = pinned->first;
    state().copying[key]++;
    submit(
        stream, f,
        [=] {
          dawdle(slow);
          memcpy((void *)to, from, bytes);
        },
        [=] {
          Lock later(state().mutex);
          state().copying[key]--;
        });
  } else { // other memory is staged before the call returns
    auto staged = std::make_shared<std::vector<char>>((const char *)from, (const char *)from + bytes);
    submit(stream, f, [=] {
      dawdle(slow);
      memcpy((void *)to, staged->data(), bytes);
    });
  }
  return CUDA_SUCCESS;
}

API cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream stream) {
  std::shared_ptr<CUstream_st> waited;
  {
    Lock lock(state().mutex);
    if (CUresult r = ready()) return r;
    if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
    if (!on_device(from, bytes, current->device)) return CUDA_ERROR_INVALID_VALUE;
    CUresult f = fate("copy", current->device);
    long slow = setting("slow", 0);
    auto pinned = holder((uintptr_t)to, bytes);
    if (pinned && pinned->second.device == -1) {
      uintptr_t key = pinned->first;
      state().copying[key]++;
      if (slow) memset(to, GARBAGE, bytes);
      submit(
          stream, f,
          [=] {
            dawdle(slow);
            memcpy(to, (const void *)from, bytes);
          },
          [=] {
            Lock later(state().mutex);
            state().copying[key]--;
          });
      return CUDA_SUCCESS;
    }
    submit(stream, f, [=] { memcpy(to, (const void *)from, bytes); });
    waited = state().streams[stream];
  }
  drain(waited); // to other memory a copy is done when the call returns
  return CUDA_SUCCESS;
}

API cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (!on_device(to, bytes, current->device) || !on_device(from, bytes, current->device)) return CUDA_ERROR_INVALID_VALUE;
  submit(stream, fate("copy", current->device), [=] { memmove((void *)to, (const void *)from, bytes); });
  return CUDA_SUCCESS;
}

API cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t bytes, CUstream stream) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (!on_device(to, bytes, current->device)) return CUDA_ERROR_INVALID_VALUE;
  submit(stream, fate("fill", current->device), [=] { memset((void *)to, value, bytes); });
  return CUDA_SUCCESS;
}

API cuStreamCreate(CUstream *stream, unsigned int) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  auto made = std::make_shared<CUstream_st>();
  made->context = current;
  std::thread(run, made).detach();
  state().streams[made.get()] = made;
  *stream = made.get();
  return CUDA_SUCCESS;
}

// Returns at once; what is queued goes on.
API cuStreamDestroy_v2(CUstream stream) {
  Lock lock(state().mutex);
  auto found = state().streams.find(stream);
  if (found == state().streams.end()) return CUDA_ERROR_INVALID_HANDLE;
  auto leaving = found->second;
  state().streams.erase(found);
  state().leaving.insert(leaving);
  Lock inner(leaving->mutex);
  leaving->ending = true;
  leaving->changed.notify_all();
  return CUDA_SUCCESS;
}

API cuStreamSynchronize(CUstream stream) {
  CUcontext context = current;
  std::shared_ptr<CUstream_st> waited;
  {
    Lock lock(state().mutex);
    if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
    if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
    waited = state().streams[stream];
  }
  drain(waited);
  return failed(context);
}

API cuEventCreate(CUevent *event, unsigned int) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  *event = new CUevent_st;
  state().events.insert(*event);
  return CUDA_SUCCESS;
}

API cuEventDestroy_v2(CUevent event) {
  Lock lock(state().mutex);
  if (!state().events.erase(event)) return CUDA_ERROR_INVALID_HANDLE;
  delete event;
  return CUDA_SUCCESS;
}

API cuEventRecord(CUevent event, CUstream stream) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream) || !state().events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  auto mark = event->mark;
  Lock inner(mark->mutex);
  long number = ++mark->recorded;
  enqueue(stream, [=] {
    Lock then(mark->mutex);
    mark->reached = number;
    mark->when = Clock::now();
    mark->changed.notify_all();
  });
  return CUDA_SUCCESS;
}

API cuStreamWaitEvent(CUstream stream, CUevent event, unsigned int) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream) || !state().events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  auto mark = event->mark;
  Lock inner(mark->mutex);
  long number = mark->recorded;
  enqueue(stream, [=] {
    Lock then(mark->mutex);
    mark->changed.wait(then, [&] { return mark->reached >= number; });
  });
  return CUDA_SUCCESS;
}

API cuEventQuery(CUevent event) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!state().events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  Lock inner(event->mark->mutex);
  return event->mark->reached >= event->mark->recorded ? CUDA_SUCCESS : CUDA_ERROR_NOT_READY;
}

API cuEventSynchronize(CUevent event) {
  std::shared_ptr<Mark> mark;
  CUcontext context = current;
  {
    Lock lock(state().mutex);
    if (CUresult r = ready()) return r;
    if (!state().events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
    mark = event->mark;
  }
  Lock lock(mark->mutex);
  long number = mark->recorded;
  mark->changed.wait(lock, [&] { return mark->reached >= number; });
  return failed(context);
}

API cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!state().events.count(start) || !state().events.count(end)) return CUDA_ERROR_INVALID_HANDLE;
  if (start->mark->recorded == 0 || end->mark->recorded == 0) return CUDA_ERROR_INVALID_HANDLE;
  if (start->mark->reached < start->mark->recorded || end->mark->reached < end->mark->recorded)
    return CUDA_ERROR_NOT_READY;
  *milliseconds = std::chrono::duration<float, std::milli>(end->mark->when - start->mark->when).count();
  return CUDA_SUCCESS;
}

API cuLaunchKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ, unsigned int blockX,
                   unsigned int blockY, unsigned int blockZ, unsigned int shared, CUstream stream, void **parameters,
                   void **extra) {
  Lock lock(state().mutex);
  if (CUresult r = ready()) return r;
  if (!is_stream(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (gridX == 0 || gridX > 0x7fffffffu || blockX == 0 || blockX > 1024 || (int)shared > function->shared)
    return CUDA_ERROR_INVALID_VALUE;
  if (gridY != 1 || gridZ != 1 || blockY != 1 || blockZ != 1 || extra != nullptr) return CUDA_ERROR_NOT_SUPPORTED;
  if (struck("launch_refused", current->device)) return CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES;
  CUresult f = fate("launch", current->device);
  // The values are the driver's from here on: the caller's memory may go.
  auto values = std::make_shared<std::vector<std::vector<uint64_t>>>();
  for (size_t i = 0; i < function->sizes.size(); i++) {
    values->emplace_back((function->sizes[i] + 7) / 8);
    memcpy(values->back().data(), parameters[i], function->sizes[i]);
  }
  auto library = with_kernel(function->name.c_str());
  auto launch = (int (*)(const char *, unsigned, unsigned, unsigned, void **))dlsym(library, "basewise_launch");
  std::string name = function->name;
  CUcontext context = current;
  submit(stream, f, [=] {
    std::vector<void *> pointers;
    for (auto &v : *values) pointers.push_back(v.data());
    int code;
    {
      Lock one(state().running);
      code = launch(name.c_str(), gridX, blockX, shared, pointers.data());
    }
    if (code != 0) context->failure = code;
  });
  return CUDA_SUCCESS;
}
