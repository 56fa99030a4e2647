#include "program.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace vistest {
namespace {

constexpr int kGroup = 4;
constexpr int kRoom = 128;

using Quads = std::array<std::int32_t, kGroup>;

std::int8_t byte_of(std::int32_t quad, int index) {
  return static_cast<std::int8_t>(static_cast<std::uint32_t>(quad) >> (8 * index));
}

void sums_of(std::int32_t quad, int (&positive)[2], int (&negative)[2]) {
  // Bytes 0 and 1 go to the lower lane, 2 and 3 to the upper one.
  for (int index = 0; index < 4; ++index) {
    const int value = byte_of(quad, index);
    if (value > 0) positive[index / 2] += value;
    if (value < 0) negative[index / 2] -= value;
  }
}

void append(ByteProgram& program, std::int32_t offset, const Quads& quads) {
  program.offsets.push_back(offset);
  program.weights.insert(program.weights.end(), quads.begin(), quads.end());
}

// Appends one entry, or two if a pair of products could overflow.
void append_split(ByteProgram& program, std::int32_t offset, const Quads& quads) {
  if (std::all_of(quads.begin(), quads.end(), quad_fits_alone)) {
    append(program, offset, quads);
    return;
  }
  for (std::uint32_t mask : {kEvenBytes, ~kEvenBytes}) {
    Quads half{};
    for (int c = 0; c < kGroup; ++c) {
      half[c] = static_cast<std::int32_t>(static_cast<std::uint32_t>(quads[c]) & mask);
    }
    append(program, offset, half);
  }
}

void cut_segments(ByteProgram& program, const Group& group) {
  SixteenBitRoom room[kGroup];
  for (int entry = group.first; entry < group.end; ++entry) {
    const std::int32_t* quads = &program.weights[static_cast<std::size_t>(entry) * kGroup];
    bool fits = true;
    for (int c = 0; c < kGroup; ++c) fits = fits && room[c].fits(quads[c]);
    if (!fits) {
      program.segments.push_back(entry);
      for (auto& one : room) one.reset();
    }
    for (int c = 0; c < kGroup; ++c) room[c].take(quads[c]);
  }
  program.segments.push_back(group.end);
}

}  // namespace

bool SixteenBitRoom::fits(std::int32_t quad) const {
  int positive[2] = {positive_[0], positive_[1]};
  int negative[2] = {negative_[0], negative_[1]};
  sums_of(quad, positive, negative);
  return std::max({positive[0], positive[1], negative[0], negative[1]}) <= kRoom;
}

bool SixteenBitRoom::take(std::int32_t quad) {
  if (!fits(quad)) return false;
  sums_of(quad, positive_, negative_);
  return true;
}

bool quad_fits_alone(std::int32_t quad) { return SixteenBitRoom().fits(quad); }

ByteProgram pack_bytes(const ByteWeights& weights, const std::vector<std::int32_t>& offsets,
                       const Requantisation& requantisation, bool sixteen_bits) {
  ByteProgram program;
  program.requantisation = requantisation;
  for (int output = 0; output < weights.outputs; output += kGroup) {
    Group group;
    group.first = static_cast<int>(program.offsets.size());
    group.segment = static_cast<int>(program.segments.size());
    for (int tap = 0; tap < weights.taps; ++tap) {
      Quads quads{};
      for (int c = 0; c < kGroup; ++c) quads[c] = weights.quad(output + c, tap);
      if (std::all_of(quads.begin(), quads.end(), [](std::int32_t q) { return q == 0; })) continue;
      if (sixteen_bits) {
        append_split(program, offsets[tap], quads);
      } else {
        append(program, offsets[tap], quads);
      }
    }
    group.end = static_cast<int>(program.offsets.size());
    if (group.end > group.first) cut_segments(program, group);
    group.segment_end = static_cast<int>(program.segments.size());
    program.groups.push_back(group);
  }
  return program;
}

FloatProgram pack_floats(const std::vector<float>& weights, const std::vector<float>& bias,
                         int outputs, const std::vector<std::int32_t>& offsets, bool relu) {
  FloatProgram program;
  program.outputs = outputs;
  program.relu = relu;
  program.bias = bias;
  program.bias.resize(round_up(outputs, kGroup), 0.0f);
  const std::size_t taps = offsets.size();
  for (int output = 0; output < outputs; output += kGroup) {
    Group group;
    group.first = static_cast<int>(program.offsets.size());
    for (std::size_t tap = 0; tap < taps; ++tap) {
      std::array<float, kGroup> block{};
      for (int c = 0; c < kGroup && output + c < outputs; ++c) {
        block[c] = weights[(output + c) * taps + tap];
      }
      if (std::all_of(block.begin(), block.end(), [](float w) { return w == 0.0f; })) continue;
      program.offsets.push_back(offsets[tap]);
      program.weights.insert(program.weights.end(), block.begin(), block.end());
    }
    group.end = static_cast<int>(program.offsets.size());
    program.groups.push_back(group);
  }
  return program;
}

}  // namespace vistest
