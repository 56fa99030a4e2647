#include "plan.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "conv_steps.h"
#include "memory_plan.h"
#include "simple_steps.h"

namespace vistest {
namespace {

constexpr long kLargestSide = 1 << 15;
constexpr long kLargestTensor = (1L << 31) - (1L << 20);  // Offsets are 32 bits wide.
constexpr long kLargestMemory = 1L << 33;

Geometry result_of(const Layer& layer, const Geometry& in) {
  Geometry out = in;
  switch (layer.op) {
    case Operator::kConv:
      out.height = (in.height - 1) / layer.stride + 1;
      out.width = (in.width - 1) / layer.stride + 1;
      break;
    case Operator::kUpsample:
      out.height = in.height * layer.factor;
      out.width = in.width * layer.factor;
      break;
    case Operator::kMaxPool:
      out.height = (in.height + 2 * layer.padding - layer.kernel) / layer.stride + 1;
      out.width = (in.width + 2 * layer.padding - layer.kernel) / layer.stride + 1;
      if (std::min(in.height, in.width) + 2 * layer.padding < layer.kernel) out.height = 0;
      break;
    case Operator::kGlobalPool:
      out.height = out.width = 1;
      break;
    default:
      break;
  }
  return out;
}

bool same_scale(const Tensor& a, const Tensor& b) {
  return a.is_float == b.is_float && a.scale == b.scale && a.zero_point == b.zero_point;
}

}  // namespace

Plan::Plan(const Network& network, const Kernels& kernels, const PlanOptions& options, long height,
           long width) {
  measure(network, height, width);
  find_slices(network);
  mark_borders(network);
  place(network, options.keep_all);
  const auto& layers = network.layers();
  facts_.resize(layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& layer = layers[i];
    std::vector<Planes> in;
    for (int index : layer.inputs) in.push_back(tensors_[index]);
    const Planes& out = tensors_[layer.output];
    const bool clear = needs_border_[layer.output] != 0;
    if (layer.op == Operator::kConv) {
      steps_.push_back(convolution_steps({layer, network.tensors()[layer.inputs[0]],
                                          network.tensors()[layer.output], in[0], out, clear,
                                          scratch_[i], kernels, options},
                                         facts_[i]));
      continue;
    }
    steps_.push_back(simple_steps({layer, network.tensors(), in, out, clear, kernels}));
    facts_[i].kernel = kernels.name;
  }
}

void Plan::measure(const Network& network, long height, long width) {
  if (height < 1 || width < 1 || height > kLargestSide || width > kLargestSide) {
    throw std::invalid_argument("a picture of " + std::to_string(width) + "x" +
                                std::to_string(height) + " pixels");
  }
  const auto& tensors = network.tensors();
  tensors_.resize(tensors.size());
  tensors_[network.input()].geometry = {height, width, network.border()};
  for (const Layer& layer : network.layers()) {
    const Geometry in = tensors_[layer.inputs[0]].geometry;
    for (int other : layer.inputs) {
      const Geometry& g = tensors_[other].geometry;
      if (g.height != in.height || g.width != in.width) {
        throw std::invalid_argument("inputs of '" + layer.name + "' differ in size");
      }
    }
    const Geometry out = result_of(layer, in);
    if (out.height < 1 || out.width < 1 || out.height > kLargestSide || out.width > kLargestSide) {
      throw std::invalid_argument("the picture has no size that fits '" + layer.name + "'");
    }
    tensors_[layer.output].geometry = out;
  }
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    tensors_[i].count = tensors[i].planes();
    tensors_[i].is_float = tensors[i].is_float;
    tensors_[i].fill = tensors[i].is_float ? 0 : static_cast<std::uint8_t>(tensors[i].zero_point);
    if (tensors_[i].count * tensors_[i].geometry.plane_bytes() > kLargestTensor) {
      throw std::invalid_argument("a tensor of more than two gigabytes");
    }
  }
}

