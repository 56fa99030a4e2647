#include "conv_steps.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace vistest {
namespace {

constexpr long kSmallCode = 256 * 1024;  // Half of a second cache.
constexpr int kFloatTile = 192;  // A multiple of the tiles of all float kernels.
constexpr long kChunkBytes = 96 * 1024;  // Of input, so that it stays in the second cache.

// A convolution of stride 2 first sorts its input by odd and even rows and columns: each of the
// four pictures is as large as the output, and from then on it is a convolution of stride 1.
int phases_of(const Layer& layer) {
  if (layer.stride == 1) return 0;
  return layer.kernel == 1 ? 1 : 4;
}

int floor_half(int value) { return (value - (value & 1)) / 2; }

std::vector<Tap> taps_of(const Layer& layer, int planes) {
  std::vector<Tap> taps;
  const int reach = layer.kernel / 2;
  for (int plane = 0; plane < planes; ++plane) {
    for (int row = -reach; row <= reach; ++row) {
      for (int column = -reach; column <= reach; ++column) {
        if (layer.stride == 1) {
          taps.push_back({plane, row, column});
        } else {
          const int phase = 2 * (row & 1) + (column & 1);
          taps.push_back({phase * planes + plane, floor_half(row), floor_half(column)});
        }
      }
    }
  }
  return taps;
}

std::vector<std::int32_t> offsets_of(const std::vector<Tap>& taps, const Geometry& g) {
  std::vector<std::int32_t> offsets;
  for (const Tap& tap : taps) {
    offsets.push_back(static_cast<std::int32_t>(
        tap.plane * g.plane_bytes() + (tap.row * g.pitch() + tap.column) * kCellBytes));
  }
  return offsets;
}

ByteWeights byte_weights(const Layer& layer, int inputs, int outputs) {
  const int area = layer.kernel * layer.kernel;
  const int planes = (inputs + 3) / 4;
  ByteWeights weights;
  weights.outputs = static_cast<int>(round_up(outputs, 4));
  weights.taps = planes * area;
  weights.quads.assign(static_cast<std::size_t>(weights.outputs) * weights.taps, 0);
  for (int o = 0; o < outputs; ++o) {
    for (int i = 0; i < inputs; ++i) {
      for (int t = 0; t < area; ++t) {
        const std::int8_t weight = layer.bytes[(static_cast<std::size_t>(o) * inputs + i) * area + t];
        auto& quad = weights.quads[static_cast<std::size_t>(o) * weights.taps + (i / 4) * area + t];
        quad = static_cast<std::int32_t>(static_cast<std::uint32_t>(quad) |
                                         static_cast<std::uint32_t>(static_cast<std::uint8_t>(weight))
                                             << (8 * (i % 4)));
      }
    }
  }
  return weights;
}

Requantisation requantisation_of(const ConvolutionParts& parts) {
  const Layer& layer = parts.layer;
  Requantisation r;
  r.scale = requantisation_scale(layer, parts.in, parts.out);
  r.bias = layer.bias;
  const std::size_t each = layer.bytes.size() / layer.bias.size();
  for (std::size_t o = 0; o < r.bias.size(); ++o) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < each; ++i) sum += layer.bytes[o * each + i];
    r.bias[o] -= parts.in.zero_point * sum;
  }
  r.scale.resize(round_up(static_cast<long>(r.scale.size()), 4), 1.0f);
  r.bias.resize(r.scale.size(), 0);
  r.zero_point = parts.out.zero_point;
  r.lowest = layer.relu ? parts.out.zero_point : 0;
  return r;
}

// Copies plane `plane` of `from` to the four (or one) pictures of its odd and even pixels.
class PhaseSorter {
 public:
  PhaseSorter(const Planes& from, const Planes& to, int phases, const Elementwise* elementwise)
      : from_(from), to_(to), phases_(phases), elementwise_(elementwise) {}

  void sort(int plane) const {
    for (int phase = 0; phase < phases_; ++phase) {
      clear_border(to_, phase * from_.count + plane, 0, to_.geometry.run());
    }
    for (long y = 0; y < to_.geometry.height; ++y) {
      sort_row(plane, 0, y);
      if (phases_ > 1) sort_row(plane, 1, y);
    }
  }

 private:
  std::uint32_t* row(int phase, int plane, long y) const {
    return reinterpret_cast<std::uint32_t*>(to_.row(phase * from_.count + plane, y));
  }

