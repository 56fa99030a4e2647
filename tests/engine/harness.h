// What the programs in this folder share: chance, and running a network on a picture.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "engine.h"

namespace vistest {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }
  bool chance(double share) { return std::bernoulli_distribution(share)(engine_); }
  float real(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(engine_);
  }
  template <typename T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[number(0, static_cast<int>(values.size()) - 1)];
  }

 private:
  std::mt19937 engine_;
};

// Of all outputs, without borders.
struct Values {
  std::vector<std::uint8_t> bytes;
  std::vector<float> floats;
};

inline void draw_picture(const Planes& in, Dice& dice, bool white) {
  for (int plane = 0; plane < in.count; ++plane) {
    for (long y = 0; y < in.geometry.height; ++y) {
      for (long x = 0; x < in.geometry.width; ++x) {
        for (int c = 0; c < 4 && !in.is_float; ++c) {
          const int value = white ? 255 : dice.number(0, 255);
          in.row(plane, y)[4 * x + c] = static_cast<std::uint8_t>(value);
        }
        if (in.is_float) reinterpret_cast<float*>(in.row(plane, y))[x] = dice.real(-1.0f, 1.0f);
      }
    }
    clear_border(in, plane, 0, in.geometry.run());
  }
}

inline void read_values(const Planes& out, int channels, Values& values) {
  const int lanes = out.is_float ? 1 : 4;
  for (int c = 0; c < channels; ++c) {
    for (long y = 0; y < out.geometry.height; ++y) {
      const std::uint8_t* row = out.row(c / lanes, y);
      for (long x = 0; x < out.geometry.width; ++x) {
        if (out.is_float) {
          values.floats.push_back(reinterpret_cast<const float*>(row)[x]);
        } else {
          values.bytes.push_back(row[4 * x + c % 4]);
        }
      }
    }
  }
}

// Runs the network on the picture that `seed` draws, or on a white one.
inline Values run_on_picture(Engine& engine, unsigned seed, long height, long width,
                             bool white = false) {
  const Network& network = engine.network();
  const Plan& plan = engine.plan(height, width);
  Dice dice(seed);
  draw_picture(plan.tensor(network.input()), dice, white);
  engine.run(plan);
  Values values;
  for (int output : network.outputs()) {
    read_values(plan.tensor(output), network.tensors()[output].channels, values);
  }
  return values;
}

}  // namespace vistest
