// The Python module: describes a network, feeds it and reads what it made.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstring>
#include <memory>
#include <optional>

#include "engine.h"

namespace nb = nanobind;

namespace vistest {
namespace {

template <typename T, int dimensions>
using Array = nb::ndarray<const T, nb::ndim<dimensions>, nb::device::cpu>;

template <typename AnyArray>
auto copied(const AnyArray& array) {
  std::int64_t count = 1;
  for (std::size_t axis = array.ndim(); axis-- > 0;) {
    if (array.shape(axis) > 1 && array.stride(axis) != count) {
      throw std::invalid_argument("an array that is not contiguous");
    }
    count *= static_cast<std::int64_t>(array.shape(axis));
  }
  using Value = std::remove_const_t<typename AnyArray::Scalar>;
  return std::vector<Value>(array.data(), array.data() + count);
}

int kernel_of(std::size_t height, std::size_t width) {
  if (height != width || height > 64) throw std::invalid_argument("a kernel that is not square");
  return static_cast<int>(height);
}

// `pixels` is (height, width, channels) with any strides. BGRA bytes are cells already.
template <typename T>
void fill(const Planes& to, const Array<T, 3>& pixels) {
  const std::size_t lanes = kCellBytes / sizeof(T), channels = pixels.shape(2);
  const bool cells = channels == lanes && pixels.stride(2) == 1 &&
                     pixels.stride(1) == static_cast<std::int64_t>(lanes);
  for (std::size_t y = 0; y < pixels.shape(0); ++y) {
    const T* in = pixels.data() + static_cast<std::int64_t>(y) * pixels.stride(0);
    if (cells) {
      std::memcpy(to.row(0, static_cast<long>(y)), in, pixels.shape(1) * kCellBytes);
      continue;
    }
    for (std::size_t c = 0; c < channels; ++c) {
      const T* channel = in + static_cast<std::int64_t>(c) * pixels.stride(2);
      T* out = reinterpret_cast<T*>(to.row(static_cast<int>(c / lanes), static_cast<long>(y)));
      for (std::size_t x = 0; x < pixels.shape(1); ++x) {
        out[x * lanes + c % lanes] = channel[static_cast<std::int64_t>(x) * pixels.stride(1)];
      }
    }
  }
}

template <typename T>
nb::object read_channels(const Planes& from, int channels) {
  const std::size_t height = from.geometry.height, width = from.geometry.width;
  const std::size_t lanes = kCellBytes / sizeof(T);
  auto* values = new T[channels * height * width];
  nb::capsule owner(values, [](void* p) noexcept { delete[] static_cast<T*>(p); });
  for (int c = 0; c < channels; ++c) {
    for (std::size_t y = 0; y < height; ++y) {
      const T* in = reinterpret_cast<const T*>(from.row(c / static_cast<int>(lanes), y));
      T* out = values + (c * height + y) * width;
      for (std::size_t x = 0; x < width; ++x) out[x] = in[x * lanes + c % lanes];
    }
  }
  const std::size_t shape[3] = {static_cast<std::size_t>(channels), height, width};
  return nb::cast(nb::ndarray<nb::numpy, T>(values, 3, shape, owner));
}

nb::object read_tensor(const Engine& engine, const Plan& plan, int index) {
  const Tensor& tensor = engine.network().tensors().at(index);
  if (tensor.is_float) return read_channels<float>(plan.tensor(index), tensor.channels);
  return read_channels<std::uint8_t>(plan.tensor(index), tensor.channels);
}

// What Python holds: first a network to be described, then an engine to be run.
class Session {
 public:
  Session(const std::string& kernels, int threads, bool keep_all, double dense_from)
      : kernels_(choose_kernels(kernels)) {
    if (threads < 1 || threads > 256) throw std::invalid_argument("threads must be 1 to 256");
    options_.threads = threads;
    options_.keep_all = keep_all;
    options_.dense_from = dense_from;
  }

  int add_tensor(int channels, bool is_float, float scale, int zero_point) {
    return network_.add_tensor({channels, is_float, scale, zero_point});
  }

  void add_byte_convolution(const std::string& name, int input, int output,
                            const Array<std::int8_t, 4>& weight, const Array<float, 1>& scale,
                            const Array<std::int32_t, 1>& bias, int stride, bool relu) {
    Layer layer = convolution(name, input, output, weight.shape(2), weight.shape(3), stride, relu);
    layer.bytes = copied(weight);
    layer.weight_scale = copied(scale);
    layer.bias = copied(bias);
    network_.add_layer(std::move(layer));
  }

