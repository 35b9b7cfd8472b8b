// Runs one kernel through the shim in a process of its own, so that a sanitizer can watch it: replay CASE, where CASE is
// a file that says what to launch; buffers are written back into it. In the file, little-endian: u32 threads side by side
// (basewise_threads), u64 seed, u32 length and letters of the kernel's name, u32 grid, u32 block, u32 shared bytes,
// u32 arguments; of each a u32 kind (4 or 8: a number of so many bytes; 0: a buffer) and a u64, the number or the length
// of the buffer, whose bytes follow. Exit code: 0, or 1 with a line.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern "C" {
int basewise_launch(const char* name, unsigned grid, unsigned threads, unsigned shared_bytes, void** params);
void basewise_seed(uint64_t value);
void basewise_threads(unsigned blocks);
}

namespace {

struct Argument {
  uint32_t kind;
  uint64_t value;
  long at;
  unsigned char* buffer;
};

template <typename T>
T read(FILE* file) {
  T value;
  if (fread(&value, sizeof(T), 1, file) != 1) {
    fprintf(stderr, "the case ends too early\n");
    exit(1);
  }
  return value;
}

}  // namespace

int main(int count, char** words) {
  FILE* file = count == 2 ? fopen(words[1], "r+b") : nullptr;
  if (file == nullptr) {
    fprintf(stderr, "usage: replay CASE\n");
    return 1;
  }
  basewise_threads(read<uint32_t>(file));
  basewise_seed(read<uint64_t>(file));
  std::string name(read<uint32_t>(file), ' ');
  for (char& c : name) {
    c = read<char>(file);
  }
  auto grid = read<uint32_t>(file);
  auto block = read<uint32_t>(file);
  auto shared = read<uint32_t>(file);
  std::vector<Argument> arguments(read<uint32_t>(file));
  std::vector<void*> params;
  for (Argument& a : arguments) {
    a.kind = read<uint32_t>(file);
    a.value = read<uint64_t>(file);
    a.at = ftell(file);
    a.buffer = nullptr;
    if (a.kind == 0) {
      // Just as long as it is said to be: a byte too far is seen.
      a.buffer = static_cast<unsigned char*>(malloc(a.value));
      if (a.value > 0 && fread(a.buffer, a.value, 1, file) != 1) {
        fprintf(stderr, "the case ends too early\n");
        return 1;
      }
      params.push_back(&a.buffer);
    } else {
      params.push_back(&a.value);
    }
  }
  int code = basewise_launch(name.c_str(), grid, block, shared, params.data());
  if (code != 0) {
    fprintf(stderr, "%s: error %d\n", name.c_str(), code);
    return 1;
  }
  for (const Argument& a : arguments) {
    if (a.kind == 0 && a.value > 0) {
      fseek(file, a.at, SEEK_SET);
      fwrite(a.buffer, a.value, 1, file);
    }
    free(a.buffer);
  }
  return fclose(file) == 0 ? 0 : 1;
}
