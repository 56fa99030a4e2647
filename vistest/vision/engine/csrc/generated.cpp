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

GeneratedKernel::GeneratedKernel(const GeneratedCode& code)
    : units_(code.units),
      tile_(code.tile),
      bytes_(static_cast<long>(code.code.size())),
      kept_(code.kept) {}

std::shared_ptr<const GeneratedKernel> GeneratedKernel::load(const GeneratedCode& code) {
  std::shared_ptr<GeneratedKernel> kernel(new GeneratedKernel(code));
  if (!kernel->map(code)) return nullptr;
  return kernel;
}

#if defined(VISTEST_EXECUTES)

// Written first; then the code becomes executable and what it reads constant: nothing is ever
// writable and executable at once.
bool GeneratedKernel::map(const GeneratedCode& code) {
  const long page = sysconf(_SC_PAGESIZE);
  const long code_bytes = round_up(bytes_, page);
  const long weight_bytes = round_up(static_cast<long>(4 * code.weights.size()), 64);
  const long data_bytes = weight_bytes + static_cast<long>(code.constants.size());
  mapped_ = code_bytes + round_up(data_bytes, page);
  void* memory = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  memory_ = static_cast<std::uint8_t*>(memory);
  std::uint8_t* data = memory_ + code_bytes;
  std::memcpy(memory_, code.code.data(), code.code.size());
  std::memcpy(data, code.weights.data(), 4 * code.weights.size());
  std::memcpy(data + weight_bytes, code.constants.data(), code.constants.size());
  weights_ = reinterpret_cast<const std::int32_t*>(data);
  constants_ = data + weight_bytes;
  return mprotect(memory_, code_bytes, PROT_READ | PROT_EXEC) == 0 &&
         mprotect(data, mapped_ - code_bytes, PROT_READ) == 0;
}

GeneratedKernel::~GeneratedKernel() {
  if (memory_ != nullptr) munmap(memory_, mapped_);
}

#else

bool GeneratedKernel::map(const GeneratedCode&) { return false; }
GeneratedKernel::~GeneratedKernel() = default;

#endif

void GeneratedKernel::run(int index, const std::uint8_t* input, std::uint8_t* output,
                          long plane_bytes, long cell, long cell_end) const {
  const Unit& unit = units_[index];
  UnitFunction function;
  const std::uint8_t* entry = memory_ + unit.entry;
  std::memcpy(&function, &entry, sizeof function);
  const long tiles = (cell_end - cell + tile_ - 1) / tile_;
  function(input + cell * kCellBytes, output + unit.plane * plane_bytes + cell * kCellBytes, tiles,
           weights_ + unit.weights, constants_ + unit.constants, plane_bytes);
}

}  // namespace vistest
