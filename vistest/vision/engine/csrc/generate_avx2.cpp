// Code for AVX2. vpmaddubsw multiplies unsigned by signed bytes and adds two neighbours into 16
// bits; blocks of a channel are summed there as long as their weights leave room (program.h), and
// only then widened to 32 bits. So most blocks cost two instructions per eight pixels.
#include <algorithm>
#include <cstring>

#include "assembler.h"
#include "generated.h"

namespace vistest {
namespace {

constexpr int kLanes = 8;
constexpr int kVector = 32;  // Bytes.
constexpr int kGroup = 4;    // Channels of a plane.
constexpr int kRegisters = 16;

// How a unit uses the registers: sums of its channels for some vectors of pixels. A weight is either
// kept spread over a vector, which saves an instruction for each and makes weights eight times as
// large, or it is spread when it is used.
struct Shape {
  int channels;
  int vectors;
  bool spread;
};
// Both were measured to be faster than others: the first as long as its weights, which are read
// again for each tile, stay in the first cache beside the pixels.
constexpr Shape kSpread = {12, 1, true};
constexpr Shape kCompact = {4, 2, false};
constexpr long kSpreadBytes = 16 * 1024;

// Constants of a unit, each filling a vector: four of all channels, then two per channel.
enum Constant { kOnes, kInterleave, kZeroPoint, kLowest, kShared };
constexpr std::int32_t at_shared(Constant constant) { return constant * kVector; }
constexpr std::int32_t at_bias(int channel) { return (kShared + 2 * channel) * kVector; }
constexpr std::int32_t at_scale(int channel) { return (kShared + 2 * channel + 1) * kVector; }

template <typename T>
void append_vector(std::vector<std::uint8_t>& out, T value) {
  const std::size_t start = out.size();
  out.resize(start + kVector);
  for (std::size_t i = 0; i < kVector; i += sizeof value) {
    std::memcpy(&out[start + i], &value, sizeof value);
  }
}

void append_constants(std::vector<std::uint8_t>& out, const Requantisation& r, int first,
                      int channels) {
  append_vector(out, std::int16_t{1});
  for (int i = 0; i < kVector; ++i) {
    out.push_back(static_cast<std::uint8_t>(i % 4 * 4 + i % 16 / 4));
  }
  append_vector(out, static_cast<std::int16_t>(r.zero_point));
  append_vector(out, static_cast<std::uint8_t>(r.lowest));
  for (int c = first; c < first + channels; ++c) {
    append_vector(out, r.bias[c]);
    append_vector(out, r.scale[c]);
  }
}

class UnitWriter {
 public:
  UnitWriter(Assembler& assembler, std::vector<std::int32_t>& weights, const ByteWeights& all,
             const Requantisation& requantisation, int first, const Shape& shape)
      : a_(assembler),
        weights_(weights),
        all_(all),
        requantisation_(requantisation),
        first_(first),
        shape_(shape),
        channels_(shape.channels) {}

  void write(const std::vector<std::int32_t>& offsets) {
    a_.enter(shape_.channels * shape_.vectors * kVector);
    a_.move(kRax, kRcx);
    a_.align(32, 0x90);
    const long start = a_.position();
    if (!shape_.spread) a_.move(kRcx, kRax);
    for (int tap = 0; tap < all_.taps; ++tap) write_tap(tap, offsets[tap]);
    a_.move(kR11, kRsi);
    for (int c = 0; c < shape_.channels; c += kGroup) write_plane(c);
    a_.add(kRdi, shape_.vectors * kVector);
    a_.add(kRsi, shape_.vectors * kVector);
    a_.loop(start);
    a_.leave();
    a_.clear_and_return();
  }

 private:
  struct Channel {
    SixteenBitRoom room;
    bool started = false;  // Its register holds sums of 16 bits.
    bool widened = false;  // The stack holds sums of 32 bits.
  };

  int sum(int channel, int vector) const { return channel * shape_.vectors + vector; }
  int cells(int vector) const { return shape_.channels * shape_.vectors + vector; }
  int product() const { return cells(shape_.vectors); }
  int weight() const { return product() + 1; }
  At slot(int channel, int vector) const { return {kRsp, sum(channel, vector) * kVector}; }

  void write_tap(int tap, std::int32_t offset) {
    bool loaded = false;
    for (int c = 0; c < shape_.channels; ++c) {
      const std::int32_t quad = all_.quad(first_ + c, tap);
      if (quad == 0) continue;
      for (int v = 0; v < shape_.vectors && !loaded; ++v) {
        a_.vex(op::kLoad, cells(v), 0, At{kRdi, offset + v * kVector});
      }
      loaded = true;
      if (quad_fits_alone(quad)) {
        write_block(c, quad);
        continue;
      }
      for (std::uint32_t mask : {kEvenBytes, ~kEvenBytes}) {
        const auto half = static_cast<std::int32_t>(static_cast<std::uint32_t>(quad) & mask);
        if (half != 0) write_block(c, half);
      }
    }
  }

