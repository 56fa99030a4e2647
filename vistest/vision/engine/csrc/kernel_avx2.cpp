// AVX2 without VNNI: vpmaddubsw multiplies and adds two neighbours into 16 bits. Entries of a
// segment are summed there, which saves two instructions of three on each but the last; their
// number was chosen so that nothing can overflow (program.h).
#include <immintrin.h>

#include "cpu.h"
#include "kernels.h"

namespace vistest {
namespace {

#include "elementwise.inc"

constexpr int kVectors = 2;
constexpr int kLanes = 8;
constexpr int kTile = kVectors * kLanes;

__m256i bytes_of(const std::uint8_t* cells) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(cells));
}

// In place, one after the other: left to itself gcc 12 multiplies first and adds later, runs out of
// registers, and waits in each round for a sum that it keeps in memory.
inline void multiply_add(__m256i& sum, __m256i cells, __m256i weight) {
  __m256i product;
  asm("vpmaddubsw %3, %2, %1\n\tvpaddw %1, %0, %0"
      : "+x"(sum), "=&x"(product)
      : "x"(cells), "x"(weight));
}

// Four channels of eight pixels, from sums to interleaved bytes.
__m256i requantise(const __m256i (&sums)[4], const float* scale, __m256i zero_point,
                   __m256i lowest) {
  __m256i steps[4];
  for (int c = 0; c < 4; ++c) {
    __m256 real = _mm256_mul_ps(_mm256_cvtepi32_ps(sums[c]), _mm256_broadcast_ss(scale + c));
    steps[c] = _mm256_cvtps_epi32(real);
  }
  __m256i low = _mm256_adds_epi16(_mm256_packs_epi32(steps[0], steps[1]), zero_point);
  __m256i high = _mm256_adds_epi16(_mm256_packs_epi32(steps[2], steps[3]), zero_point);
  __m256i bytes = _mm256_max_epu8(_mm256_packus_epi16(low, high), lowest);
  const __m256i interleave = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
  return _mm256_shuffle_epi8(bytes, interleave);
}

void sum_tile(const ByteProgram& program, const Group& group, const std::uint8_t* input,
              __m256i (&sums)[kVectors][4]) {
  const __m256i ones = _mm256_set1_epi16(1);
  const std::int32_t* offsets = program.offsets.data();
  const std::int32_t* weights = program.weights.data();
  int entry = group.first;
  for (int segment = group.segment; segment < group.segment_end; ++segment) {
    const int end = program.segments[segment];
    __m256i part[kVectors][4];
    for (auto& of_vector : part) {
      for (auto& one : of_vector) one = _mm256_setzero_si256();
    }
    for (; entry < end; ++entry) {
      const std::uint8_t* cells = input + offsets[entry];
      const __m256i first = bytes_of(cells), second = bytes_of(cells + 4 * kLanes);
#pragma GCC unroll 4
      for (int c = 0; c < 4; ++c) {
        const __m256i weight = _mm256_set1_epi32(weights[4L * entry + c]);
        multiply_add(part[0][c], first, weight);
        multiply_add(part[1][c], second, weight);
      }
    }
    for (int v = 0; v < kVectors; ++v) {
      for (int c = 0; c < 4; ++c) {
        sums[v][c] = _mm256_add_epi32(sums[v][c], _mm256_madd_epi16(part[v][c], ones));
      }
    }
  }
}

void convolve_bytes(const ByteProgram& program, const std::uint8_t* input, std::uint8_t* output,
                    long plane, const Span& span) {
  const Requantisation& r = program.requantisation;
  const __m256i zero_point = _mm256_set1_epi16(static_cast<short>(r.zero_point));
  const __m256i lowest = _mm256_set1_epi8(static_cast<char>(r.lowest));
  for (int g = span.group; g < span.group_end; ++g) {
    const std::int32_t* bias = &r.bias[4L * g];
    for (long cell = span.cell; cell < span.cell_end; cell += kTile) {
      __m256i sums[kVectors][4];
      for (int c = 0; c < 4; ++c) sums[0][c] = sums[1][c] = _mm256_set1_epi32(bias[c]);
      sum_tile(program, program.groups[g], input + 4 * cell, sums);
      auto* out = reinterpret_cast<__m256i*>(output + g * plane + 4 * cell);
      for (int v = 0; v < kVectors; ++v) {
        _mm256_storeu_si256(out + v, requantise(sums[v], &r.scale[4L * g], zero_point, lowest));
      }
    }
  }
}

void convolve_floats(const FloatProgram& program, const float* input, float* output, long plane,
                     const Span& span) {
  constexpr int kFloatVectors = 3;
  const __m256 lowest = _mm256_set1_ps(program.relu ? 0.0f : -__builtin_inff());
  for (int g = span.group; g < span.group_end; ++g) {
    const Group& group = program.groups[g];
    for (long cell = span.cell; cell < span.cell_end; cell += kFloatVectors * kLanes) {
      __m256 sums[4][kFloatVectors];
      for (int c = 0; c < 4; ++c) {
        for (auto& sum : sums[c]) sum = _mm256_broadcast_ss(&program.bias[4L * g + c]);
      }
      for (int entry = group.first; entry < group.end; ++entry) {
        const float* cells = input + cell + program.offsets[entry] / 4;
        const float* weights = &program.weights[4L * entry];
        __m256 values[kFloatVectors];
        for (int v = 0; v < kFloatVectors; ++v) values[v] = _mm256_loadu_ps(cells + kLanes * v);
        for (int c = 0; c < 4; ++c) {
          const __m256 weight = _mm256_broadcast_ss(weights + c);
          for (int v = 0; v < kFloatVectors; ++v) {
            sums[c][v] = _mm256_fmadd_ps(values[v], weight, sums[c][v]);
          }
        }
      }
      for (int c = 0; c < 4 && 4 * g + c < program.outputs; ++c) {
        float* out = output + (4 * g + c) * (plane / 4) + cell;
        for (int v = 0; v < kFloatVectors; ++v) {
          _mm256_storeu_ps(out + kLanes * v, _mm256_max_ps(sums[c][v], lowest));
        }
      }
    }
  }
}

}  // namespace

extern const Kernels kAvx2Kernels = {"avx2", "AVX2, FMA",    cpu_has_avx2,  true, kTile,
                                     convolve_bytes, convolve_floats, &kElementwise, Generator::kAvx2};

}  // namespace vistest
