#include "generated.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__) && !defined(_WIN32)
#include <sys/mman.h>
#include <unistd.h>
#define VISTEST_EXECUTES 1
#endif

namespace vistest {

namespace {

long kept_blocks(const ByteWeights& weights) {
  const auto& quads = weights.quads;
  return static_cast<long>(quads.size()) - std::count(quads.begin(), quads.end(), 0);
}

}  // namespace

double kept_share(const ByteWeights& weights) {
  return static_cast<double>(kept_blocks(weights)) / static_cast<double>(weights.quads.size());
}

GeneratedCode generate(Generator generator, const ByteWeights& weights,
                       const std::vector<std::int32_t>& offsets,
                       const Requantisation& requantisation) {
  GeneratedCode result;
  if (generator == Generator::kAvx2) result = generate_avx2(weights, offsets, requantisation);
  if (generator == Generator::kAvx512Vnni) {
    result = generate_avx512vnni(weights, offsets, requantisation);
  }
  result.kept = kept_blocks(weights);
  return result;
}

#if defined(VISTEST_EXECUTES)

// Written first, then made executable and no longer writable: never both at once.
std::shared_ptr<const GeneratedKernel> GeneratedKernel::load(GeneratedCode code) {
  std::shared_ptr<GeneratedKernel> kernel(new GeneratedKernel(std::move(code)));
  const long page = sysconf(_SC_PAGESIZE);
  const long bytes = round_up(kernel->bytes(), page);
  if (bytes == 0) return nullptr;
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  kernel->memory_ = static_cast<std::uint8_t*>(memory);
  kernel->mapped_ = bytes;
  std::memcpy(memory, kernel->code_.code.data(), kernel->code_.code.size());
  if (mprotect(memory, bytes, PROT_READ | PROT_EXEC) != 0) return nullptr;
  return kernel;
}

GeneratedKernel::~GeneratedKernel() {
  if (memory_ != nullptr) munmap(memory_, mapped_);
}

#else

std::shared_ptr<const GeneratedKernel> GeneratedKernel::load(GeneratedCode) { return nullptr; }
GeneratedKernel::~GeneratedKernel() = default;

#endif

void GeneratedKernel::run(int index, const std::uint8_t* input, std::uint8_t* output,
                          long plane_bytes, long cell, long cell_end) const {
  const Unit& unit = code_.units[index];
  UnitFunction function;
  const std::uint8_t* entry = memory_ + unit.entry;
  std::memcpy(&function, &entry, sizeof function);
  const long tiles = (cell_end - cell + code_.tile - 1) / code_.tile;
  function(input + cell * kCellBytes, output + unit.plane * plane_bytes + cell * kCellBytes, tiles,
           code_.weights.data() + unit.weights, code_.constants.data() + unit.constants,
           plane_bytes);
}

}  // namespace vistest
