#include "engine.h"

#include <chrono>
#include <stdexcept>

namespace vistest {
namespace {

constexpr std::size_t kKeptPlans = 3;

}  // namespace

Engine::Engine(Network network, const Kernels& kernels, const PlanOptions& options)
    : network_(std::move(network)),
      kernels_(&kernels),
      options_(options),
      workers_(options.threads) {
  if (!network_.finished()) throw std::invalid_argument("a network without input and outputs");
}

const Plan& Engine::plan(long height, long width) {
  for (auto entry = plans_.begin(); entry != plans_.end(); ++entry) {
    if (entry->height == height && entry->width == width) {
      plans_.splice(plans_.begin(), plans_, entry);
      return *plans_.front().plan;
    }
  }
  auto plan = std::make_unique<Plan>(network_, *kernels_, options_, height, width);
  plans_.push_front({height, width, std::move(plan)});
  if (plans_.size() > kKeptPlans) plans_.pop_back();
  return *plans_.front().plan;
}

void Engine::run(const Plan& plan, std::vector<double>* times) {
  using Clock = std::chrono::steady_clock;
  for (const auto& steps : plan.steps()) {
    const auto start = Clock::now();
    for (const Step& step : steps) workers_.run(step.items, step.work);
    if (times != nullptr) {
      times->push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
  }
}

}  // namespace vistest
