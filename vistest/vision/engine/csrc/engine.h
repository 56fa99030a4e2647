// Runs a network on pictures, one at a time.
#pragma once

#include <list>
#include <memory>
#include <mutex>

#include "plan.h"
#include "workers.h"

namespace vistest {

class Engine {
 public:
  Engine(Network network, const Kernels& kernels, const PlanOptions& options);

  const Network& network() const { return network_; }
  const Kernels& kernels() const { return *kernels_; }

  // The plan for a size; the last few are kept. Valid until the next call.
  const Plan& plan(long height, long width);
  // Runs all layers on what was written into the input tensor. With `times`, the milliseconds of
  // each layer go there.
  void run(const Plan& plan, std::vector<double>* times = nullptr);

  // Whoever plans, fills, runs and reads holds this.
  std::mutex& mutex() { return mutex_; }

 private:
  struct Entry {
    long height, width;
    std::unique_ptr<Plan> plan;
  };
  Network network_;
  const Kernels* kernels_;
  PlanOptions options_;
  Workers workers_;
  std::list<Entry> plans_;  // The last used first.
  std::mutex mutex_;
};

}  // namespace vistest
