// A few threads that share the items of one job at a time. They sleep between jobs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vistest {

class Workers {
 public:
  // `threads` in all, the calling one included.
  explicit Workers(int threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Calls work(0) to work(items - 1), each once, on any thread; returns when all are done. `work`
  // must not throw. Only one thread may call at a time.
  void run(long items, const std::function<void(long)>& work);

 private:
  void wait_for_jobs();
  void take_items();

  std::vector<std::thread> threads_;
  std::mutex mutex_;  // Of everything below.
  std::condition_variable begin_, end_;
  const std::function<void(long)>* work_ = nullptr;
  long items_ = 0;
  long job_ = 0;
  int busy_ = 0;
  bool stop_ = false;
  std::atomic<long> next_{0};
};

}  // namespace vistest
