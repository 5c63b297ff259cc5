// Copies of a product's matrices in the order in which tiles read them.
#pragma once
#include <cstring>

#include "stretch.h"

namespace {

#if defined(__AVX2__)
typedef float Eight __attribute__((vector_size(32)));
typedef float LooseEight __attribute__((vector_size(32), aligned(4), may_alias));

// Clang's way, which GCC has too from 12 on, or GCC's own.
#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define TSLAB_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#endif
#endif
#if !defined(TSLAB_SHUFFLE)
typedef int Places __attribute__((vector_size(32)));
#define TSLAB_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, Places{__VA_ARGS__})
#endif

// Eight columns of eight steps, each column's steps side by side, to eight steps of eight values.
inline void Transpose(const float* from, ptrdiff_t next, float* to, ptrdiff_t width) {
  Eight r[8], s[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) r[i] = *reinterpret_cast<const LooseEight*>(from + i * next);
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    s[2 * i] = TSLAB_SHUFFLE(r[2 * i], r[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    s[2 * i + 1] = TSLAB_SHUFFLE(r[2 * i], r[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 8; i += 4) {
    r[i] = TSLAB_SHUFFLE(s[i], s[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 1] = TSLAB_SHUFFLE(s[i], s[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    r[i + 2] = TSLAB_SHUFFLE(s[i + 1], s[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 3] = TSLAB_SHUFFLE(s[i + 1], s[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    *reinterpret_cast<LooseEight*>(to + i * width) = TSLAB_SHUFFLE(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    *reinterpret_cast<LooseEight*>(to + (i + 4) * width) = TSLAB_SHUFFLE(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}
#endif

// One panel whose columns' steps lie side by side, or anywhere.
template <int width>
inline void PackAcross(int depth, int count, const float* from, ptrdiff_t step, ptrdiff_t next, float* to) {
  int i = 0;
#if defined(__AVX2__)
  if (step == 1 && count >= 8) {
    // The last eight columns may share some with those before.
    for (; i < count; i += 8) {
      const int first = Least(i, count - 8);
      const float* f = from + first * next;
      float* t = to + first;
      int k = 0;
      for (; k + 7 < depth; k += 8) Transpose(f + k, next, t + k * width, width);
      for (; k < depth; k++)
        for (int j = 0; j < 8; j++) t[k * width + j] = f[j * next + k];
    }
    return;
  }
#endif
  // Four columns at a time: their rows are read along, and written side by side.
  for (; i + 3 < count; i += 4) {
    const float* f = from + i * next;
    float* t = to + i;
    for (int k = 0; k < depth; k++, t += width, f += step) {
      const float four[4] = {f[0], f[next], f[2 * next], f[3 * next]};
      memcpy(t, four, sizeof(four));
    }
  }
  for (; i < count; i++)
    for (int k = 0; k < depth; k++) to[k * width + i] = from[i * next + k * step];
}

// Copies `count` columns of `depth` steps into panels of `width` values a step, the last one's rest zeros.
template <int width>
inline void Pack(int depth, int count, const float* from, ptrdiff_t step, ptrdiff_t next, float* to) {
  const int whole = count / width * width, rest = count - whole;
  if (rest > 0) memset(to + static_cast<ptrdiff_t>(whole) * depth, 0, sizeof(float) * depth * width);
  if (next != 1) {
    for (int i = 0; i < count; i += width)
      PackAcross<width>(depth, Least(width, count - i), from + i * next, step, next, to + static_cast<ptrdiff_t>(i) * depth);
    return;
  }
  // A step of all panels at once: what lies side by side is read so, and asked for some steps before.
  constexpr int ahead = 8, line = 16;
  for (int k = 0; k < depth; k++, from += step) {
    float* t = to + k * width;
    for (int i = 0; i < count; i += line) __builtin_prefetch(from + ahead * step + i);
    for (int i = 0; i < whole; i += width, t += depth * width) memcpy(t, from + i, sizeof(float) * width);
    if (rest > 0) memcpy(t, from + whole, sizeof(float) * rest);
  }
}

}  // namespace
