// AVX512 with VNNI: vpdpbusd multiplies four bytes and adds them to 32 bits at once.
#include <immintrin.h>

#include "cpu.h"
#include "kernels.h"

namespace vistest {
namespace {

#include "elementwise.inc"

constexpr int kVectors = 4;
constexpr int kLanes = 16;
constexpr int kTile = kVectors * kLanes;

// In place and with the weight taken from memory: from the intrinsic, gcc 12 makes copies of the
// sums and spills them, at half the speed.
inline void multiply_add(__m512i& sum, __m512i cells, const std::int32_t* weight) {
  asm("vpdpbusd %2%{1to16%}, %1, %0" : "+v"(sum) : "v"(cells), "m"(*weight));
}

// Four channels of sixteen pixels, from sums to interleaved bytes.
__m512i requantise(const __m512i (&sums)[4], const float* scale, __m512i zero_point,
                   __m512i lowest) {
  __m512i steps[4];
  for (int c = 0; c < 4; ++c) {
    __m512 real = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[c]), _mm512_set1_ps(scale[c]));
    steps[c] = _mm512_cvtps_epi32(real);
  }
  __m512i low = _mm512_adds_epi16(_mm512_packs_epi32(steps[0], steps[1]), zero_point);
  __m512i high = _mm512_adds_epi16(_mm512_packs_epi32(steps[2], steps[3]), zero_point);
  __m512i bytes = _mm512_max_epu8(_mm512_packus_epi16(low, high), lowest);
  const __m512i interleave = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
  return _mm512_shuffle_epi8(bytes, interleave);
}

void sum_tile(const ByteProgram& program, const Group& group, const std::uint8_t* input,
              __m512i (&sums)[kVectors][4]) {
  const std::int32_t* offsets = program.offsets.data();
  const std::int32_t* weights = program.weights.data();
  for (int entry = group.first; entry < group.end; ++entry) {
    const std::uint8_t* cells = input + offsets[entry];
    const std::int32_t* quads = weights + 4L * entry;
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const __m512i values = _mm512_loadu_si512(cells + 4 * kLanes * v);
#pragma GCC unroll 4
      for (int c = 0; c < 4; ++c) multiply_add(sums[v][c], values, quads + c);
    }
  }
}

void convolve_bytes(const ByteProgram& program, const std::uint8_t* input, std::uint8_t* output,
                    long plane, const Span& span) {
  const Requantisation& r = program.requantisation;
  const __m512i zero_point = _mm512_set1_epi16(static_cast<short>(r.zero_point));
  const __m512i lowest = _mm512_set1_epi8(static_cast<char>(r.lowest));
  for (int g = span.group; g < span.group_end; ++g) {
    const std::int32_t* bias = &r.bias[4L * g];
    for (long cell = span.cell; cell < span.cell_end; cell += kTile) {
      __m512i sums[kVectors][4];
      for (auto& of_vector : sums) {
        for (int c = 0; c < 4; ++c) of_vector[c] = _mm512_set1_epi32(bias[c]);
      }
      sum_tile(program, program.groups[g], input + 4 * cell, sums);
      std::uint8_t* out = output + g * plane + 4 * cell;
      for (int v = 0; v < kVectors; ++v) {
        _mm512_storeu_si512(out + 4 * kLanes * v,
                            requantise(sums[v], &r.scale[4L * g], zero_point, lowest));
      }
    }
  }
}

void convolve_floats(const FloatProgram& program, const float* input, float* output, long plane,
                     const Span& span) {
  const __m512 lowest = _mm512_set1_ps(program.relu ? 0.0f : -__builtin_inff());
  for (int g = span.group; g < span.group_end; ++g) {
    const Group& group = program.groups[g];
    for (long cell = span.cell; cell < span.cell_end; cell += kTile) {
      __m512 sums[4][kVectors];
      for (int c = 0; c < 4; ++c) {
        for (auto& sum : sums[c]) sum = _mm512_set1_ps(program.bias[4L * g + c]);
      }
      for (int entry = group.first; entry < group.end; ++entry) {
        const float* cells = input + cell + program.offsets[entry] / 4;
        const float* weights = &program.weights[4L * entry];
        for (int v = 0; v < kVectors; ++v) {
          const __m512 values = _mm512_loadu_ps(cells + kLanes * v);
          for (int c = 0; c < 4; ++c) {
            sums[c][v] = _mm512_fmadd_ps(values, _mm512_set1_ps(weights[c]), sums[c][v]);
          }
        }
      }
      for (int c = 0; c < 4 && 4 * g + c < program.outputs; ++c) {
        float* out = output + (4 * g + c) * (plane / 4) + cell;
        for (int v = 0; v < kVectors; ++v) {
          _mm512_storeu_ps(out + kLanes * v, _mm512_max_ps(sums[c][v], lowest));
        }
      }
    }
  }
}

}  // namespace

extern const Kernels kAvx512VnniKernels = {"avx512-vnni",   "AVX512 F, BW, DQ, VL, VNNI",
                                           cpu_has_avx512_vnni, false, kTile,
                                           convolve_bytes,  convolve_floats,
                                           &kElementwise,   Generator::kAvx512Vnni};

}  // namespace vistest
