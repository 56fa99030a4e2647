#include "memory_plan.h"

#include <algorithm>
#include <numeric>

#include "layout.h"

namespace vistest {

// Largest first, each at the lowest place that is free during its whole life.
MemoryPlan plan_memory(const std::vector<Demand>& demands) {
  std::vector<int> order(demands.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return demands[a].bytes > demands[b].bytes; });
  MemoryPlan plan;
  plan.offsets.assign(demands.size(), 0);
  std::vector<int> placed;
  for (int index : order) {
    const Demand& demand = demands[index];
    std::vector<int> rivals;
    for (int other : placed) {
      if (demands[other].first <= demand.last && demand.first <= demands[other].last) {
        rivals.push_back(other);
      }
    }
    std::sort(rivals.begin(), rivals.end(),
              [&](int a, int b) { return plan.offsets[a] < plan.offsets[b]; });
    long offset = 0;
    for (int other : rivals) {
      if (offset + demand.bytes <= plan.offsets[other]) break;
      offset = std::max(offset, round_up(plan.offsets[other] + demands[other].bytes, 64));
    }
    plan.offsets[index] = offset;
    plan.bytes = std::max(plan.bytes, offset + demand.bytes);
    placed.push_back(index);
  }
  return plan;
}

}  // namespace vistest