  void add_float_convolution(const std::string& name, int input, int output,
                             const Array<float, 4>& weight, const Array<float, 1>& bias,
                             int stride, bool relu) {
    Layer layer = convolution(name, input, output, weight.shape(2), weight.shape(3), stride, relu);
    layer.floats = copied(weight);
    layer.float_bias = copied(bias);
    network_.add_layer(std::move(layer));
  }

  void add_sum(const std::string& name, int first, int second, int output, bool relu) {
    Layer layer = simple(Operator::kAdd, name, {first, second}, output);
    layer.relu = relu;
    network_.add_layer(std::move(layer));
  }

  void add_concat(const std::string& name, const std::vector<int>& inputs, int output) {
    network_.add_layer(simple(Operator::kConcat, name, inputs, output));
  }

  void add_upsample(const std::string& name, int input, int output, int factor) {
    Layer layer = simple(Operator::kUpsample, name, {input}, output);
    layer.factor = factor;
    network_.add_layer(std::move(layer));
  }

  void add_max_pool(const std::string& name, int input, int output, int kernel, int stride,
                    int padding) {
    Layer layer = simple(Operator::kMaxPool, name, {input}, output);
    layer.kernel = kernel;
    layer.stride = stride;
    layer.padding = padding;
    network_.add_layer(std::move(layer));
  }

  void add_global_pool(const std::string& name, int input, int output) {
    network_.add_layer(simple(Operator::kGlobalPool, name, {input}, output));
  }

  void add_table(const std::string& name, int input, int output,
                 const Array<std::uint8_t, 1>& table) {
    if (table.shape(0) != 256) throw std::invalid_argument("a table that has not 256 entries");
    Layer layer = simple(Operator::kTable, name, {input}, output);
    const auto values = copied(table);
    std::copy(values.begin(), values.end(), layer.remap.table);
    network_.add_layer(std::move(layer));
  }

  void finish(int input, const std::vector<int>& outputs) {
    network_.finish(input, outputs);
    engine_ = std::make_unique<Engine>(std::move(network_), kernels_, options_);
  }

  template <typename T>
  nb::list run(const Array<T, 3>& pixels) {
    const Network& network = engine().network();
    const Tensor& input = network.tensors()[network.input()];
    if (input.is_float != std::is_same_v<T, float>) {
      throw std::invalid_argument("bytes and floats mixed");
    }
    if (static_cast<int>(pixels.shape(2)) != input.channels) {
      throw std::invalid_argument("the picture has not the channels of the network's input");
    }
    const auto lock = locked();
    const Plan* plan = nullptr;
    {
      nb::gil_scoped_release release;
      last_height_ = 0;
      plan = &engine_->plan(static_cast<long>(pixels.shape(0)), static_cast<long>(pixels.shape(1)));
      const Planes& to = plan->tensor(network.input());
      fill<T>(to, pixels);
      for (int i = 0; i < to.count; ++i) clear_border(to, i, 0, to.geometry.run());
      engine_->run(*plan);
      last_height_ = static_cast<long>(pixels.shape(0));
      last_width_ = static_cast<long>(pixels.shape(1));
    }
    nb::list outputs;
    for (int output : network.outputs()) outputs.append(read_tensor(*engine_, *plan, output));
    return outputs;
  }

  // Any tensor as the last run left it; only with keep_all is it certain to be still there.
  nb::object tensor(int index) {
    if (last_height_ == 0) throw std::invalid_argument("nothing was run yet");
    if (!options_.keep_all) throw std::invalid_argument("the tensors were not kept");
    const auto lock = locked();
    return read_tensor(*engine_, engine_->plan(last_height_, last_width_), index);
  }

  // Per layer: kernel, multiplications, kept blocks, blocks, bytes of generated code.
  nb::list facts(long height, long width) {
    const auto lock = locked();
    nb::list list;
    for (const LayerFacts& f : engine_->plan(height, width).facts()) {
      list.append(nb::make_tuple(f.kernel, f.multiplications, f.kept_blocks, f.blocks,
                                 f.code_bytes));
    }
    return list;
  }

  long memory_bytes(long height, long width) {
    const auto lock = locked();
    return engine_->plan(height, width).bytes();
  }

  // Milliseconds by layer of one run on whatever the input holds.
  std::vector<double> layer_times(long height, long width) {
    const auto lock = locked();
    nb::gil_scoped_release release;
    std::vector<double> times;
    engine_->run(engine_->plan(height, width), &times);
    return times;
  }

