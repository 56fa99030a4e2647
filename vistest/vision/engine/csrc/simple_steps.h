// The steps of all layers that hold no weights.
#pragma once

#include <vector>

#include "kernels.h"
#include "plan.h"

namespace vistest {

struct SimpleParts {
  const Layer& layer;
  const std::vector<Tensor>& tensors;
  std::vector<Planes> from;
  Planes to;
  bool clear_border;
  const Kernels& kernels;
};

std::vector<Step> simple_steps(const SimpleParts& parts);

}  // namespace vistest
