// The table of kernels: one row per instruction set, read to choose, to test and to bench.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generated.h"
#include "program.h"

namespace vistest {

// A kernel makes the planes of groups [group, group_end) at cells [cell, cell_end). It may write up
// to kOverrun cells more. `output` is the first pixel of the first plane.
struct Span {
  int group;
  int group_end;
  long cell;
  long cell_end;
};
using ByteKernel = void (*)(const ByteProgram&, const std::uint8_t* input, std::uint8_t* output,
                            long output_plane_bytes, const Span&);
using FloatKernel = void (*)(const FloatProgram&, const float* input, float* output,
                             long output_plane_bytes, const Span&);

// round((a - zero_a) * scale_a + (b - zero_b) * scale_b) + zero_point, at least `lowest`.
struct Sum {
  float scale_a, scale_b;
  std::int32_t zero_a, zero_b, zero_point, lowest;
};
// table[a]; where `affine`, that equals round((a - zero_a) * scale) + zero_point, and where `fixed`,
// ((a * 256 * multiplier >> 16) + rounding) >> 8.
struct Remap {
  std::uint8_t table[256];
  bool affine, fixed;
  float scale;
  std::int32_t zero_a, zero_point;
  std::uint16_t multiplier, rounding;
};

// Kernels of single values; `count` bytes or floats.
struct Elementwise {
  void (*add)(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, long count,
              const Sum&);
  void (*remap)(const std::uint8_t* a, std::uint8_t* out, long count, const Remap&);
  void (*largest)(std::uint8_t* a, const std::uint8_t* b, long count);  // a = max(a, b)
  void (*largest_float)(float* a, const float* b, long count);
  void (*add_float)(const float* a, const float* b, float* out, long count, bool relu);
  // Four float planes from one plane of cells: (value - zero) * scale.
  void (*dequantise)(const std::uint8_t* cells, float* const* planes, int channels, long count,
                     float scale, std::int32_t zero);
  // Cells of even and of odd columns apart; `count` pairs.
  void (*deinterleave)(const std::uint32_t* cells, std::uint32_t* even, std::uint32_t* odd,
                       long count);
};

struct Kernels {
  const char* name;
  const char* needs;  // CPU features, for people.
  bool (*available)();
  bool sixteen_bits;  // Sums products in 16 bits first: programs are cut into segments.
  int tile;           // Cells that the byte kernel makes at once.
  ByteKernel bytes;
  FloatKernel floats;
  const Elementwise* elementwise;
  Generator generator;  // Of code for sparse layers.
};

// Best first; only what this binary was built with.
const std::vector<Kernels>& kernel_table();

// The best row that runs here, or the one named. Throws std::invalid_argument if it is unknown or
// does not run here.
const Kernels& choose_kernels(const std::string& name);

}  // namespace vistest
