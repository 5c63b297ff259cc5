#include "workers.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace tslab {
namespace {

// A sleeping thread takes tens of microseconds to wake, so one that has just worked waits a little for more.
constexpr auto kPatience = std::chrono::microseconds(60);

int Cores() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return CPU_COUNT(&set);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

class Pool {
 public:
  explicit Pool(int threads) {
    for (int part = 1; part < threads; part++) std::thread(&Pool::Serve, this, part).detach();
  }

  void Run(int parts, void (*work)(void*, int), void* context) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      work_ = work;
      context_ = context;
      parts_ = parts;
      missing_.store(parts - 1, std::memory_order_relaxed);
      round_.fetch_add(1, std::memory_order_release);
    }
    if (sleeping_.load() > 0) wake_.notify_all();
    work(context, 0);
    while (missing_.load(std::memory_order_acquire) > 0) Pause();
  }

 private:
  static void Pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
  }

  void Serve(int part) {
    unsigned seen = 0;
    for (;;) {
      const auto begun = std::chrono::steady_clock::now();
      while (round_.load(std::memory_order_acquire) == seen &&
             std::chrono::steady_clock::now() - begun < kPatience) {
        for (int i = 0; i < 16; i++) Pause();
      }
      void (*work)(void*, int);
      void* context;
      int parts;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        sleeping_++;
        wake_.wait(lock, [&] { return round_.load() != seen; });
        sleeping_--;
        seen = round_.load();
        work = work_;
        context = context_;
        parts = parts_;
      }
      if (part >= parts) continue;
      work(context, part);
      missing_.fetch_sub(1, std::memory_order_release);
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<unsigned> round_{0};
  std::atomic<int> missing_{0};
  std::atomic<int> sleeping_{0};
  void (*work_)(void*, int) = nullptr;
  void* context_ = nullptr;
  int parts_ = 0;
};

}  // namespace

int workers() {
  static const int count = std::max(1, std::min(Cores(), 16));
  return count;
}

void share(int parts, void (*work)(void* context, int part), void* context) {
  if (parts <= 1) return work(context, 0);
  // Kept for the life of the process: its threads are detached.
  static Pool* const pool = new Pool(workers());
  // One computation at a time: a Node worker thread may call while another is at it.
  static std::mutex one;
  std::lock_guard<std::mutex> lock(one);
  pool->Run(parts, work, context);
}

}  // namespace tslab
