// The stand-in's state: settings and faults, allocations, streams as threads. Included once, by standin.cpp.
#pragma once

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
  counted(kind + std::string(":") + std::to_string(device));
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

__attribute__((constructor)) void loaded() {
  parse(getenv("BASEWISE_STANDIN"));
  open_kernels(BASEWISE_KERNELS);
}

} // namespace
