// Plain C++ for every processor: the fallback, and the truth that the other rows are tested with.
#include "kernels.h"

namespace vistest {
namespace {

#include "elementwise.inc"

constexpr int kLanes = 8;

void sum_group(const ByteProgram& program, const Group& group, const std::uint8_t* input,
               std::int32_t (&sums)[4][kLanes]) {
  for (int entry = group.first; entry < group.end; ++entry) {
    const std::uint8_t* cells = input + program.offsets[entry];
    const auto* weights = reinterpret_cast<const std::int8_t*>(&program.weights[4L * entry]);
    for (int c = 0; c < 4; ++c) {
      for (int lane = 0; lane < kLanes; ++lane) {
        for (int i = 0; i < 4; ++i) sums[c][lane] += cells[4 * lane + i] * weights[4 * c + i];
      }
    }
  }
}

std::uint8_t byte_of_sum(std::int32_t sum, float scale, const Requantisation& r) {
  std::int32_t step =
      static_cast<std::int32_t>(__builtin_rintf(static_cast<float>(sum) * scale)) + r.zero_point;
  step = step < r.lowest ? r.lowest : step;
  return static_cast<std::uint8_t>(step > 255 ? 255 : step);
}

void convolve_bytes(const ByteProgram& program, const std::uint8_t* input, std::uint8_t* output,
                    long plane, const Span& span) {
  const Requantisation& r = program.requantisation;
  for (int g = span.group; g < span.group_end; ++g) {
    for (long cell = span.cell; cell < span.cell_end; cell += kLanes) {
      std::int32_t sums[4][kLanes];
      for (int c = 0; c < 4; ++c) {
        for (int lane = 0; lane < kLanes; ++lane) sums[c][lane] = r.bias[4 * g + c];
      }
      sum_group(program, program.groups[g], input + 4 * cell, sums);
      std::uint8_t* out = output + g * plane + 4 * cell;
      for (int c = 0; c < 4; ++c) {
        for (int lane = 0; lane < kLanes; ++lane) {
          out[4 * lane + c] = byte_of_sum(sums[c][lane], r.scale[4 * g + c], r);
        }
      }
    }
  }
}

void convolve_floats(const FloatProgram& program, const float* input, float* output, long plane,
                     const Span& span) {
  const float lowest = program.relu ? 0.0f : -__builtin_inff();
  for (int g = span.group; g < span.group_end; ++g) {
    const Group& group = program.groups[g];
    for (long cell = span.cell; cell < span.cell_end; cell += kLanes) {
      float sums[4][kLanes];
      for (int c = 0; c < 4; ++c) {
        for (int lane = 0; lane < kLanes; ++lane) sums[c][lane] = program.bias[4 * g + c];
      }
      for (int entry = group.first; entry < group.end; ++entry) {
        const float* cells = input + cell + program.offsets[entry] / 4;
        for (int c = 0; c < 4; ++c) {
          const float weight = program.weights[4L * entry + c];
          for (int lane = 0; lane < kLanes; ++lane) sums[c][lane] += cells[lane] * weight;
        }
      }
      for (int c = 0; c < 4 && 4 * g + c < program.outputs; ++c) {
        float* out = output + (4 * g + c) * (plane / 4) + cell;
        for (int lane = 0; lane < kLanes; ++lane) {
          out[lane] = sums[c][lane] > lowest ? sums[c][lane] : lowest;
        }
      }
    }
  }
}

bool always() { return true; }

}  // namespace

extern const Kernels kScalarKernels = {"scalar",       "nothing",       always,
                                       false,          kLanes,          convolve_bytes,
                                       convolve_floats, &kElementwise, Generator::kNone};

}  // namespace vistest
