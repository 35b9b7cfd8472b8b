// The machinery of shim.h: blocks, threads of a block, and where they meet.
#include "shim.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "launch.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#define ASAN 1
#else
#define ASAN 0
#endif

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace shim {
namespace {

constexpr int OK = 0;
constexpr int INVALID_VALUE = 1;
constexpr int LAUNCH_FAILED = 719;
constexpr unsigned WARP_LANES = 32;
constexpr size_t STACK = 64 << 10;

std::atomic<uint64_t> seed{1};
// How many blocks of system threads run side by side; 0 for fibers.
std::atomic<unsigned> concurrent_blocks{0};

struct Parted {};

class Block;

struct Lane {
  Where where;
  Block* block = nullptr;
  unsigned warp_turn = 0;
};

thread_local Lane* current = nullptr;

// Threads of a block or lanes of a warp that wait for each other.
struct Gathering {
  unsigned members = 0;
  unsigned arrived = 0;
  unsigned turn = 0;
  int meeting = -1;
  uint64_t values[2][WARP_LANES] = {};
};

class Block {
 public:
  Block(unsigned threads, unsigned shared_bytes)
      : lanes(threads), warps((threads + WARP_LANES - 1) / WARP_LANES), memory(shared_bytes / 16 + 1) {
    for (unsigned w = 0; w < warps.size(); w++) {
      warps[w].members = std::min(WARP_LANES, threads - w * WARP_LANES);
    }
    all.members = threads;
  }
  virtual ~Block() = default;

  // Waits until a gathering's turn is over.
  virtual void wait(Gathering& at, unsigned turn) = 0;
  virtual void lock() {}
  virtual void unlock() {}
  virtual void woken() {}

  // With the lock held.
  void come(Gathering& at, Meeting meeting) {
    if (failed || (at.arrived > 0 && at.meeting != meeting)) {
      fail();
    }
    at.meeting = meeting;
    if (++at.arrived == at.members) {
      at.arrived = 0;
      at.turn++;
      woken();
    } else {
      wait(at, at.turn);
    }
  }

  // A thread has ended: the block waits for it no more, as on a device; its warp must not.
  void leave(Lane& lane) {
    lock();
    Gathering& warp = warps[lane.where.thread.x / WARP_LANES];
    if (warp.arrived > 0) {
      failed = true;
    }
    warp.members--;
    if (--all.members > 0 && all.arrived == all.members) {
      all.arrived = 0;
      all.turn++;
    }
    woken();
    unlock();
  }

  [[noreturn]] void fail() {
    failed = true;
    woken();
    unlock();
    throw Parted();
  }

  void fresh(const Where& first, unsigned bytes) {
    for (unsigned i = 0; i < lanes.size(); i++) {
      lanes[i].where = first;
      lanes[i].where.thread.x = i;
      lanes[i].block = this;
    }
    // What a kernel reads before it writes is not zero by luck.
    memset(memory.data(), 0xa5, bytes);
  }

  std::vector<Lane> lanes;
  std::vector<Gathering> warps;
  Gathering all;
  std::vector<uint4> memory;
  bool failed = false;
};

// ---- fibers

struct Fiber {
  std::unique_ptr<unsigned char[]> stack;
  void* place = nullptr;
#if !defined(__x86_64__)
  ucontext_t context;
#endif
  bool done = false;
  Gathering* at = nullptr;
  unsigned turn = 0;
  void* fake = nullptr;
};

class FiberBlock;
thread_local FiberBlock* running = nullptr;

#if defined(__x86_64__)
// Saves what a called function must keep and the stack, and takes up another.
extern "C" void basewise_switch(void** from, void* to);
asm(R"(
.text
.type basewise_switch, @function
basewise_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size basewise_switch, .-basewise_switch
)");
#endif

class FiberBlock : public Block {
 public:
  FiberBlock(unsigned threads, unsigned shared_bytes, uint64_t random) : Block(threads, shared_bytes), random(random) {}

  int run(const Call& call, std::vector<Fiber>& pool) {
    while (pool.size() < lanes.size()) {
      pool.emplace_back();
      pool.back().stack.reset(new unsigned char[STACK]);
    }
    fibers = pool.data();
    this->call = &call;
    running = this;
    std::vector<unsigned> ready;
    for (unsigned i = 0; i < lanes.size(); i++) {
      begin(fibers[i]);
      ready.push_back(i);
    }
    unsigned left = static_cast<unsigned>(lanes.size());
    std::vector<unsigned> waiting;
    while (left > 0) {
      while (!ready.empty()) {
        // Any of them may be next.
        size_t pick = next() % ready.size();
        unsigned i = ready[pick];
        ready[pick] = ready.back();
        ready.pop_back();
        resume(i);
        if (fibers[i].done) {
          left--;
        } else {
          waiting.push_back(i);
        }
      }
      size_t kept = 0;
      for (unsigned i : waiting) {
        if (failed || fibers[i].at->turn != fibers[i].turn) {
          ready.push_back(i);
        } else {
          waiting[kept++] = i;
        }
      }
      waiting.resize(kept);
      if (ready.empty() && left > 0) {
        // They wait for threads that will not come.
        failed = true;
      }
    }
    running = nullptr;
    return failed ? LAUNCH_FAILED : OK;
  }

  void wait(Gathering& at, unsigned turn) override {
    Fiber& self = fibers[active];
    self.at = &at;
    self.turn = turn;
    yield(self, false);
    if (failed) {
      throw Parted();
    }
  }

  void body() {
    finish_switch(nullptr);
    try {
      call->run();
      leave(*current);
    } catch (const Parted&) {
    }
    fibers[active].done = true;
    yield(fibers[active], true);
  }

 private:
  uint64_t next() {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    return random;
  }

  void begin(Fiber& f);

  void resume(unsigned i) {
    active = i;
    current = &lanes[i];
    Fiber& f = fibers[i];
#if ASAN
    __sanitizer_start_switch_fiber(&scheduler_fake, f.stack.get(), STACK);
#endif
#if defined(__x86_64__)
    basewise_switch(&scheduler, f.place);
#else
    swapcontext(&scheduler, &f.context);
#endif
#if ASAN
    __sanitizer_finish_switch_fiber(scheduler_fake, nullptr, nullptr);
#endif
    current = nullptr;
  }

  void yield(Fiber& f, bool last) {
    (void)last;
#if ASAN
    __sanitizer_start_switch_fiber(last ? nullptr : &f.fake, scheduler_stack, scheduler_size);
#endif
#if defined(__x86_64__)
    basewise_switch(&f.place, scheduler);
#else
    swapcontext(&f.context, &scheduler);
#endif
    finish_switch(f.fake);
  }

  void finish_switch(void* fake) {
    (void)fake;
#if ASAN
    __sanitizer_finish_switch_fiber(fake, &scheduler_stack, &scheduler_size);
#endif
  }

  uint64_t random;
  Fiber* fibers = nullptr;
  const Call* call = nullptr;
  unsigned active = 0;
#if ASAN
  void* scheduler_fake = nullptr;
  const void* scheduler_stack = nullptr;
  size_t scheduler_size = 0;
#endif
#if defined(__x86_64__)
  void* scheduler = nullptr;
#else
  ucontext_t scheduler;
#endif
};

void enter() { running->body(); }

void FiberBlock::begin(Fiber& f) {
  f.done = false;
  f.at = nullptr;
  f.fake = nullptr;
#if defined(__x86_64__)
  // As basewise_switch leaves a stack: six registers, where to go on, and one word that keeps calls aligned.
  auto top = reinterpret_cast<uintptr_t>(f.stack.get() + STACK) & ~static_cast<uintptr_t>(15);
  void** at = reinterpret_cast<void**>(top) - 8;
  for (int i = 0; i < 8; i++) {
    at[i] = nullptr;
  }
  at[6] = reinterpret_cast<void*>(&enter);
  f.place = at;
#else
  getcontext(&f.context);
  f.context.uc_stack.ss_sp = f.stack.get();
  f.context.uc_stack.ss_size = STACK;
  f.context.uc_link = nullptr;
  makecontext(&f.context, &enter, 0);
#endif
}

// ---- system threads

class ThreadBlock : public Block {
 public:
  using Block::Block;

  int run(const Call& call) {
    std::vector<std::thread> threads;
    for (Lane& lane : lanes) {
      threads.emplace_back([this, &call, &lane] {
        current = &lane;
        try {
          call.run();
          leave(lane);
        } catch (const Parted&) {
        }
      });
    }
    for (std::thread& t : threads) {
      t.join();
    }
    return failed ? LAUNCH_FAILED : OK;
  }

  void lock() override { mutex.lock(); }
  void unlock() override { mutex.unlock(); }
  void woken() override { condition.notify_all(); }

  void wait(Gathering& at, unsigned turn) override {
    std::unique_lock<std::mutex> held(mutex, std::adopt_lock);
    condition.wait(held, [&] { return failed || at.turn != turn; });
    held.release();
    if (failed) {
      unlock();
      throw Parted();
    }
  }

 private:
  std::mutex mutex;
  std::condition_variable_any condition;
};

}  // namespace

const Where& where() { return current->where; }

unsigned char* dynamic_shared() { return reinterpret_cast<unsigned char*>(current->block->memory.data()); }

void sync_block() {
  Block& b = *current->block;
  b.lock();
  b.come(b.all, BLOCK);
  b.unlock();
}

const uint64_t* meet(Meeting meeting, unsigned mask, uint64_t value) {
  Lane& lane = *current;
  Block& b = *lane.block;
  unsigned thread = lane.where.thread.x;
  Gathering& warp = b.warps[thread / WARP_LANES];
  // Two sets of values in turn: nobody is two meetings ahead of another.
  uint64_t* values = warp.values[lane.warp_turn++ & 1];
  b.lock();
  if (mask != 0xffffffffu || warp.members != WARP_LANES) {
    b.fail();
  }
  values[thread % WARP_LANES] = value;
  b.come(warp, meeting);
  b.unlock();
  return values;
}

int launch(const Call& call, unsigned grid, unsigned threads, unsigned shared_bytes) {
  if (grid == 0 || threads == 0 || threads > 1024 || shared_bytes > (227u << 10)) {
    return INVALID_VALUE;
  }
  auto where_of = [&](unsigned block) {
    return Where{{0, 0, 0}, {block, 0, 0}, {threads, 1, 1}, {grid, 1, 1}};
  };
  unsigned side_by_side = concurrent_blocks;
  if (side_by_side == 0) {
    static thread_local std::vector<Fiber> pool;
    for (unsigned i = 0; i < grid; i++) {
      FiberBlock block(threads, shared_bytes, (seed * 0x9e3779b97f4a7c15ull + i) | 1);
      block.fresh(where_of(i), shared_bytes);
      int code = block.run(call, pool);
      if (code != OK) {
        return code;
      }
    }
    return OK;
  }
  for (unsigned from = 0; from < grid; from += side_by_side) {
    unsigned to = std::min(grid, from + side_by_side);
    std::vector<std::thread> threads_of;
    std::vector<int> codes(to - from);
    for (unsigned i = from; i < to; i++) {
      threads_of.emplace_back([&, i] {
        ThreadBlock block(threads, shared_bytes);
        block.fresh(where_of(i), shared_bytes);
        codes[i - from] = block.run(call);
      });
    }
    for (std::thread& t : threads_of) {
      t.join();
    }
    for (int code : codes) {
      if (code != OK) {
        return code;
      }
    }
  }
  return OK;
}

}  // namespace shim

extern "C" {

// The order in which threads of a block go on between meetings.
void basewise_seed(uint64_t value) { shim::seed = value; }

// Threads of a block become system threads, with so many blocks side by side (1 for kernels that have static shared
// memory); 0: fibers again.
void basewise_threads(unsigned blocks) { shim::concurrent_blocks = blocks; }
}
