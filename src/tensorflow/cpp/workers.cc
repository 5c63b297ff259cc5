#include "workers.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace tslab {
namespace {

// A sleeping thread takes tens of microseconds to wake, so one that has just worked waits a little for more.
constexpr auto kPatience = std::chrono::microseconds(100);

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
    for (int i = 1; i < threads; i++) std::thread(&Pool::Serve, this).detach();
  }

  void Run(int parts, void (*work)(void*, int), void* context) {
    Round round{0, parts, work, context};
    {
      std::lock_guard<std::mutex> lock(mutex_);
      round.number = ++number_;
      round_ = round;
      missing_.store(parts, std::memory_order_relaxed);
      next_.store(static_cast<uint64_t>(round.number) << 32, std::memory_order_release);
    }
    if (sleeping_.load() > 0) wake_.notify_all();
    Work(round);
    Spin([&] { return missing_.load(std::memory_order_acquire) == 0; });
    if (missing_.load() == 0) return;
    // Another thread is held up, perhaps for want of a processor: this one must not keep it from one.
    std::unique_lock<std::mutex> lock(mutex_);
    waiting_.store(true);
    done_.wait(lock, [&] { return missing_.load() == 0; });
    waiting_.store(false);
  }

 private:
  struct Round {
    uint32_t number;
    int parts;
    void (*work)(void*, int);
    void* context;
  };

  static void Pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
  }

  template <typename IsOver>
  static void Spin(IsOver is_over) {
    const auto begun = std::chrono::steady_clock::now();
    while (!is_over() && std::chrono::steady_clock::now() - begun < kPatience) {
      for (int i = 0; i < 16 && !is_over(); i++) Pause();
    }
  }

  // Takes one part after another, until none of this round is left: whoever is held up takes fewer.
  void Work(const Round& round) {
    uint64_t next = next_.load(std::memory_order_acquire);
    while (next >> 32 == round.number && static_cast<int>(next & 0xffffffff) < round.parts) {
      if (!next_.compare_exchange_weak(next, next + 1, std::memory_order_acq_rel)) continue;
      round.work(round.context, static_cast<int>(next & 0xffffffff));
      // Either this sees that the caller sleeps, or the caller sees that nothing is missing: both are in one order.
      if (missing_.fetch_sub(1) == 1 && waiting_.load()) {
        std::lock_guard<std::mutex> lock(mutex_);
        done_.notify_one();
      }
      next = next_.load(std::memory_order_acquire);
    }
  }

  void Serve() {
    uint32_t seen = 0;
    for (;;) {
      Spin([&] { return next_.load(std::memory_order_acquire) >> 32 != seen; });
      Round round;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        sleeping_++;
        wake_.wait(lock, [&] { return number_ != seen; });
        sleeping_--;
        round = round_;
      }
      seen = round.number;
      Work(round);
    }
  }

  std::mutex mutex_;
  // For the threads that wait for work, and for the one that waits for theirs.
  std::condition_variable wake_, done_;
  uint32_t number_ = 0;
  Round round_{};
  // The round's number, and the next of its parts.
  std::atomic<uint64_t> next_{0};
  std::atomic<int> missing_{0};
  std::atomic<int> sleeping_{0};
  std::atomic<bool> waiting_{false};
};

double most_threads = 16;

}  // namespace

void limit(double most) { most_threads = std::min(most_threads, most); }

int workers() {
  static const int count = static_cast<int>(std::max(1.0, std::min<double>(Cores(), most_threads)));
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
