// kernel_cases ROW COUNT: every kind of layer, COUNT times at random, by a row of the kernel table;
// it must make what the scalar row makes, bit by bit. One line per kind, with a checksum of what is
// right, which is the same on every machine. `kernel_cases chosen` names the row that is taken here.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>

#include "harness.h"

namespace vistest {
namespace {

constexpr double kNever = 0.0;   // Values of dense_from: code is generated for no layer,
constexpr double kAlways = 2.0;  // or for all of int8.

struct Kind {
  std::string name;
  double dense_from;
  std::function<Network(Dice&)> network;
};

Tensor random_tensor(Dice& dice, int channels) {
  return {channels, false, dice.real(0.01f, 0.2f), dice.one_of({0, 0, 3, 128, 255})};
}

// Weights with zeros in blocks of so many outputs by four inputs.
void draw_weights(Dice& dice, Layer& layer, int inputs, int outputs) {
  const int area = layer.kernel * layer.kernel;
  const int block = dice.one_of({1, 2, 4, 16});
  const double density = dice.one_of({0.0, 0.05, 0.15, 0.5, 0.5, 1.0});
  const bool extreme = dice.chance(0.2);
  const int groups = (inputs + 3) / 4;
  std::vector<char> kept(static_cast<std::size_t>((outputs + block - 1) / block) * groups * area);
  for (auto& one : kept) one = dice.chance(density);
  for (int o = 0; o < outputs; ++o) {
    for (int i = 0; i < inputs; ++i) {
      for (int tap = 0; tap < area; ++tap) {
        const bool zero = !kept[(static_cast<std::size_t>(o / block) * groups + i / 4) * area + tap];
        const int weight = extreme ? dice.one_of({-128, 127, 127}) : dice.number(-128, 127);
        layer.bytes.push_back(static_cast<std::int8_t>(zero ? 0 : weight));
      }
    }
  }
}

// Scales at which sums are rounded at a tie, fill the range, or leave it by far.
Layer byte_convolution(Dice& dice, const Tensor& in, const Tensor& out, int kernel, int stride) {
  Layer layer;
  layer.kernel = kernel;
  layer.stride = stride;
  layer.relu = dice.chance(0.4);
  draw_weights(dice, layer, in.channels, out.channels);
  const float step = dice.one_of({0.5f, 0.001f, 0.0003f, 0.02f, 1.0f});
  for (int o = 0; o < out.channels; ++o) {
    layer.bias.push_back(dice.number(-9999, 9999));
    const float factor = step == 0.5f ? 1.0f : dice.real(0.5f, 2.0f);
    layer.weight_scale.push_back(step * factor * out.scale / in.scale);
  }
  return layer;
}

Layer float_convolution(Dice& dice, const Tensor& in, const Tensor& out, int kernel, int stride) {
  Layer layer;
  layer.kernel = kernel;
  layer.stride = stride;
  layer.relu = dice.chance(0.4);
  const int count = out.channels * in.channels * kernel * kernel;
  const double density = dice.one_of({0.0, 0.5, 1.0});
  for (int i = 0; i < count; ++i) {
    layer.floats.push_back(dice.chance(density) ? dice.real(-1.0f, 1.0f) : 0.0f);
  }
  for (int o = 0; o < out.channels; ++o) layer.float_bias.push_back(dice.real(-1.0f, 1.0f));
  return layer;
}

int random_outputs(Dice& dice) { return dice.chance(0.3) ? dice.one_of({16, 24, 28, 48}) : dice.number(1, 29); }

void append(Network& network, Layer layer, std::vector<int> inputs, const Tensor& out) {
  layer.inputs = std::move(inputs);
  layer.output = network.add_tensor(out);
  network.add_layer(std::move(layer));
}

int last(const Network& network) { return static_cast<int>(network.tensors().size()) - 1; }

Network one_convolution(Dice& dice, int kernel, int stride) {
  Network network;
  const Tensor in = random_tensor(dice, dice.number(1, 21));
  const Tensor out = random_tensor(dice, random_outputs(dice));
  network.add_tensor(in);
  append(network, byte_convolution(dice, in, out, kernel, stride), {0}, out);
  network.finish(0, {1});
  return network;
}

// A convolution after another one, and a sum of both: borders and places in memory matter.
Network two_convolutions(Dice& dice) {
  Network network;
  const int channels = dice.number(1, 20);
  const Tensor in = random_tensor(dice, dice.number(1, 6));
  const Tensor middle = random_tensor(dice, channels), out = random_tensor(dice, channels);
  network.add_tensor(in);
  append(network, byte_convolution(dice, in, middle, 3, dice.number(1, 2)), {0}, middle);
  append(network, byte_convolution(dice, middle, out, 3, 1), {1}, out);
  Layer sum;
  sum.op = Operator::kAdd;
  append(network, sum, {1, 2}, random_tensor(dice, channels));
  network.finish(0, {3, 2});
  return network;
}

Network linear(Dice& dice) {
  Network network;
  const Tensor in = random_tensor(dice, dice.number(1, 40));
  Layer pool;
  pool.op = Operator::kGlobalPool;
  network.add_tensor(in);
  append(network, pool, {0}, random_tensor(dice, in.channels));
  const Tensor out = random_tensor(dice, random_outputs(dice));
  append(network, byte_convolution(dice, network.tensors()[1], out, 1, 1), {1}, out);
  network.finish(0, {1, 2});
  return network;
}

Network floats(Dice& dice, int kernel, int stride, bool from_bytes) {
  Network network;
  Tensor in = random_tensor(dice, dice.number(1, 12));
  in.is_float = !from_bytes;
  const Tensor out = {dice.number(1, 13), true, 1.0f, 0};
  network.add_tensor(in);
  append(network, float_convolution(dice, in, out, kernel, stride), {0}, out);
  network.finish(0, {1});
  return network;
}

Network simple(Dice& dice, Operator op, bool is_float) {
  Network network;
  Tensor in = random_tensor(dice, dice.number(1, 12));
  Tensor out = random_tensor(dice, in.channels);
  in.is_float = out.is_float = is_float;
  if (dice.chance(0.2)) out.scale = in.scale, out.zero_point = in.zero_point;
  Layer layer;
  layer.op = op;
  layer.relu = dice.chance(0.4);
  layer.factor = dice.number(1, 3);
  if (op == Operator::kMaxPool) {
    layer.kernel = dice.number(1, 5);
    layer.stride = dice.number(1, layer.kernel);
    layer.padding = layer.kernel / 2;
  }
  for (auto& entry : layer.remap.table) entry = static_cast<std::uint8_t>(dice.number(0, 255));
  network.add_tensor(in);
  append(network, layer, {0}, out);
  network.finish(0, {1});
  return network;
}

// The input and a pooled input, at two scales.
Network joined(Dice& dice, Operator op, bool is_float) {
  Network network;
  Tensor in = random_tensor(dice, dice.number(1, 12)), other = random_tensor(dice, in.channels);
  Tensor out = random_tensor(dice, op == Operator::kAdd ? in.channels : 3 * in.channels);
  in.is_float = other.is_float = out.is_float = is_float;
  Layer pool, join;
  pool.op = Operator::kMaxPool;
  pool.kernel = 3;
  pool.padding = 1;
  join.op = op;
  join.relu = dice.chance(0.4);
  network.add_tensor(in);
  append(network, pool, {0}, other);
  append(network, join, op == Operator::kAdd ? std::vector<int>{0, 1} : std::vector<int>{1, 0, 1}, out);
  network.finish(0, {last(network)});
  return network;
}

std::vector<Kind> kinds() {
  std::vector<Kind> all;
  for (const auto& [way, dense_from] : {std::pair("ahead of time", kNever), {"generated", kAlways}}) {
    for (int kernel : {1, 3, 5, 7}) {
      for (int stride : {1, 2}) {
        const auto k = std::to_string(kernel);
        all.push_back({"conv " + k + "x" + k + " stride " + std::to_string(stride) + ", " + way,
                       dense_from, [=](Dice& dice) { return one_convolution(dice, kernel, stride); }});
      }
    }
    all.push_back({std::string("linear, ") + way, dense_from, linear});
    all.push_back({std::string("conv, conv, add, ") + way, dense_from, two_convolutions});
  }
  for (bool is_float : {false, true}) {
    const std::string type = is_float ? " of floats" : " of bytes";
    for (const auto& [name, op] : {std::pair("add", Operator::kAdd), {"concat", Operator::kConcat}}) {
      all.push_back({name + type, kNever, [=](Dice& dice) { return joined(dice, op, is_float); }});
    }
    for (const auto& [name, op] : {std::pair("upsample", Operator::kUpsample),
                                   {"max-pool", Operator::kMaxPool},
                                   {"global pool", Operator::kGlobalPool}}) {
      all.push_back({name + type, kNever, [=](Dice& dice) { return simple(dice, op, is_float); }});
    }
    for (int kernel : {1, 3}) {
      for (int stride : {1, 2}) {
        const auto k = std::to_string(kernel);
        all.push_back({"float conv " + k + "x" + k + " stride " + std::to_string(stride) + type, kNever,
                       [=](Dice& dice) { return floats(dice, kernel, stride, !is_float); }});
      }
    }
  }
  all.push_back({"activation table", kNever,
                 [](Dice& dice) { return simple(dice, Operator::kTable, false); }});
  return all;
}

// Sums of floats may be added up in another order; all else is equal to the bit.
bool alike(const Values& made, const Values& right) {
  if (made.bytes != right.bytes || made.floats.size() != right.floats.size()) return false;
  for (std::size_t i = 0; i < right.floats.size(); ++i) {
    if (!(std::fabs(made.floats[i] - right.floats[i]) <= 1e-4f * (1 + std::fabs(right.floats[i])))) {
      return false;
    }
  }
  return true;
}

// FNV-1a.
void add_to(std::uint64_t& checksum, const std::vector<std::uint8_t>& bytes) {
  for (std::uint8_t byte : bytes) checksum = (checksum ^ byte) * 0x100000001b3ULL;
}

bool was_generated(const Plan& plan) {
  for (const LayerFacts& facts : plan.facts()) {
    if (facts.code_bytes > 0) return true;
  }
  return false;
}

struct ExecutablePages {
  int writable = 0;   // At once.
  int generated = 0;  // They belong to no file.
};

ExecutablePages executable_pages() {
  ExecutablePages pages;
  std::ifstream maps("/proc/self/maps");
  std::string range, rights, offset, device, rest;
  unsigned long inode = 0;
  while (maps >> range >> rights >> offset >> device >> inode && std::getline(maps, rest)) {
    if (rights[2] != 'x') continue;
    if (rights[1] == 'w') ++pages.writable;
    if (inode == 0 && rest.find('[') == std::string::npos) ++pages.generated;
  }
  return pages;
}

struct Totals {
  long cases = 0;
  long values = 0;
  long different = 0;
  long generated = 0;
  long writable_code = 0;
};

long random_width(Dice& dice) {
  static const int kTiles[] = {8, 16, 24, 32, 48, 64, 128};
  return dice.chance(0.4) ? dice.number(1, 12) : kTiles[dice.number(0, 6)] + dice.number(-1, 1);
}

void run_case(const Kernels& row, const Kind& kind, unsigned seed, std::uint64_t& checksum,
              Totals& totals) {
  Dice dice(seed);
  const Network network = kind.network(dice);
  const long height = dice.number(1, 6), width = random_width(dice);
  const bool white = dice.chance(0.2);
  PlanOptions options;
  options.dense_from = kNever;
  Engine scalar(network, choose_kernels("scalar"), options);
  const Values right = run_on_picture(scalar, seed, height, width, white);
  options.dense_from = kind.dense_from;
  options.threads = dice.number(1, 2);
  options.keep_all = dice.chance(0.3);
  Engine engine(network, row, options);
  const bool same = alike(run_on_picture(engine, seed, height, width, white), right);
  if (!same) std::printf("DIFFERENT: %s, %s, seed %u\n", row.name, kind.name.c_str(), seed);
  add_to(checksum, right.bytes);
  ++totals.cases;
  totals.values += static_cast<long>(right.bytes.size() + right.floats.size());
  totals.different += !same;
  if (!was_generated(engine.plan(height, width))) return;
  const ExecutablePages pages = executable_pages();
  totals.generated += pages.generated > 0;
  totals.writable_code += pages.writable;
}

int run_all(const Kernels& row, int count) {
  Totals totals;
  unsigned seed = 0;
  for (const Kind& kind : kinds()) {
    std::uint64_t checksum = 0xcbf29ce484222325ULL;
    const Totals before = totals;
    for (int i = 0; i < count; ++i) run_case(row, kind, ++seed, checksum, totals);
    std::printf("%s: %s: cases=%ld values=%ld different=%ld checksum=%016llx\n", row.name,
                kind.name.c_str(), totals.cases - before.cases, totals.values - before.values,
                totals.different - before.different, static_cast<unsigned long long>(checksum));
    std::fflush(stdout);
    if (kind.dense_from == kAlways && row.generator != Generator::kNone &&
        totals.generated - before.generated != count) {
      std::printf("DIFFERENT: no code was generated\n");
      ++totals.different;
    }
  }
  std::printf("%s: in all: cases=%ld values=%ld different=%ld generated=%ld writable_code=%ld\n",
              row.name, totals.cases, totals.values, totals.different, totals.generated,
              totals.writable_code);
  return totals.different + totals.writable_code == 0 ? 0 : 1;
}

}  // namespace
}  // namespace vistest

int main(int argc, char** argv) {
  try {
    if (argc == 2 && std::string(argv[1]) == "chosen") {
      std::puts(vistest::choose_kernels("").name);
      return 0;
    }
    if (argc == 3) return vistest::run_all(vistest::choose_kernels(argv[1]), std::atoi(argv[2]));
  } catch (const std::invalid_argument& error) {
    std::printf("%s\n", error.what());
    return 2;
  }
  std::puts("usage: kernel_cases chosen | kernel_cases ROW COUNT");
  return 2;
}