  void write_block(int c, std::int32_t quad) {
    Channel& channel = channels_[c];
    if (!channel.room.fits(quad)) widen(c);
    channel.room.take(quad);
    const At at = next_weight(quad);
    if (!shape_.spread) a_.vex(op::kBroadcast, weight(), 0, at);
    for (int v = 0; v < shape_.vectors; ++v) {
      const int target = channel.started ? product() : sum(c, v);
      if (shape_.spread) {
        a_.vex(op::kMultiplyBytes, target, cells(v), at);
      } else {
        a_.vex(op::kMultiplyBytes, target, cells(v), weight());
      }
      if (channel.started) a_.vex(op::kAddWords, sum(c, v), sum(c, v), product());
    }
    channel.started = true;
  }

  // Compact weights are read through a register that moves on so that distances stay short.
  At next_weight(std::int32_t quad) {
    if (shape_.spread) {
      weights_.insert(weights_.end(), kLanes, quad);
      return {kRcx, kVector * used_++};
    }
    constexpr int kReach = 256 / 4;
    if (used_ == kReach) {
      a_.add(kRcx, kReach * 4);
      used_ = 0;
    }
    weights_.push_back(quad);
    return {kRcx, 4 * used_++ - 128};
  }

  void widen(int c) {
    Channel& channel = channels_[c];
    for (int v = 0; v < shape_.vectors; ++v) {
      const int target = sum(c, v);
      a_.vex(op::kMultiplyWords, target, target, At{kR8, at_shared(kOnes)});
      if (channel.widened) a_.vex(op::kAddIntegers, target, target, slot(c, v));
      a_.vex(op::kStore, target, 0, slot(c, v));
    }
    channel.widened = true;
    channel.started = false;
    channel.room.reset();
  }

  void write_plane(int first) {
    for (int v = 0; v < shape_.vectors; ++v) {
      for (int c = first; c < first + kGroup; ++c) write_steps(c, v);
      const int low = sum(first, v), high = sum(first + 2, v);
      a_.vex(op::kPackIntegers, low, low, sum(first + 1, v));
      a_.vex(op::kPackIntegers, high, high, sum(first + 3, v));
      if (requantisation_.zero_point != 0) {
        a_.vex(op::kAddSaturated, low, low, At{kR8, at_shared(kZeroPoint)});
        a_.vex(op::kAddSaturated, high, high, At{kR8, at_shared(kZeroPoint)});
      }
      a_.vex(op::kPackWords, low, low, high);
      if (requantisation_.lowest != 0) {
        a_.vex(op::kLargestBytes, low, low, At{kR8, at_shared(kLowest)});
      }
      a_.vex(op::kShuffleBytes, low, low, At{kR8, at_shared(kInterleave)});
      a_.vex(op::kStore, low, 0, At{kR11, v * kVector});
    }
    a_.add(kR11, kR9);
  }

  void write_steps(int c, int v) {
    const Channel& channel = channels_[c];
    const int target = sum(c, v);
    if (channel.started) {
      a_.vex(op::kMultiplyWords, target, target, At{kR8, at_shared(kOnes)});
      if (channel.widened) a_.vex(op::kAddIntegers, target, target, slot(c, v));
      a_.vex(op::kAddIntegers, target, target, At{kR8, at_bias(c)});
    } else {
      a_.vex(op::kLoad, target, 0, At{kR8, at_bias(c)});
    }
    a_.vex(op::kToFloat, target, 0, target);
    a_.vex(op::kMultiplyFloats, target, target, At{kR8, at_scale(c)});
    a_.vex(op::kToInteger, target, 0, target);
  }

  Assembler& a_;
  std::vector<std::int32_t>& weights_;
  const ByteWeights& all_;
  const Requantisation& requantisation_;
  int first_;
  Shape shape_;
  std::vector<Channel> channels_;
  std::int32_t used_ = 0;
};

Shape shape_of(const ByteWeights& weights) {
  const double bytes = kept_share(weights) * weights.taps * kSpread.channels * kVector;
  return bytes <= kSpreadBytes ? kSpread : kCompact;
}

constexpr bool fits(const Shape& shape) {
  return (shape.channels + 1) * shape.vectors + 2 <= kRegisters;
}

}  // namespace

GeneratedCode generate_avx2(const ByteWeights& weights, const std::vector<std::int32_t>& offsets,
                            const Requantisation& requantisation) {
  static_assert(fits(kSpread) && fits(kCompact), "too many registers");
  GeneratedCode result;
  Assembler assembler;
  const Shape shape = shape_of(weights);
  result.tile = shape.vectors * kLanes;
  for (int first = 0; first < weights.outputs; first += shape.channels) {
    Shape here = shape;
    here.channels = std::min(shape.channels, weights.outputs - first);
    assembler.align(64, 0xcc);
    Unit unit;
    unit.entry = assembler.position();
    unit.plane = first / kGroup;
    unit.planes = here.channels / kGroup;
    // The first compact weight is at -128 from what the code is given.
    unit.weights = static_cast<long>(result.weights.size()) + (shape.spread ? 0 : 128 / 4);
    unit.constants = static_cast<long>(result.constants.size());
    append_constants(result.constants, requantisation, first, here.channels);
    UnitWriter(assembler, result.weights, weights, requantisation, first, here).write(offsets);
    result.units.push_back(unit);
  }
  result.weights.resize(result.weights.size() + 128 / 4);  // So that what is given is inside.
  result.code = assembler.code();
  return result;
}

}  // namespace vistest
