// A convolution made ready for kernels: which inputs each output reads, with which weights.
#pragma once

#include <cstdint>
#include <vector>

#include "layout.h"

namespace vistest {

// How sums of a channel become bytes: round(sum * scale) + zero_point, at least `lowest`.
struct Requantisation {
  std::vector<std::int32_t> bias;  // One per output channel, filled up to whole planes.
  std::vector<float> scale;
  std::int32_t zero_point = 0;
  std::int32_t lowest = 0;
};

// What a convolution reads: a cell of plane `plane`, `row` and `column` away from the pixel made.
struct Tap {
  int plane;
  int row;
  int column;
};

// Weights of an int8 convolution: four bytes per output channel and tap, for the four channels of
// the tap's cell.
struct ByteWeights {
  int outputs = 0;  // A multiple of four.
  int taps = 0;
  std::vector<std::int32_t> quads;  // (outputs, taps), little-endian.

  std::int32_t quad(int output, int tap) const {
    return quads[static_cast<std::size_t>(output) * taps + tap];
  }
};

// A part of a program that makes one output plane.
struct Group {
  int first = 0;    // Of its entries.
  int end = 0;
  int segment = 0;  // The first of its segments.
  int segment_end = 0;
};

// The weights without the blocks of four outputs by four inputs that are zero, and the mask: where
// each of the others reads. Entries of a segment can be summed in 16 bits without overflow.
struct ByteProgram {
  std::vector<Group> groups;
  std::vector<std::int32_t> offsets;  // Bytes from the pixel, one per entry.
  std::vector<std::int32_t> weights;  // Four quads per entry, one per output channel.
  std::vector<std::int32_t> segments;  // Ends of segments, as indices of entries.
  Requantisation requantisation;
};

// The same in float: four outputs by one input channel.
struct FloatProgram {
  std::vector<Group> groups;
  std::vector<std::int32_t> offsets;
  std::vector<float> weights;
  std::vector<float> bias;  // Filled up to whole groups.
  int outputs = 0;
  bool relu = false;
};

// Make the program of `weights`. With `sixteen_bits`, an entry whose products of two neighbours
// would not fit 16 bits is split in two, and segments are as long as safety allows.
ByteProgram pack_bytes(const ByteWeights& weights, const std::vector<std::int32_t>& offsets,
                       const Requantisation& requantisation, bool sixteen_bits);

// `weights` is (outputs, taps) with one float per tap.
FloatProgram pack_floats(const std::vector<float>& weights, const std::vector<float>& bias,
                         int outputs, const std::vector<std::int32_t>& offsets, bool relu);

// The sums that two neighbouring products may reach in a 16-bit lane, as weights: the largest
// activation is 255, so positive weights of 128 in all and negative ones of 128 still fit.
class SixteenBitRoom {
 public:
  // Whether the four bytes of `quad` can be added without overflow; then they count.
  bool take(std::int32_t quad);
  bool fits(std::int32_t quad) const;
  void reset() { *this = SixteenBitRoom(); }

 private:
  int positive_[2] = {0, 0};
  int negative_[2] = {0, 0};
};

// Whether a quad alone fits 16 bits; if not, its even and its odd bytes do.
bool quad_fits_alone(std::int32_t quad);
constexpr std::uint32_t kEvenBytes = 0x00ff00ffu;

}  // namespace vistest