// A tensor that is joined with others at the same scale is made in its place there.
void Plan::find_slices(const Network& network) {
  const auto& tensors = network.tensors();
  whole_.resize(tensors.size());
  first_plane_.assign(tensors.size(), 0);
  for (std::size_t i = 0; i < tensors.size(); ++i) whole_[i] = static_cast<int>(i);
  const auto& layers = network.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (layer->op != Operator::kConcat) continue;
    const int whole = layer->output;
    int channel = 0;
    for (int part : layer->inputs) {
      const int lanes = tensors[part].is_float ? 1 : 4;
      const bool last = channel + tensors[part].channels == tensors[whole].channels;
      const bool aligned =
          channel % lanes == 0 && (tensors[part].channels % lanes == 0 || last);
      if (aligned && whole_[part] == part && part != whole &&
          same_scale(tensors[part], tensors[whole])) {
        whole_[part] = whole_[whole];
        first_plane_[part] = first_plane_[whole] + channel / lanes;
      }
      channel += tensors[part].channels;
    }
  }
}

// Only what a wide kernel reads needs its border, directly or as a part of a concatenation.
void Plan::mark_borders(const Network& network) {
  needs_border_.assign(network.tensors().size(), 0);
  for (const Layer& layer : network.layers()) {
    if (layer.op == Operator::kConv && layer.kernel > 1) needs_border_[layer.inputs[0]] = 1;
  }
  const auto& layers = network.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (layer->op != Operator::kConcat || !needs_border_[layer->output]) continue;
    for (int part : layer->inputs) needs_border_[part] = 1;
  }
}

void Plan::place(const Network& network, bool keep_all) {
  const auto& layers = network.layers();
  const int end = static_cast<int>(layers.size());
  std::vector<Demand> demands(network.tensors().size());
  for (std::size_t i = 0; i < demands.size(); ++i) {
    demands[i] = {0, keep_all ? -1 : end, keep_all ? end : -1};
    if (whole_[i] == static_cast<int>(i)) {
      demands[i].bytes = tensors_[i].count * tensors_[i].geometry.plane_bytes();
    }
  }
  auto use = [&](int tensor, int step) {
    Demand& demand = demands[whole_[tensor]];
    demand.first = std::min(demand.first, step);
    demand.last = std::max(demand.last, step);
  };
  use(network.input(), -1);
  for (int output : network.outputs()) use(output, end);
  for (int i = 0; i < end; ++i) {
    for (int input : layers[i].inputs) use(input, i);
    use(layers[i].output, i);
    const long bytes =
        layers[i].op == Operator::kConv
            ? convolution_scratch(layers[i], tensors_[layers[i].inputs[0]],
                                  tensors_[layers[i].output])
            : 0;
    demands.push_back({bytes, i, i});
  }
  const MemoryPlan plan = plan_memory(demands);
  // Kernels may read a little before the first and behind the last plane.
  const long slack = 4 * kOverrun * kCellBytes + 64;
  bytes_ = plan.bytes + 2 * slack;
  if (bytes_ > kLargestMemory) throw std::invalid_argument("a picture too large for the memory");
  memory_.assign(bytes_, 0);
  std::uint8_t* start = memory_.data() + slack;
  start += (64 - reinterpret_cast<std::uintptr_t>(start) % 64) % 64;
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    Planes& planes = tensors_[i];
    const long offset = plan.offsets[whole_[i]] + first_plane_[i] * planes.geometry.plane_bytes();
    planes.first = start + offset + planes.geometry.front() * kCellBytes;
  }
  for (int i = 0; i < end; ++i) {
    scratch_.push_back(start + plan.offsets[network.tensors().size() + i]);
  }
}

void clear_border(const Planes& planes, int plane, long cell, long cell_end) {
  const Geometry& g = planes.geometry;
  std::uint8_t* first = planes.plane(plane);
  auto fill = [&](long from, long count) {
    std::memset(first + from * kCellBytes, planes.fill, count * kCellBytes);
  };
  if (cell == 0) fill(-g.margin(), g.margin());
  for (long y = cell / g.pitch(); y * g.pitch() + g.width < cell_end; ++y) {
    fill(y * g.pitch() + g.width, g.border);
  }
  if (cell_end >= g.run() - g.border) fill(g.run() - g.border, g.margin() + g.border);
}

}  // namespace vistest