  // Row 2 y + odd of the input.
  void sort_row(int plane, int odd, long y) const {
    const long width = to_.geometry.width, pairs = from_.geometry.width / 2;
    std::uint32_t* even_columns = row(2 * odd, plane, y);
    // With a kernel of one pixel, odd columns are read by nobody.
    std::uint32_t spare[256];
    std::uint32_t* odd_columns = phases_ > 1 ? row(2 * odd + 1, plane, y) : nullptr;
    if (2 * y + odd >= from_.geometry.height) {
      std::memset(even_columns, to_.fill, width * kCellBytes);
      std::memset(odd_columns, to_.fill, width * kCellBytes);
      return;
    }
    const auto* cells = reinterpret_cast<const std::uint32_t*>(from_.row(plane, 2 * y + odd));
    if (odd_columns != nullptr) {
      elementwise_->deinterleave(cells, even_columns, odd_columns, pairs);
    } else {
      for (long x = 0; x < pairs; x += 256) {
        elementwise_->deinterleave(cells + 2 * x, even_columns + x, spare, std::min(256L, pairs - x));
      }
    }
    if (pairs < width) {
      even_columns[pairs] = cells[2 * pairs];
      if (odd_columns != nullptr) std::memset(odd_columns + pairs, to_.fill, kCellBytes);
    }
  }

  Planes from_, to_;
  int phases_;
  const Elementwise* elementwise_;
};

Planes phase_planes(const ConvolutionParts& parts, const Planes& from, std::uint8_t* memory) {
  Planes planes;
  planes.geometry = parts.to.geometry;
  planes.count = phases_of(parts.layer) * from.count;
  planes.is_float = from.is_float;
  planes.fill = from.fill;
  planes.first = memory + planes.geometry.front() * kCellBytes;
  return planes;
}

// Pixels that one item makes: few enough for the cache and for all threads to have some.
long chunk_cells(long run, int planes, long units, int tile, int threads) {
  long cells = std::max(kChunkBytes / (planes * kCellBytes), 4L * tile);
  while (threads > 1 && cells > 4L * tile && (run + cells - 1) / cells * units < 4L * threads) {
    cells /= 2;
  }
  return round_up(cells, tile);
}

// Makes items of `make(unit, cell, cell_end)`.
template <typename Make>
Step chunked_step(const Geometry& geometry, long units, long chunk, Make make) {
  const long run = geometry.run() - geometry.border;
  const long chunks = (run + chunk - 1) / chunk;
  Step step;
  step.items = chunks * units;
  step.work = [=](long item) {
    const long cell = item / units * chunk;
    make(item % units, cell, std::min(cell + chunk, run));
  };
  return step;
}

void note_blocks(LayerFacts& facts, const std::vector<Group>& groups, int taps) {
  for (const Group& group : groups) facts.kept_blocks += group.end - group.first;
  facts.blocks = static_cast<long>(groups.size()) * taps;
}

// Nothing where the dense kernel is as fast, or code cannot be generated here. Code that stays in
// the second cache is faster even for a layer without any zero block, because each channel is
// summed in 16 bits for as long as its own weights allow.
std::shared_ptr<const GeneratedKernel> generated_kernel(const ConvolutionParts& parts,
                                                        const ByteWeights& weights,
                                                        const std::vector<std::int32_t>& offsets) {
  const Generator generator = parts.kernels.generator;
  const double dense_from = parts.options.dense_from;
  if (generator == Generator::kNone || dense_from <= 0) return nullptr;
  const GeneratedCode code = generate(generator, weights, offsets, requantisation_of(parts));
  const bool is_small = static_cast<long>(code.code.size()) <= kSmallCode;
  if (!is_small && kept_share(weights) >= dense_from) return nullptr;
  return GeneratedKernel::load(code);
}

Step generated_step(const ConvolutionParts& parts, const Planes& from,
                    const std::shared_ptr<const GeneratedKernel>& kernel) {
  const long units = static_cast<long>(kernel->units().size());
  const long chunk = chunk_cells(from.geometry.run(), from.count, units, kernel->tile(),
                                 parts.options.threads);
  const Planes to = parts.to;
  const bool clear = parts.clear_border;
  return chunked_step(to.geometry, units, chunk, [=](long item, long cell, long cell_end) {
    const int index = static_cast<int>(item);
    kernel->run(index, from.first, to.first, to.geometry.plane_bytes(), cell, cell_end);
    const Unit& unit = kernel->units()[index];
    for (int i = 0; clear && i < unit.planes; ++i) clear_border(to, unit.plane + i, cell, cell_end);
  });
}

Step loop_step(const ConvolutionParts& parts, const Planes& from,
               const std::shared_ptr<const ByteProgram>& program) {
  const long units = static_cast<long>(program->groups.size());
  const long chunk = chunk_cells(from.geometry.run(), from.count, units, parts.kernels.tile,
                                 parts.options.threads);
  const ByteKernel kernel = parts.kernels.bytes;
  const Planes to = parts.to;
  const bool clear = parts.clear_border;
  return chunked_step(to.geometry, units, chunk, [=](long unit, long cell, long cell_end) {
    const int group = static_cast<int>(unit);
    kernel(*program, from.first, to.first, to.geometry.plane_bytes(),
           {group, group + 1, cell, cell_end});
    if (clear) clear_border(to, group, cell, cell_end);
  });
}

