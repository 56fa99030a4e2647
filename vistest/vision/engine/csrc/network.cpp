#include "network.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

namespace vistest {
namespace {

constexpr int kMostChannels = 1 << 16;
constexpr int kMostKernel = 7;
constexpr int kMostPool = 14;
constexpr int kMostFactor = 8;
constexpr std::size_t kMostLayers = 1 << 16;
constexpr double kInt32 = 2147483647.0;

void require(bool sound, const std::string& what) {
  if (!sound) throw std::invalid_argument(what);
}

}  // namespace

const Tensor& Network::tensor(int index) const {
  require(index >= 0 && static_cast<std::size_t>(index) < tensors_.size(), "no such tensor");
  return tensors_[index];
}

int Network::add_tensor(const Tensor& tensor) {
  require(!finished() && tensors_.size() < kMostLayers, "too many tensors");
  require(tensor.channels > 0 && tensor.channels <= kMostChannels, "a tensor without channels");
  require(std::isfinite(tensor.scale) && tensor.scale > 0, "a tensor without scale");
  require(tensor.zero_point >= 0 && tensor.zero_point <= 255, "a zero point is no byte");
  tensors_.push_back(tensor);
  return static_cast<int>(tensors_.size()) - 1;
}

void Network::add_layer(Layer layer) {
  require(!finished() && layers_.size() < kMostLayers, "too many layers");
  require(!layer.inputs.empty(), "a layer without input");
  for (int input : layer.inputs) tensor(input);
  tensor(layer.output);
  check(layer);
  if (layer.op == Operator::kConv) border_ = std::max(border_, layer.kernel / 2);
  layers_.push_back(std::move(layer));
}

void Network::finish(int input, const std::vector<int>& outputs) {
  tensor(input);
  require(!outputs.empty(), "a network without output");
  for (int output : outputs) tensor(output);
  input_ = input;
  outputs_ = outputs;
  check_order();
}

void Network::check(const Layer& layer) const {
  const Tensor& out = tensor(layer.output);
  const Tensor& in = tensor(layer.inputs[0]);
  if (layer.op == Operator::kConv) return check_convolution(layer);
  int channels = 0;
  for (int index : layer.inputs) {
    require(tensor(index).is_float == out.is_float, "bytes and floats mixed");
    channels += tensor(index).channels;
  }
  const bool joins = layer.op == Operator::kConcat;
  require(joins || layer.op == Operator::kAdd || layer.inputs.size() == 1, "too many inputs");
  require((joins ? channels : in.channels) == out.channels, "channels do not fit");
  switch (layer.op) {
    case Operator::kAdd:
      require(layer.inputs.size() == 2 && tensor(layer.inputs[1]).channels == in.channels,
              "a sum of tensors that differ");
      break;
    case Operator::kUpsample:
      require(layer.factor >= 1 && layer.factor <= kMostFactor, "an upsampling without factor");
      break;
    case Operator::kMaxPool:
      require(layer.kernel >= 1 && layer.kernel <= kMostPool && layer.stride >= 1 &&
                  layer.stride <= layer.kernel && layer.padding >= 0 &&
                  layer.padding <= layer.kernel / 2,
              "a pooling of no valid shape");
      break;
    case Operator::kTable:
      require(!out.is_float, "a table of floats");
      break;
    default:
      break;
  }
}

void Network::check_convolution(const Layer& layer) const {
  const Tensor& in = tensor(layer.inputs[0]);
  const Tensor& out = tensor(layer.output);
  require(layer.inputs.size() == 1, "a convolution of several inputs");
  require(layer.kernel >= 1 && layer.kernel <= kMostKernel && layer.kernel % 2 == 1,
          "a kernel that is not 1, 3, 5 or 7 wide");
  require(layer.stride == 1 || layer.stride == 2, "a stride that is not 1 or 2");
  const std::size_t outputs = static_cast<std::size_t>(out.channels);
  const std::size_t count = outputs * in.channels * layer.kernel * layer.kernel;
  if (out.is_float) {
    require(layer.floats.size() == count && layer.float_bias.size() == outputs,
            "weights or bias of the wrong size");
    return;
  }
  require(!in.is_float, "int8 weights on floats");
  require(layer.bytes.size() == count && layer.bias.size() == outputs &&
              layer.weight_scale.size() == outputs,
          "weights, bias or scales of the wrong size");
  check_sums(layer);
}

// Sums must fit 32 bits, and steps as well: conversions then never overflow.
void Network::check_sums(const Layer& layer) const {
  const std::size_t outputs = layer.bias.size();
  const std::size_t each = layer.bytes.size() / outputs;
  const auto scale = requantisation_scale(layer, tensor(layer.inputs[0]), tensor(layer.output));
  for (std::size_t o = 0; o < outputs; ++o) {
    double largest = std::fabs(static_cast<double>(layer.bias[o]));
    for (std::size_t i = 0; i < each; ++i) {
      // Twice: the zero point of the input goes into the bias.
      largest += 2 * 255.0 * std::abs(static_cast<int>(layer.bytes[o * each + i]));
    }
    require(std::isfinite(scale[o]) && scale[o] > 0, "a scale that is no positive number");
    require(largest <= kInt32 && largest * scale[o] <= kInt32, "sums that 32 bits cannot hold");
  }
}

void Network::check_order() const {
  std::vector<char> filled(tensors_.size(), 0);
  filled[input_] = 1;
  for (const Layer& layer : layers_) {
    for (int input : layer.inputs) require(filled[input], "a tensor is read before it is filled");
    require(!filled[layer.output], "a tensor is filled twice");
    filled[layer.output] = 1;
  }
  for (int output : outputs_) require(filled[output], "an output is never filled");
}

std::vector<float> requantisation_scale(const Layer& layer, const Tensor& in, const Tensor& out) {
  std::vector<float> scale;
  for (float weight : layer.weight_scale) scale.push_back(in.scale * weight / out.scale);
  return scale;
}

namespace {

// A multiplier of 16 bits with which whole numbers give the same table; most scales below 1 have one.
void find_multiplier(Remap& remap) {
  if (remap.zero_a != 0 || remap.zero_point != 0 || remap.scale >= 1.0f) return;
  const int middle = static_cast<int>(std::lround(remap.scale * 65536.0f));
  for (int rounding = 124; rounding <= 132; ++rounding) {
    for (int multiplier = middle - 48; multiplier <= middle + 48; ++multiplier) {
      if (multiplier < 0 || multiplier > 65535) continue;
      bool same = true;
      for (int step = 0; step < 256 && same; ++step) {
        same = ((step * 256 * static_cast<long>(multiplier) >> 16) + rounding) >> 8 ==
               remap.table[step];
      }
      if (!same) continue;
      remap.fixed = true;
      remap.multiplier = static_cast<std::uint16_t>(multiplier);
      remap.rounding = static_cast<std::uint16_t>(rounding);
      return;
    }
  }
}

}  // namespace

Remap remap_between(const Tensor& in, const Tensor& out) {
  Remap remap{};
  remap.affine = true;
  remap.scale = in.scale / out.scale;
  remap.zero_a = in.zero_point;
  remap.zero_point = out.zero_point;
  for (int step = 0; step < 256; ++step) {
    const float real = static_cast<float>(step - in.zero_point) * in.scale;
    const float exact = std::rint(real / out.scale) + static_cast<float>(out.zero_point);
    remap.table[step] = static_cast<std::uint8_t>(std::clamp(exact, 0.0f, 255.0f));
    const float quick = std::rint(static_cast<float>(step - in.zero_point) * remap.scale) +
                        static_cast<float>(out.zero_point);
    if (std::clamp(quick, 0.0f, 255.0f) != std::clamp(exact, 0.0f, 255.0f)) remap.affine = false;
  }
  if (std::fabs(255.0f * remap.scale) > 1e9f) remap.affine = false;
  find_multiplier(remap);
  return remap;
}

}  // namespace vistest
