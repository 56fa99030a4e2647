#include "simple_steps.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace vistest {
namespace {

const Tensor& in_of(const SimpleParts& parts, int index = 0) {
  return parts.tensors[parts.layer.inputs[index]];
}

const Tensor& out_of(const SimpleParts& parts) { return parts.tensors[parts.layer.output]; }

bool keeps_steps(const Tensor& in, const Tensor& out) {
  return in.is_float || (in.scale == out.scale && in.zero_point == out.zero_point);
}

// Bytes from one scale to another; nothing if they are the same or floats.
class Rescaling {
 public:
  Rescaling(const SimpleParts& parts, int index)
      : needed_(!keeps_steps(in_of(parts, index), out_of(parts))),
        apply_(parts.kernels.elementwise->remap) {
    if (needed_) remap_ = remap_between(in_of(parts, index), out_of(parts));
  }
  void run(const std::uint8_t* in, std::uint8_t* out, long count) const {
    if (needed_) {
      apply_(in, out, count, remap_);
    } else if (in != out) {
      std::memcpy(out, in, count);
    }
  }

 private:
  bool needed_;
  void (*apply_)(const std::uint8_t*, std::uint8_t*, long, const Remap&);
  Remap remap_{};
};

Step per_plane(int planes, std::function<void(int)> work, const Planes& to, bool clear) {
  Step step;
  step.items = planes;
  step.work = [=](long item) {
    const int plane = static_cast<int>(item);
    work(plane);
    if (clear) clear_border(to, plane, 0, to.geometry.run());
  };
  return step;
}

Step add_step(const SimpleParts& parts) {
  const Planes a = parts.from[0], b = parts.from[1], to = parts.to;
  const Tensor &ta = in_of(parts, 0), &tb = in_of(parts, 1), &out = out_of(parts);
  const Elementwise* elementwise = parts.kernels.elementwise;
  const bool relu = parts.layer.relu;
  const Sum sum = {ta.scale / out.scale, tb.scale / out.scale,
                   ta.zero_point,        tb.zero_point,
                   out.zero_point,       relu ? out.zero_point : 0};
  const long run = to.geometry.run();
  auto work = [=](int plane) {
    if (to.is_float) {
      elementwise->add_float(reinterpret_cast<const float*>(a.plane(plane)),
                             reinterpret_cast<const float*>(b.plane(plane)),
                             reinterpret_cast<float*>(to.plane(plane)), run, relu);
    } else {
      elementwise->add(a.plane(plane), b.plane(plane), to.plane(plane), run * kCellBytes, sum);
    }
  };
  return per_plane(to.count, work, to, parts.clear_border);
}

// Channels that do not begin with a plane are moved byte by byte.
void move_channel(const Planes& from, int channel, const Planes& to, int target,
                  const Rescaling& rescaling) {
  std::uint8_t* in = from.plane(channel / 4) + channel % 4;
  std::uint8_t* out = to.plane(target / 4) + target % 4;
  for (long cell = 0; cell < to.geometry.run(); ++cell) {
    rescaling.run(in + 4 * cell, out + 4 * cell, 1);
  }
}

std::vector<Step> concat_steps(const SimpleParts& parts) {
  std::vector<Step> steps;
  const Planes to = parts.to;
  const int lanes = to.is_float ? 1 : 4;
  int channel = 0;
  for (std::size_t i = 0; i < parts.from.size(); ++i) {
    const Planes from = parts.from[i];
    const int first = channel;
    const int channels = in_of(parts, static_cast<int>(i)).channels;
    channel += channels;
    // It was made in its place already.
    if (first % lanes == 0 && from.first == to.plane(first / lanes)) continue;
    const Rescaling rescaling(parts, static_cast<int>(i));
    const bool aligned = first % lanes == 0 && channels % lanes == 0;
    Step step;
    step.items = aligned ? from.count : 1;
    step.work = [=](long item) {
      const int plane = static_cast<int>(item);
      if (aligned) {
        rescaling.run(from.plane(plane), to.plane(first / lanes + plane),
                      to.geometry.run() * kCellBytes);
        return;
      }
      for (int c = 0; c < channels; ++c) move_channel(from, c, to, first + c, rescaling);
    };
    steps.push_back(step);
  }
  if (parts.clear_border) {
    steps.push_back(per_plane(to.count, [](int) {}, to, true));
  }
  return steps;
}

Step upsample_step(const SimpleParts& parts) {
  const Planes from = parts.from[0], to = parts.to;
  const int factor = parts.layer.factor;
  const Rescaling rescaling(parts, 0);
  auto work = [=](int plane) {
    const long width = from.geometry.width;
    std::vector<std::uint32_t> cells(width);
    for (long y = 0; y < from.geometry.height; ++y) {
      rescaling.run(from.row(plane, y), reinterpret_cast<std::uint8_t*>(cells.data()),
                    width * kCellBytes);
      auto* out = reinterpret_cast<std::uint32_t*>(to.row(plane, y * factor));
      for (long x = 0; x < width; ++x) {
        for (int i = 0; i < factor; ++i) out[x * factor + i] = cells[x];
      }
      for (int i = 1; i < factor; ++i) {
        std::memcpy(to.row(plane, y * factor + i), out, to.geometry.width * kCellBytes);
      }
    }
  };
  return per_plane(to.count, work, to, parts.clear_border);
}

// One row of a pooling: first the rows of the window, then its columns.
class PoolingRow {
 public:
  PoolingRow(const Layer& layer, const Planes& from, const Elementwise* elementwise)
      : layer_(layer.kernel, layer.stride, layer.padding), from_(from), elementwise_(elementwise) {}

