// A network made ready for pictures of one size: places in memory, and steps to run in order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "network.h"

namespace vistest {

// Work that can be shared by threads: item 0 to items - 1, in any order, none waiting for another.
struct Step {
  long items = 0;
  std::function<void(long)> work;
};

// The planes of a tensor in memory.
struct Planes {
  std::uint8_t* first = nullptr;  // The first pixel of the first plane.
  Geometry geometry;
  int count = 0;
  bool is_float = false;
  std::uint8_t fill = 0;  // Byte that the border consists of.

  std::uint8_t* plane(int index) const { return first + index * geometry.plane_bytes(); }
  std::uint8_t* row(int plane_index, long y) const {
    return plane(plane_index) + y * geometry.pitch() * kCellBytes;
  }
};

// What became of a layer, for people.
struct LayerFacts {
  std::string kernel;
  long multiplications = 0;  // Of all weights, zero or not.
  // Blocks of four outputs by four inputs (floats: one input); one output where code is generated.
  long kept_blocks = 0;
  long blocks = 0;
  long code_bytes = 0;       // Of generated code.
};

struct PlanOptions {
  int threads = 1;
  bool keep_all = false;  // Every tensor keeps its content until the next run.
  // Code is generated for layers of which less than this share of the blocks of one output by four
  // inputs is kept, and for small layers; 0 for none.
  double dense_from = 0.75;
};

class Plan {
 public:
  // Throws std::invalid_argument if the picture is too small or too large for the network.
  Plan(const Network& network, const Kernels& kernels, const PlanOptions& options, long height,
       long width);

  const Planes& tensor(int index) const { return tensors_[index]; }
  // By layer.
  const std::vector<std::vector<Step>>& steps() const { return steps_; }
  const std::vector<LayerFacts>& facts() const { return facts_; }
  long bytes() const { return bytes_; }

 private:
  void measure(const Network& network, long height, long width);
  void find_slices(const Network& network);
  void mark_borders(const Network& network);
  void place(const Network& network, bool keep_all);

  std::vector<Planes> tensors_;
  std::vector<int> whole_;        // The concatenation that a tensor is a slice of, or itself.
  std::vector<int> first_plane_;  // Its first plane there.
  std::vector<char> needs_border_;
  std::vector<std::uint8_t*> scratch_;  // By layer.
  std::vector<std::vector<Step>> steps_;
  std::vector<LayerFacts> facts_;
  std::vector<std::uint8_t> memory_;
  long bytes_ = 0;
};

// Fills the border next to cells [cell, cell_end) of a plane.
void clear_border(const Planes& planes, int plane, long cell, long cell_end);

}  // namespace vistest
