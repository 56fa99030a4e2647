// The steps that make a convolution.
#pragma once

#include <vector>

#include "kernels.h"
#include "plan.h"

namespace vistest {

struct ConvolutionParts {
  const Layer& layer;
  const Tensor& in;
  const Tensor& out;
  Planes from;
  Planes to;
  bool clear_border;  // Somebody reads the border of what is made.
  std::uint8_t* scratch;
  const Kernels& kernels;
  const PlanOptions& options;
};

// Bytes of scratch memory that the steps need.
long convolution_scratch(const Layer& layer, const Planes& from, const Planes& to);

std::vector<Step> convolution_steps(const ConvolutionParts& parts, LayerFacts& facts);

}  // namespace vistest
