// random_networks SEED COUNT: makes networks and pictures at random, some of them absurd. Each must
// be refused, or every row of the kernel table must compute what the scalar row computes. Run under
// the address sanitizer, and for Arm under an emulator.
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "harness.h"

namespace vistest {
namespace {

// Now and then something that no network should hold.
int spoilt(Dice& dice, int value) {
  return dice.chance(0.01) ? dice.one_of({-1, 0, 1 << 30, INT_MIN, 255, 256, 65536, 7, 2}) : value;
}

Layer random_convolution(Dice& dice, const Tensor& in, const Tensor& out) {
  Layer layer;
  layer.kernel = spoilt(dice, 2 * dice.number(0, 2) + 1);
  layer.stride = spoilt(dice, dice.number(1, 2));
  layer.relu = dice.chance(0.3);
  const int kernel = layer.kernel > 0 && layer.kernel < 8 ? layer.kernel : 1;
  const int outputs = out.channels < 4096 ? out.channels : 1;
  const long count = 1L * outputs * (in.channels < 4096 ? in.channels : 1) * kernel * kernel;
  const double density = dice.chance(0.3) ? 1.0 : dice.real(0.0f, 0.6f);
  for (long i = 0; i < count; ++i) {
    const int weight = dice.chance(density) ? dice.number(-128, 127) : 0;
    if (out.is_float) {
      layer.floats.push_back(static_cast<float>(weight) / 100.0f);
    } else {
      layer.bytes.push_back(static_cast<std::int8_t>(weight));
    }
  }
  for (int o = 0; o < outputs; ++o) {
    if (out.is_float) {
      layer.float_bias.push_back(dice.real(-1.0f, 1.0f));
    } else {
      layer.bias.push_back(spoilt(dice, dice.number(-9999, 9999)));
      layer.weight_scale.push_back(dice.chance(0.002) ? 1e30f : dice.real(1e-4f, 1e-2f));
    }
  }
  if (dice.chance(0.01) && !layer.bytes.empty()) layer.bytes.pop_back();
  return layer;
}

Layer random_layer(Dice& dice, const Network& network, int input, Tensor& out) {
  const Tensor& in = network.tensors()[input];
  Layer layer;
  layer.op = static_cast<Operator>(dice.number(0, 6));
  layer.inputs = {input};
  out = {in.channels, in.is_float, dice.real(0.01f, 0.2f), dice.chance(0.5) ? 0 : dice.number(0, 255)};
  if (layer.op == Operator::kConv || dice.chance(0.5)) {
    out.channels = spoilt(dice, dice.number(1, 40));
    out.is_float = in.is_float || dice.chance(0.1);
    layer = random_convolution(dice, in, out);
    layer.inputs = {input};
  } else if (layer.op == Operator::kAdd) {
    layer.inputs.push_back(dice.number(0, static_cast<int>(network.tensors().size()) - 1));
  } else if (layer.op == Operator::kConcat) {
    layer.inputs.push_back(input);
    layer.inputs.push_back(dice.number(0, static_cast<int>(network.tensors().size()) - 1));
    out.channels = 0;
    for (int index : layer.inputs) out.channels += network.tensors()[index].channels;
    if (dice.chance(0.5)) out.scale = in.scale, out.zero_point = in.zero_point;
  }
  layer.factor = spoilt(dice, dice.number(1, 3));
  if (layer.op == Operator::kMaxPool) {
    layer.kernel = spoilt(dice, dice.number(1, 5));
    layer.stride = spoilt(dice, dice.number(1, layer.kernel > 0 && layer.kernel < 9 ? layer.kernel : 2));
    layer.padding = spoilt(dice, layer.kernel / 2);
  }
  for (auto& entry : layer.remap.table) entry = static_cast<std::uint8_t>(dice.number(0, 255));
  return layer;
}

Network random_network(Dice& dice) {
  Network network;
  network.add_tensor({dice.number(1, 12), dice.chance(0.1), 0.02f, dice.chance(0.7) ? 0 : 3});
  std::vector<int> outputs;
  const int layers = dice.number(1, 7);
  for (int i = 0; i < layers; ++i) {
    Tensor out;
    Layer layer = random_layer(dice, network, i, out);
    layer.inputs[0] = spoilt(dice, layer.inputs[0]);
    layer.output = network.add_tensor(out);
    network.add_layer(std::move(layer));
    if (dice.chance(0.4)) outputs.push_back(i + 1);
  }
  outputs.push_back(layers);
  network.finish(spoilt(dice, 0), outputs);
  return network;
}

// Floats are rounded: the order of a sum in float differs between kernels.
std::vector<std::uint8_t> run(const Network& network, const Kernels& kernels,
                              const PlanOptions& options, unsigned seed, long height, long width) {
  Engine engine(network, kernels, options);
  Values values = run_on_picture(engine, seed, height, width);
  for (float value : values.floats) {
    values.bytes.push_back(static_cast<std::uint8_t>(std::lrint(value * 4.0f)));
  }
  return values.bytes;
}

// Floats may be rounded to the next step at a tie, and what follows then differs a little too.
bool alike(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b, bool exact) {
  if (a.size() != b.size()) return false;
  std::size_t unlike = 0;
  for (std::size_t i = 0; i < a.size(); ++i) unlike += a[i] != b[i];
  return exact ? unlike == 0 : unlike <= a.size() / 10 + 2;
}

bool only_bytes(const Network& network) {
  for (const Tensor& tensor : network.tensors()) {
    if (tensor.is_float) return false;
  }
  return true;
}

int compare_rows(const Network& network, Dice& dice, unsigned seed) {
  const long height = spoilt(dice, dice.number(1, 24)), width = spoilt(dice, dice.number(1, 70));
  if (height * width > 100000 && height < 40000 && width < 40000) return 0;
  PlanOptions plain;
  plain.dense_from = 0;
  const auto right = run(network, choose_kernels("scalar"), plain, seed, height, width);
  int compared = 0;
  for (const Kernels& row : kernel_table()) {
    if (!row.available()) continue;
    for (double dense_from : {0.0, 0.75}) {
      PlanOptions options;
      options.dense_from = dense_from;
      options.threads = dice.number(1, 3);
      options.keep_all = dice.chance(0.3);
      if (!alike(run(network, row, options, seed, height, width), right, only_bytes(network))) {
        std::printf("seed %u: %s differs from scalar\n", seed, row.name);
        std::exit(1);
      }
      ++compared;
    }
  }
  return compared;
}

}  // namespace
}  // namespace vistest

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto first = static_cast<unsigned>(std::atoi(argv[1]));
  const int count = std::atoi(argv[2]);
  int refused = 0, compared = 0;
  for (unsigned seed = first; seed < first + static_cast<unsigned>(count); ++seed) {
    try {
      vistest::Dice dice(seed);
      const vistest::Network network = vistest::random_network(dice);
      compared += vistest::compare_rows(network, dice, seed);
    } catch (const std::invalid_argument&) {
      ++refused;
    }
  }
  for (const auto& row : vistest::kernel_table()) {
    if (row.available()) std::printf("%s ", row.name);
  }
  std::printf("networks=%d refused=%d compared=%d\n", count, refused, compared);
  return 0;
}
