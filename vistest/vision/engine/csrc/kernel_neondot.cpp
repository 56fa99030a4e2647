// Arm with the dot product instructions. They multiply signed bytes: activations are moved by 128,
// and 128 times the sum of the weights is added back with the bias.
#include <arm_neon.h>

#include "cpu.h"
#include "kernels.h"

namespace vistest {
namespace {

#include "elementwise.inc"

constexpr int kVectors = 4;
constexpr int kLanes = 4;
constexpr int kTile = kVectors * kLanes;

int8x16_t signed_bytes(const std::uint8_t* cells) {
  return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(cells), vdupq_n_u8(0x80)));
}

std::int32_t sum_of_weights(const ByteProgram& program, const Group& group, int channel) {
  std::int32_t sum = 0;
  for (int entry = group.first; entry < group.end; ++entry) {
    const auto* bytes = reinterpret_cast<const std::int8_t*>(&program.weights[4L * entry + channel]);
    sum += bytes[0] + bytes[1] + bytes[2] + bytes[3];
  }
  return sum;
}

// Four channels of four pixels, from sums to interleaved bytes.
uint8x16_t requantise(const int32x4_t (&sums)[4], const float* scale, int16x8_t zero_point,
                      uint8x16_t lowest) {
  int16x4_t steps[4];
  for (int c = 0; c < 4; ++c) {
    steps[c] = vqmovn_s32(vcvtnq_s32_f32(vmulq_n_f32(vcvtq_f32_s32(sums[c]), scale[c])));
  }
  uint8x8_t low = vqmovun_s16(vqaddq_s16(vcombine_s16(steps[0], steps[1]), zero_point));
  uint8x8_t high = vqmovun_s16(vqaddq_s16(vcombine_s16(steps[2], steps[3]), zero_point));
  static const std::uint8_t kInterleave[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
  uint8x16_t bytes = vmaxq_u8(vcombine_u8(low, high), lowest);
  return vqtbl1q_u8(bytes, vld1q_u8(kInterleave));
}

void sum_tile(const ByteProgram& program, const Group& group, const std::uint8_t* input,
              int32x4_t (&sums)[kVectors][4]) {
  for (int entry = group.first; entry < group.end; ++entry) {
    const std::uint8_t* cells = input + program.offsets[entry];
    const int8x16_t quads = vreinterpretq_s8_s32(vld1q_s32(&program.weights[4L * entry]));
    for (int v = 0; v < kVectors; ++v) {
      const int8x16_t values = signed_bytes(cells + 4 * kLanes * v);
      sums[v][0] = vdotq_laneq_s32(sums[v][0], values, quads, 0);
      sums[v][1] = vdotq_laneq_s32(sums[v][1], values, quads, 1);
      sums[v][2] = vdotq_laneq_s32(sums[v][2], values, quads, 2);
      sums[v][3] = vdotq_laneq_s32(sums[v][3], values, quads, 3);
    }
  }
}

void convolve_bytes(const ByteProgram& program, const std::uint8_t* input, std::uint8_t* output,
                    long plane, const Span& span) {
  const Requantisation& r = program.requantisation;
  const int16x8_t zero_point = vdupq_n_s16(static_cast<std::int16_t>(r.zero_point));
  const uint8x16_t lowest = vdupq_n_u8(static_cast<std::uint8_t>(r.lowest));
  for (int g = span.group; g < span.group_end; ++g) {
    std::int32_t start[4];
    for (int c = 0; c < 4; ++c) {
      start[c] = r.bias[4L * g + c] + 128 * sum_of_weights(program, program.groups[g], c);
    }
    for (long cell = span.cell; cell < span.cell_end; cell += kTile) {
      int32x4_t sums[kVectors][4];
      for (auto& of_vector : sums) {
        for (int c = 0; c < 4; ++c) of_vector[c] = vdupq_n_s32(start[c]);
      }
      sum_tile(program, program.groups[g], input + 4 * cell, sums);
      std::uint8_t* out = output + g * plane + 4 * cell;
      for (int v = 0; v < kVectors; ++v) {
        vst1q_u8(out + 4 * kLanes * v,
                 requantise(sums[v], &r.scale[4L * g], zero_point, lowest));
      }
    }
  }
}

void convolve_floats(const FloatProgram& program, const float* input, float* output, long plane,
                     const Span& span) {
  const float32x4_t lowest = vdupq_n_f32(program.relu ? 0.0f : -__builtin_inff());
  for (int g = span.group; g < span.group_end; ++g) {
    const Group& group = program.groups[g];
    for (long cell = span.cell; cell < span.cell_end; cell += kTile) {
      float32x4_t sums[4][kVectors];
      for (int c = 0; c < 4; ++c) {
        for (auto& sum : sums[c]) sum = vdupq_n_f32(program.bias[4L * g + c]);
      }
      for (int entry = group.first; entry < group.end; ++entry) {
        const float* cells = input + cell + program.offsets[entry] / 4;
        for (int v = 0; v < kVectors; ++v) {
          const float32x4_t values = vld1q_f32(cells + kLanes * v);
          for (int c = 0; c < 4; ++c) {
            sums[c][v] = vfmaq_n_f32(sums[c][v], values, program.weights[4L * entry + c]);
          }
        }
      }
      for (int c = 0; c < 4 && 4 * g + c < program.outputs; ++c) {
        float* out = output + (4 * g + c) * (plane / 4) + cell;
        for (int v = 0; v < kVectors; ++v) {
          vst1q_f32(out + kLanes * v, vmaxq_f32(sums[c][v], lowest));
        }
      }
    }
  }
}

}  // namespace

extern const Kernels kNeonDotKernels = {"neon-dotprod", "Arm dot product", cpu_has_neon_dot,
                                        false,          kTile,             convolve_bytes,
                                        convolve_floats, &kElementwise,    Generator::kNone};

}  // namespace vistest
