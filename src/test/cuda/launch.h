// How a kernel is called with the arguments that cuLaunchKernel takes.
#pragma once

#include <tuple>
#include <utility>

namespace shim {

// One kernel with its arguments; every thread of the launch runs it.
class Call {
 public:
  virtual ~Call() = default;
  virtual void run() const = 0;
};

// Error codes are the driver's.
int launch(const Call& call, unsigned grid, unsigned threads, unsigned shared_bytes);

template <typename... A>
class CallOf : public Call {
 public:
  CallOf(void (*kernel)(A...), void** params) : kernel(kernel), arguments(take(params, std::index_sequence_for<A...>())) {}

  void run() const override { apply(std::index_sequence_for<A...>()); }

 private:
  template <size_t... I>
  static std::tuple<A...> take(void** params, std::index_sequence<I...>) {
    (void)params;
    return std::tuple<A...>(*static_cast<A*>(params[I])...);
  }

  template <size_t... I>
  void apply(std::index_sequence<I...>) const {
    kernel(std::get<I>(arguments)...);
  }

  void (*kernel)(A...);
  std::tuple<A...> arguments;
};

template <typename... A>
int launch_with(void (*kernel)(A...), unsigned grid, unsigned threads, unsigned shared_bytes, void** params) {
  return launch(CallOf<A...>(kernel, params), grid, threads, shared_bytes);
}

}  // namespace shim
