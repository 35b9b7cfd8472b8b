// A stand-in for the NVIDIA driver's library: an emulation on the CPU, for tests of the host path only. Device memory is
// memory of the host, a stream is a thread, and kernels are those of a library that the shim built (basewise_launch,
// basewise_has). What it does more strictly than a GPU: copies can be late (slow=), fresh device memory
// holds garbage, writes beyond an allocation are found, and a destination of a queued copy holds garbage until the copy.
//
// Faults come from BASEWISE_STANDIN when it is loaded and from standin_reset() and standin_faults(), comma-separated:
//   devices=N memory=BYTES cc=75 version=13000 ptx=84   what there is (defaults: 1, 1 GiB, 9.0, CUDA 13.0, PTX 8.4)
//   no_device  init=CODE  unavailable                   cuInit or the primary context fail
//   oom_at=N oom_from=N pinned_oom_at=N pinned_oom_from=N   the N-th allocation (1 is the next), or all from it on
//   launch_refused_at=N                                 the N-th launch is out of resources, and nothing else is wrong
//   launch_at=N copy_at=N                               the N-th launch or copy fails when it runs: the context is dead
//   lost_at=N                                           the device is gone at the N-th queued operation
//   on=D                                                faults of memory, launches and copies count and strike on device D only
//   slow=MICROSECONDS                                   every copy takes that long more
#include "standin.h"

namespace {

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

// Takes new faults in the middle of work: they count from here on; all else stays as it is.
EXPORT void standin_faults(const char *faults) {
  Lock lock(state().mutex);
  parse(faults);
  auto &counts = state().counts;
  for (auto c = counts.begin(); c != counts.end();) c = c->first.back() == '#' ? counts.erase(c) : std::next(c);
}

// Counts since the reset: alloc, pinned, launch, copy, fill (of one device: launch:1), up (bytes copied to devices); and
// now: live (allocations), bytes (on devices), streams, events, modules, retained, violations.
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
  state().counts["up"] += (long)bytes;
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