  void make(int plane, long y, std::uint8_t* out, long out_width) const {
    const auto [kernel, stride, padding] = layer_;
    const long width = from_.geometry.width;
    const long top = std::max(y * stride - padding, 0L);
    const long bottom = std::min(y * stride - padding + kernel, from_.geometry.height);
    std::vector<std::uint8_t> rows(width * kCellBytes);
    std::memcpy(rows.data(), from_.row(plane, top), rows.size());
    for (long row = top + 1; row < bottom; ++row) {
      largest(rows.data(), from_.row(plane, row), width);
    }
    for (long x = 0; stride > 1 && x < out_width; ++x) {
      const long left = std::max(x * stride - padding, 0L);
      const long right = std::min(x * stride - padding + kernel, width);
      std::memcpy(out + x * kCellBytes, rows.data() + left * kCellBytes, kCellBytes);
      for (long column = left + 1; column < right; ++column) {
        largest(out + x * kCellBytes, rows.data() + column * kCellBytes, 1);
      }
    }
    if (stride == 1) slide(rows, out, out_width);
  }

 private:
  // With stride 1 the whole row is compared with itself, moved by one column after the other.
  void slide(const std::vector<std::uint8_t>& rows, std::uint8_t* out, long out_width) const {
    const auto [kernel, stride, padding] = layer_;
    const long width = from_.geometry.width;
    for (long x = 0; x < out_width; ++x) {
      const long column = std::clamp(x - padding + kernel / 2, 0L, width - 1);
      std::memcpy(out + x * kCellBytes, rows.data() + column * kCellBytes, kCellBytes);
    }
    for (long shift = -padding; shift < kernel - padding; ++shift) {
      const long begin = std::max(0L, -shift), end = std::min(out_width, width - shift);
      if (begin < end) {
        largest(out + begin * kCellBytes, rows.data() + (begin + shift) * kCellBytes, end - begin);
      }
    }
  }

  void largest(std::uint8_t* a, const std::uint8_t* b, long cells) const {
    if (from_.is_float) {
      elementwise_->largest_float(reinterpret_cast<float*>(a), reinterpret_cast<const float*>(b),
                                  cells);
    } else {
      elementwise_->largest(a, b, cells * kCellBytes);
    }
  }

  struct Window {
    int kernel, stride, padding;
    Window(int k, int s, int p) : kernel(k), stride(s), padding(p) {}
  } layer_;
  Planes from_;
  const Elementwise* elementwise_;
};

Step max_pool_step(const SimpleParts& parts) {
  const Planes to = parts.to;
  const PoolingRow row(parts.layer, parts.from[0], parts.kernels.elementwise);
  const Rescaling rescaling(parts, 0);
  auto work = [=](int plane) {
    for (long y = 0; y < to.geometry.height; ++y) {
      std::uint8_t* out = to.row(plane, y);
      row.make(plane, y, out, to.geometry.width);
      rescaling.run(out, out, to.geometry.width * kCellBytes);
    }
  };
  return per_plane(to.count, work, to, parts.clear_border);
}

Step global_pool_step(const SimpleParts& parts) {
  const Planes from = parts.from[0], to = parts.to;
  const Tensor in = in_of(parts), out = out_of(parts);
  const double pixels = static_cast<double>(from.geometry.height) * from.geometry.width;
  auto work = [=](int plane) {
    double sums[4] = {0, 0, 0, 0};
    for (long y = 0; y < from.geometry.height; ++y) {
      const std::uint8_t* cells = from.row(plane, y);
      for (long x = 0; x < from.geometry.width; ++x) {
        for (int c = 0; c < 4 && !from.is_float; ++c) sums[c] += cells[4 * x + c];
        if (from.is_float) sums[0] += reinterpret_cast<const float*>(cells)[x];
      }
    }
    if (from.is_float) {
      *reinterpret_cast<float*>(to.plane(plane)) = static_cast<float>(sums[0] / pixels);
      return;
    }
    for (int c = 0; c < 4; ++c) {
      const float real = static_cast<float>(sums[c] / pixels - in.zero_point) * in.scale;
      const float step = std::rint(real / out.scale) + static_cast<float>(out.zero_point);
      to.plane(plane)[c] = static_cast<std::uint8_t>(std::clamp(step, 0.0f, 255.0f));
    }
  };
  return per_plane(to.count, work, to, parts.clear_border);
}

Step table_step(const SimpleParts& parts) {
  const Planes from = parts.from[0], to = parts.to;
  const Remap remap = parts.layer.remap;
  const auto apply = parts.kernels.elementwise->remap;
  auto work = [=](int plane) {
    apply(from.plane(plane), to.plane(plane), to.geometry.run() * kCellBytes, remap);
  };
  return per_plane(to.count, work, to, parts.clear_border);
}

}  // namespace

std::vector<Step> simple_steps(const SimpleParts& parts) {
  switch (parts.layer.op) {
    case Operator::kAdd:
      return {add_step(parts)};
    case Operator::kConcat:
      return concat_steps(parts);
    case Operator::kUpsample:
      return {upsample_step(parts)};
    case Operator::kMaxPool:
      return {max_pool_step(parts)};
    case Operator::kGlobalPool:
      return {global_pool_step(parts)};
    default:
      return {table_step(parts)};
  }
}

}  // namespace vistest
