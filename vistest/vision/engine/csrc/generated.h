// Convolutions as code that is generated when a network is loaded: each kept block of four inputs
// by one output is an instruction or a few, and blocks that are zero are nothing at all.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "program.h"

namespace vistest {

enum class Generator { kNone, kAvx2, kAvx512Vnni };

// Code that makes some neighbouring output planes, `tiles` tiles of cells in a row.
using UnitFunction = void (*)(const std::uint8_t* input, std::uint8_t* output, long tiles,
                              const std::int32_t* weights, const std::uint8_t* constants,
                              long output_plane_bytes);

struct Unit {
  long entry = 0;    // Position in the code.
  int plane = 0;     // The first that it makes.
  int planes = 0;
  long weights = 0;  // Index of its first weight.
  long constants = 0;  // Position of its constants.
};

// Machine code, and what it reads: weights in the order in which they are used, and constants.
struct GeneratedCode {
  std::vector<std::uint8_t> code;
  std::vector<Unit> units;
  std::vector<std::int32_t> weights;
  std::vector<std::uint8_t> constants;
  int tile = 0;      // Cells.
  long kept = 0;     // Blocks that are not zero.
};

// Needs no processor that could run it.
GeneratedCode generate(Generator generator, const ByteWeights& weights,
                       const std::vector<std::int32_t>& offsets,
                       const Requantisation& requantisation);

// Share of blocks of four inputs by one output that are not zero.
double kept_share(const ByteWeights& weights);

GeneratedCode generate_avx2(const ByteWeights& weights, const std::vector<std::int32_t>& offsets,
                            const Requantisation& requantisation);
GeneratedCode generate_avx512vnni(const ByteWeights& weights,
                                  const std::vector<std::int32_t>& offsets,
                                  const Requantisation& requantisation);

// Generated code in memory that can be executed, and no longer written.
class GeneratedKernel {
 public:
  // Nothing where the system refuses executable memory.
  static std::shared_ptr<const GeneratedKernel> load(const GeneratedCode& code);
  ~GeneratedKernel();
  GeneratedKernel(const GeneratedKernel&) = delete;
  GeneratedKernel& operator=(const GeneratedKernel&) = delete;

  const std::vector<Unit>& units() const { return units_; }
  int tile() const { return tile_; }
  long bytes() const { return bytes_; }
  long kept() const { return kept_; }

  // Makes the planes of `unit` at cells [cell, cell_end), and up to a tile less one more.
  void run(int unit, const std::uint8_t* input, std::uint8_t* output, long plane_bytes, long cell,
           long cell_end) const;

 private:
  explicit GeneratedKernel(const GeneratedCode& code);
  bool map(const GeneratedCode& code);

  std::vector<Unit> units_;
  int tile_;
  long bytes_;
  long kept_;
  std::uint8_t* memory_ = nullptr;
  long mapped_ = 0;
  const std::int32_t* weights_ = nullptr;  // Both lie behind the code, aligned for vectors.
  const std::uint8_t* constants_ = nullptr;
};

}  // namespace vistest
