// A network as its caller describes it: tensors and layers, checked as they are added.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernels.h"

namespace vistest {

struct Tensor {
  int channels = 0;
  bool is_float = false;
  float scale = 1.0f;
  std::int32_t zero_point = 0;

  int planes() const { return is_float ? channels : (channels + 3) / 4; }
};

enum class Operator { kConv, kAdd, kConcat, kUpsample, kMaxPool, kGlobalPool, kTable };

struct Layer {
  Operator op = Operator::kConv;
  std::string name;
  std::vector<int> inputs;
  int output = -1;
  bool relu = false;

  // Of a convolution: weights (outputs, inputs, kernel, kernel), bytes or floats.
  int kernel = 1;
  int stride = 1;
  int padding = 0;  // Of a pooling; a convolution keeps the size but for its stride.
  std::vector<std::int8_t> bytes;
  std::vector<float> floats;
  std::vector<float> weight_scale;
  std::vector<std::int32_t> bias;
  std::vector<float> float_bias;

  int factor = 1;  // Of an upsampling.
  Remap remap{};   // Of a table.
};

// Tensors and layers are known by their index. Every member that adds throws std::invalid_argument
// if what it is given does not fit; a network that was refused a layer is not to be used further.
class Network {
 public:
  int add_tensor(const Tensor& tensor);
  void add_layer(Layer layer);
  void finish(int input, const std::vector<int>& outputs);

  const std::vector<Tensor>& tensors() const { return tensors_; }
  const std::vector<Layer>& layers() const { return layers_; }
  int input() const { return input_; }
  const std::vector<int>& outputs() const { return outputs_; }
  bool finished() const { return input_ >= 0; }
  // The widest border that a convolution needs.
  int border() const { return border_; }

 private:
  const Tensor& tensor(int index) const;
  void check(const Layer& layer) const;
  void check_convolution(const Layer& layer) const;
  void check_sums(const Layer& layer) const;
  void check_order() const;

  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
  std::vector<int> outputs_;
  int input_ = -1;
  int border_ = 1;
};

// sum * requantisation_scale(...)[channel] is a step of the output.
std::vector<float> requantisation_scale(const Layer& layer, const Tensor& in, const Tensor& out);

// The table from steps of `in` to steps of `out` that keeps the real value.
Remap remap_between(const Tensor& in, const Tensor& out);

}  // namespace vistest
