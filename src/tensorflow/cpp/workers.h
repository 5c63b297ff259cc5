// Threads that share the rows, columns or elements of one computation.
#pragma once
#include <cstddef>

namespace tslab {

// Lets there be so many threads at most; to be called before anything is computed, and without effect later.
void limit(double most);

// How many threads `share` works with, the calling one included.
int workers();

// Calls work(context, part) for every part from 0 to parts - 1, on as many threads as there are, and returns when all
// are done. More parts than threads let one that is held up take fewer.
void share(int parts, void (*work)(void* context, int part), void* context);

}  // namespace tslab

namespace {

inline int Least(int a, int b) { return a < b ? a : b; }

// Where one of `parts` begins of `count`, in whole tiles.
inline int PartStart(int count, int tile, int parts, int part) {
  const int tiles = (count + tile - 1) / tile;
  return Least(count, static_cast<int>(static_cast<long>(tiles) * part / parts) * tile);
}

// A part of fewer elements costs more than it saves.
constexpr int kSharedElements = 1 << 13;

// How many parts these elements are worth, of so many at most.
inline int Worth(int most, size_t elements) {
  const int parts = static_cast<int>(elements / kSharedElements);
  return parts < 2 ? 1 : Least(parts, most);
}

inline int Parts(int rows, size_t elements) {
  return tslab::workers() == 1 ? 1 : Worth(Least(4 * tslab::workers(), rows), elements);
}

}  // namespace