  std::string kernels() const { return kernels_.name; }

 private:
  static Layer simple(Operator op, const std::string& name, const std::vector<int>& inputs,
                      int output) {
    Layer layer;
    layer.op = op;
    layer.name = name;
    layer.inputs = inputs;
    layer.output = output;
    return layer;
  }

  static Layer convolution(const std::string& name, int input, int output, std::size_t height,
                           std::size_t width, int stride, bool relu) {
    Layer layer = simple(Operator::kConv, name, {input}, output);
    layer.kernel = kernel_of(height, width);
    layer.stride = stride;
    layer.relu = relu;
    return layer;
  }

  // Whoever waits for the engine does not hold the interpreter meanwhile: the one that runs it
  // needs the interpreter to hand over what it made.
  std::unique_lock<std::mutex> locked() {
    std::unique_lock<std::mutex> lock(engine().mutex(), std::defer_lock);
    nb::gil_scoped_release release;
    lock.lock();
    return lock;
  }

  Engine& engine() {
    if (!engine_) throw std::invalid_argument("the network is not finished");
    return *engine_;
  }

  const Kernels& kernels_;
  PlanOptions options_;
  Network network_;
  std::unique_ptr<Engine> engine_;
  long last_height_ = 0, last_width_ = 0;
};

nb::list table() {
  nb::list rows;
  for (const Kernels& row : kernel_table()) {
    rows.append(nb::make_tuple(row.name, row.needs, row.available()));
  }
  return rows;
}

// The code that would be generated for a convolution, on any processor: machine code; entry, first
// plane, planes, start of weights and of constants of each unit; weights; constants; cells of a tile.
nb::tuple generated(const std::string& kernels, int outputs,
                    const Array<std::int32_t, 1>& quads, const Array<std::int32_t, 1>& offsets,
                    const Array<std::int32_t, 1>& bias, const Array<float, 1>& scale,
                    int zero_point, int lowest) {
  ByteWeights weights;
  weights.outputs = outputs;
  weights.taps = static_cast<int>(offsets.shape(0));
  weights.quads = copied(quads);
  const auto count = static_cast<std::size_t>(outputs);
  if (outputs < 4 || outputs % 4 != 0 || weights.quads.size() != count * weights.taps ||
      bias.shape(0) != count || scale.shape(0) != count) {
    throw std::invalid_argument("arrays of the wrong size");
  }
  Generator generator = Generator::kNone;
  for (const Kernels& row : kernel_table()) {
    if (row.name == kernels) generator = row.generator;
  }
  const GeneratedCode code = generate(generator, weights, copied(offsets),
                                      {copied(bias), copied(scale), zero_point, lowest});
  nb::list units;
  for (const Unit& unit : code.units) {
    units.append(nb::make_tuple(unit.entry, unit.plane, unit.planes, unit.weights, unit.constants));
  }
  auto as_bytes = [](const auto& values) {
    return nb::bytes(reinterpret_cast<const char*>(values.data()),
                     values.size() * sizeof values[0]);
  };
  return nb::make_tuple(as_bytes(code.code), units, as_bytes(code.weights),
                        as_bytes(code.constants), code.tile);
}

}  // namespace
}  // namespace vistest

NB_MODULE(_engine, m) {
  using vistest::Session;
  m.def("kernel_table", &vistest::table);
  m.def("generated", &vistest::generated);
  nb::class_<Session>(m, "Session")
      .def(nb::init<const std::string&, int, bool, double>(), nb::arg("kernels"),
           nb::arg("threads"), nb::arg("keep_all"), nb::arg("dense_from"))
      .def("add_tensor", &Session::add_tensor)
      .def("add_byte_convolution", &Session::add_byte_convolution)
      .def("add_float_convolution", &Session::add_float_convolution)
      .def("add_sum", &Session::add_sum)
      .def("add_concat", &Session::add_concat)
      .def("add_upsample", &Session::add_upsample)
      .def("add_max_pool", &Session::add_max_pool)
      .def("add_global_pool", &Session::add_global_pool)
      .def("add_table", &Session::add_table)
      .def("finish", &Session::finish)
      .def("run_bytes", &Session::run<std::uint8_t>, nb::arg("pixels").noconvert())
      .def("run_floats", &Session::run<float>, nb::arg("pixels").noconvert())
      .def("tensor", &Session::tensor)
      .def("facts", &Session::facts)
      .def("memory_bytes", &Session::memory_bytes)
      .def("layer_times", &Session::layer_times)
      .def("kernels", &Session::kernels);
}
