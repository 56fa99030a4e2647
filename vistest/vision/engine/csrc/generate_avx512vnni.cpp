// Code for AVX512 with VNNI: vpdpbusd takes the weight from memory, spreads it over the register,
// multiplies and adds to 32 bits. A kept block of four inputs by one output is one instruction per
// sixteen pixels; the pixels are loaded once for all channels of a unit.
#include <algorithm>
#include <cstring>

#include "assembler.h"
#include "generated.h"

namespace vistest {
namespace {

constexpr int kLanes = 16;
constexpr int kVector = 64;  // Bytes.
constexpr int kGroup = 4;
constexpr int kFewChannels = 16;
constexpr int kManyChannels = 24;     // Where so few blocks are kept that a load must serve more.
constexpr double kManyBelow = 0.2;
constexpr int kPixelRegisters = 4;
constexpr int kInterleave = 31;       // Registers 28 to 31 hold constants.
constexpr int kZeroPoint = 30;
constexpr int kLowest = 29;

// Constants of a unit: 16 bytes to shuffle by, two values, then per channel a bias and a scale.
constexpr std::int32_t kAtZeroPoint = 16;
constexpr std::int32_t kAtLowest = 20;
constexpr std::int32_t kAtChannels = 64;
constexpr std::int32_t at_bias(int channel) { return kAtChannels + 8 * channel; }
constexpr std::int32_t at_scale(int channel) { return kAtChannels + 8 * channel + 4; }

template <typename T>
void append(std::vector<std::uint8_t>& out, T value) {
  const std::size_t start = out.size();
  out.resize(start + sizeof value);
  std::memcpy(&out[start], &value, sizeof value);
}

void append_constants(std::vector<std::uint8_t>& out, const Requantisation& r, int first,
                      int channels) {
  const std::size_t start = out.size();
  for (int i = 0; i < 16; ++i) out.push_back(static_cast<std::uint8_t>(i % 4 * 4 + i / 4));
  append(out, static_cast<std::uint32_t>(r.zero_point) * 0x10001u);
  append(out, static_cast<std::uint32_t>(r.lowest) * 0x01010101u);
  out.resize(start + kAtChannels);
  for (int c = first; c < first + channels; ++c) {
    append(out, r.bias[c]);
    append(out, r.scale[c]);
  }
  out.resize(round_up(static_cast<long>(out.size()), kVector));
}

class UnitWriter {
 public:
  UnitWriter(Assembler& assembler, std::vector<std::int32_t>& weights, const ByteWeights& all,
             const Requantisation& requantisation, int first, int channels)
      : a_(assembler),
        weights_(weights),
        all_(all),
        requantisation_(requantisation),
        first_(first),
        channels_(channels) {}

  void write(const std::vector<std::int32_t>& offsets) {
    a_.evex(op::kBroadcastLanes, kInterleave, 0, At{kR8, 0}, 16, false);
    if (requantisation_.zero_point != 0) spread(kZeroPoint, kAtZeroPoint);
    if (requantisation_.lowest != 0) spread(kLowest, kAtLowest);
    a_.move(kRax, kRcx);
    a_.align(64, 0x90);
    const long start = a_.position();
    a_.move(kRcx, kRax);
    for (int c = 0; c < channels_; ++c) spread(c, at_bias(c));
    for (int tap = 0; tap < all_.taps; ++tap) write_tap(tap, offsets[tap]);
    a_.move(kR11, kRsi);
    for (int c = 0; c < channels_; c += kGroup) write_plane(c);
    a_.add(kRdi, kVector);
    a_.add(kRsi, kVector);
    a_.loop(start);
    a_.clear_and_return();
  }

 private:
  void spread(int target, std::int32_t distance) {
    a_.evex(op::kBroadcast, target, 0, At{kR8, distance}, 4, false);
  }

  void write_tap(int tap, std::int32_t offset) {
    const int cells = channels_ + next_cells_;
    bool loaded = false;
    for (int c = 0; c < channels_; ++c) {
      const std::int32_t quad = all_.quad(first_ + c, tap);
      if (quad == 0) continue;
      if (!loaded) {
        a_.evex(op::kLoad, cells, 0, At{kRdi, offset}, kVector, false);
        loaded = true;
      }
      a_.evex(op::kDotBytes, c, cells, next_weight(quad), 4, true);
    }
    if (loaded) next_cells_ = (next_cells_ + 1) % kPixelRegisters;
  }

  At next_weight(std::int32_t quad) {
    constexpr int kReach = 256;
    if (used_ == kReach) {
      a_.add(kRcx, kReach * 4);
      used_ = 0;
    }
    weights_.push_back(quad);
    return {kRcx, 4 * used_++ - 512};
  }

  void write_plane(int first) {
    for (int c = first; c < first + kGroup; ++c) {
      a_.evex(op::kToFloat, c, 0, c);
      a_.evex(op::kMultiplyFloats, c, c, At{kR8, at_scale(c)}, 4, true);
      a_.evex(op::kToInteger, c, 0, c);
    }
    const int low = first, high = first + 2;
    a_.evex(op::kPackIntegers, low, low, first + 1);
    a_.evex(op::kPackIntegers, high, high, first + 3);
    if (requantisation_.zero_point != 0) {
      a_.evex(op::kAddSaturated, low, low, kZeroPoint);
      a_.evex(op::kAddSaturated, high, high, kZeroPoint);
    }
    a_.evex(op::kPackWords, low, low, high);
    if (requantisation_.lowest != 0) a_.evex(op::kLargestBytes, low, low, kLowest);
    a_.evex(op::kShuffleBytes, low, low, kInterleave);
    a_.evex(op::kStore, low, 0, At{kR11, 0}, kVector, false);
    a_.add(kR11, kR9);
  }

  Assembler& a_;
  std::vector<std::int32_t>& weights_;
  const ByteWeights& all_;
  const Requantisation& requantisation_;
  int first_;
  int channels_;
  int next_cells_ = 0;
  int used_ = 0;
};

int channels_per_unit(const ByteWeights& weights) {
  return kept_share(weights) < kManyBelow ? kManyChannels : kFewChannels;
}

}  // namespace

GeneratedCode generate_avx512vnni(const ByteWeights& weights,
                                  const std::vector<std::int32_t>& offsets,
                                  const Requantisation& requantisation) {
  static_assert(kManyChannels + kPixelRegisters <= kLowest, "too many registers");
  GeneratedCode result;
  Assembler assembler;
  result.tile = kLanes;
  const int each = channels_per_unit(weights);
  for (int first = 0; first < weights.outputs; first += each) {
    const int channels = std::min(each, weights.outputs - first);
    assembler.align(64, 0xcc);
    Unit unit;
    unit.entry = assembler.position();
    unit.plane = first / kGroup;
    unit.planes = channels / kGroup;
    // The first weight is at -512 from what the code is given.
    unit.weights = static_cast<long>(result.weights.size()) + 512 / 4;
    unit.constants = static_cast<long>(result.constants.size());
    append_constants(result.constants, requantisation, first, channels);
    UnitWriter(assembler, result.weights, weights, requantisation, first, channels).write(offsets);
    result.units.push_back(unit);
  }
  result.weights.resize(result.weights.size() + 512 / 4);  // So that what is given is inside.
  result.code = assembler.code();
  return result;
}

}  // namespace vistest