Step byte_step(const ConvolutionParts& parts, const Planes& from, LayerFacts& facts) {
  const auto taps = taps_of(parts.layer, (parts.in.channels + 3) / 4);
  const auto offsets = offsets_of(taps, from.geometry);
  const auto weights = byte_weights(parts.layer, parts.in.channels, parts.out.channels);
  if (const auto kernel = generated_kernel(parts, weights, offsets)) {
    facts.kernel += " generated";
    facts.kept_blocks = kernel->kept();
    facts.blocks = static_cast<long>(weights.quads.size());
    facts.code_bytes = kernel->bytes();
    return generated_step(parts, from, kernel);
  }
  auto program = std::make_shared<const ByteProgram>(
      pack_bytes(weights, offsets, requantisation_of(parts), parts.kernels.sixteen_bits));
  note_blocks(facts, program->groups, weights.taps);
  return loop_step(parts, from, program);
}

Step float_step(const ConvolutionParts& parts, const Planes& from, LayerFacts& facts) {
  const Layer& layer = parts.layer;
  const auto taps = taps_of(layer, parts.in.channels);
  const auto offsets = offsets_of(taps, from.geometry);
  auto program = std::make_shared<FloatProgram>(
      pack_floats(layer.floats, layer.float_bias, parts.out.channels, offsets, layer.relu));
  note_blocks(facts, program->groups, static_cast<int>(taps.size()));
  const long units = static_cast<long>(program->groups.size());
  const long chunk = chunk_cells(from.geometry.run(), from.count, units, kFloatTile,
                                 parts.options.threads);
  const FloatKernel kernel = parts.kernels.floats;
  const Planes to = parts.to;
  const bool clear = parts.clear_border;
  return chunked_step(to.geometry, units, chunk, [=](long unit, long cell, long cell_end) {
    const int group = static_cast<int>(unit);
    kernel(*program, reinterpret_cast<const float*>(from.first),
           reinterpret_cast<float*>(to.first), to.geometry.plane_bytes(),
           {group, group + 1, cell, cell_end});
    for (int plane = 4 * group; clear && plane < std::min(4 * group + 4, to.count); ++plane) {
      clear_border(to, plane, cell, cell_end);
    }
  });
}

Step dequantising_step(const ConvolutionParts& parts, const Planes& to) {
  const Planes from = parts.from;
  const int channels = parts.in.channels;
  const float scale = parts.in.scale;
  const std::int32_t zero = parts.in.zero_point;
  const auto dequantise = parts.kernels.elementwise->dequantise;
  Step step;
  step.items = from.count;
  step.work = [=](long plane) {
    const long margin = from.geometry.margin();
    float* out[4];
    const int count = std::min(4, channels - 4 * static_cast<int>(plane));
    for (int c = 0; c < count; ++c) {
      out[c] = reinterpret_cast<float*>(to.plane(4 * static_cast<int>(plane) + c)) - margin;
    }
    dequantise(from.plane(static_cast<int>(plane)) - margin * kCellBytes, out, count,
               from.geometry.run() + 2 * margin, scale, zero);
  };
  return step;
}

Planes float_planes(const ConvolutionParts& parts) {
  Planes planes = parts.from;
  planes.is_float = true;
  planes.count = parts.in.channels;
  planes.fill = 0;
  planes.first = parts.scratch + planes.geometry.front() * kCellBytes;
  return planes;
}

bool dequantises(const Layer& layer, const Planes& from) {
  return !layer.floats.empty() && !from.is_float;
}

}  // namespace

long convolution_scratch(const Layer& layer, const Planes& from, const Planes& to) {
  const bool floats = dequantises(layer, from);
  const int planes = floats ? 4 * from.count : from.count;
  const long dequantised = floats ? planes * from.geometry.plane_bytes() : 0;
  return dequantised + phases_of(layer) * planes * to.geometry.plane_bytes();
}

std::vector<Step> convolution_steps(const ConvolutionParts& parts, LayerFacts& facts) {
  std::vector<Step> steps;
  Planes from = parts.from;
  std::uint8_t* scratch = parts.scratch;
  if (dequantises(parts.layer, from)) {
    from = float_planes(parts);
    steps.push_back(dequantising_step(parts, from));
    scratch += from.count * from.geometry.plane_bytes();
  }
  if (const int phases = phases_of(parts.layer)) {
    const Planes sorted = phase_planes(parts, from, scratch);
    Step step;
    step.items = from.count;
    const PhaseSorter sorter(from, sorted, phases, parts.kernels.elementwise);
    step.work = [=](long plane) { sorter.sort(static_cast<int>(plane)); };
    steps.push_back(step);
    from = sorted;
    from.count = sorted.count;
  }
  const Geometry& g = parts.to.geometry;
  facts.kernel = parts.kernels.name;
  facts.multiplications = static_cast<long>(parts.in.channels) * parts.out.channels *
                          parts.layer.kernel * parts.layer.kernel * g.height * g.width;
  steps.push_back(parts.out.is_float ? float_step(parts, from, facts)
                                     : byte_step(parts, from, facts));
  return steps;
}

}  // namespace vistest
