#include "workers.h"

namespace vistest {

Workers::Workers(int threads) {
  for (int i = 1; i < threads; ++i) threads_.emplace_back([this] { wait_for_jobs(); });
}

Workers::~Workers() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::run(long items, const std::function<void(long)>& work) {
  if (threads_.empty() || items < 2) {
    for (long item = 0; item < items; ++item) work(item);
    return;
  }
  {
    std::lock_guard<std::mutex> lock(mutex_);
    work_ = &work;
    items_ = items;
    next_.store(0);
    busy_ = static_cast<int>(threads_.size());
    ++job_;
  }
  begin_.notify_all();
  take_items();
  std::unique_lock<std::mutex> lock(mutex_);
  end_.wait(lock, [this] { return busy_ == 0; });
}

void Workers::wait_for_jobs() {
  long done = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    begin_.wait(lock, [&] { return stop_ || job_ != done; });
    if (stop_) return;
    done = job_;
    lock.unlock();
    take_items();
    lock.lock();
    if (--busy_ == 0) end_.notify_one();
  }
}

void Workers::take_items() {
  for (long item = next_.fetch_add(1); item < items_; item = next_.fetch_add(1)) (*work_)(item);
}

}  // namespace vistest
