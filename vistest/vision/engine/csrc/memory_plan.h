// Where each buffer lies in one block of memory, so that buffers never used together share a place.
#pragma once

#include <vector>

namespace vistest {

// A buffer that must keep its content from step `first` to step `last`, both included.
struct Demand {
  long bytes = 0;
  int first = 0;
  int last = 0;
};

struct MemoryPlan {
  std::vector<long> offsets;  // One per demand, multiples of 64.
  long bytes = 0;
};

MemoryPlan plan_memory(const std::vector<Demand>& demands);

}  // namespace vistest
