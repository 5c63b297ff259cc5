// The matrix product: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008. Panels of a and b
// are copied in the order in which they are read; a tile of c stays in registers.
#pragma once
#include <cstring>

#include "kernels.h"
#include "stretch.h"

namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16, kTileRows = 14;
#elif defined(__AVX2__)
constexpr int kLanes = 8, kTileRows = 6;
#else
constexpr int kLanes = 4, kTileRows = 4;
#endif
constexpr int kTileColumns = 2 * kLanes;
// A step of a panel of b comes from the first cache or the second while a tile's sums are added to; a block of each
// matrix fits the second.
constexpr int kDepth = 256, kBlockRows = 252, kBlockColumns = 512;

typedef float Vector __attribute__((vector_size(4 * kLanes)));
typedef float Loose __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

// c[rows][..kTileColumns] (+)= a b of one panel each; a panel of a has kTileRows values a step.
template <int rows>
inline void Tile(int depth, const float* a, const float* b, float* c, ptrdiff_t down, bool accumulate) {
  Vector sums[rows][2] = {};
  for (int k = 0; k < depth; k++, a += kTileRows, b += kTileColumns) {
    const Vector left = *reinterpret_cast<const Vector*>(b);
    const Vector right = *reinterpret_cast<const Vector*>(b + kLanes);
#pragma GCC unroll 14
    for (int i = 0; i < rows; i++) {
      sums[i][0] += left * a[i];
      sums[i][1] += right * a[i];
    }
  }
#pragma GCC unroll 14
  for (int i = 0; i < rows; i++) {
    Loose* to = reinterpret_cast<Loose*>(c + i * down);
    Loose* next = reinterpret_cast<Loose*>(c + i * down + kLanes);
    *to = accumulate ? *to + sums[i][0] : sums[i][0];
    *next = accumulate ? *next + sums[i][1] : sums[i][1];
  }
}

void TileOf(int rows, int depth, const float* a, const float* b, float* c, ptrdiff_t down, bool accumulate) {
  switch (rows) {
    case 1: return Tile<1>(depth, a, b, c, down, accumulate);
    case 2: return Tile<2>(depth, a, b, c, down, accumulate);
    case 3: return Tile<3>(depth, a, b, c, down, accumulate);
    case 4: return Tile<4>(depth, a, b, c, down, accumulate);
#if defined(__AVX2__)
    case 5: return Tile<5>(depth, a, b, c, down, accumulate);
    case 6: return Tile<6>(depth, a, b, c, down, accumulate);
#endif
#if defined(__AVX512F__)
    case 7: return Tile<7>(depth, a, b, c, down, accumulate);
    case 8: return Tile<8>(depth, a, b, c, down, accumulate);
    case 9: return Tile<9>(depth, a, b, c, down, accumulate);
    case 10: return Tile<10>(depth, a, b, c, down, accumulate);
    case 11: return Tile<11>(depth, a, b, c, down, accumulate);
    case 12: return Tile<12>(depth, a, b, c, down, accumulate);
    case 13: return Tile<13>(depth, a, b, c, down, accumulate);
    case 14: return Tile<14>(depth, a, b, c, down, accumulate);
#endif
  }
}

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
  if (step == 1) {
    for (; i + 7 < count; i += 8) {
      int k = 0;
      for (; k + 7 < depth; k += 8) Transpose(from + i * next + k, next, to + k * width + i, width);
      for (; k < depth; k++)
        for (int j = i; j < i + 8; j++) to[k * width + j] = from[j * next + k];
    }
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
  // A step of all panels at once: what lies side by side is read so.
  for (int k = 0; k < depth; k++, from += step) {
    float* t = to + k * width;
    for (int i = 0; i < whole; i += width, t += depth * width) memcpy(t, from + i, sizeof(float) * width);
    if (rest > 0) memcpy(t, from + whole, sizeof(float) * rest);
  }
}

// Each thread's own copies, made once.
struct Panels {
  alignas(64) float a[kBlockRows * kDepth];
  alignas(64) float b[kDepth * kBlockColumns];
  alignas(64) float tile[kTileRows * kTileColumns];
};

struct Product {
  int m, n, k;
  tslab::Matrix a, b;
  float* c;
  bool accumulate;
  int parts;
  bool byRows;
};

void ProductPart(const Product& p, int rowFrom, int rowEnd, int columnFrom, int columnEnd) {
  static thread_local Panels* const panels = new Panels;
  const auto &a = p.a, &b = p.b;
  for (int k = 0; k < p.k; k += kDepth) {
    const int depth = Least(kDepth, p.k - k);
    const bool accumulate = p.accumulate || k > 0;
    for (int block = columnFrom; block < columnEnd; block += kBlockColumns) {
      const int blockEnd = Least(block + kBlockColumns, columnEnd);
      Pack<kTileColumns>(depth, blockEnd - block, b.values + k * b.down + block * b.right, b.down, b.right, panels->b);
      for (int row = rowFrom; row < rowEnd; row += kBlockRows) {
        const int rows = Least(kBlockRows, rowEnd - row);
        Pack<kTileRows>(depth, rows, a.values + row * a.down + k * a.right, a.right, a.down, panels->a);
        for (int column = block; column < blockEnd; column += kTileColumns) {
          const int columns = Least(kTileColumns, blockEnd - column);
          const float* right = panels->b + static_cast<ptrdiff_t>(column - block) * depth;
          for (int i = 0; i < rows; i += kTileRows) {
            const int high = Least(kTileRows, rows - i);
            float* c = p.c + static_cast<ptrdiff_t>(row + i) * p.n + column;
            if (columns == kTileColumns) {
              TileOf(high, depth, panels->a + i * depth, right, c, p.n, accumulate);
              continue;
            }
            TileOf(high, depth, panels->a + i * depth, right, panels->tile, kTileColumns, false);
            for (int r = 0; r < high; r++)
              for (int x = 0; x < columns; x++) {
                float& to = c[static_cast<ptrdiff_t>(r) * p.n + x];
                to = accumulate ? to + panels->tile[r * kTileColumns + x] : panels->tile[r * kTileColumns + x];
              }
          }
        }
      }
    }
  }
}

void ProductShare(void* context, int part) {
  const Product& p = *static_cast<const Product*>(context);
  if (p.byRows)
    ProductPart(p, Stretch(p.m, kTileRows, p.parts, part), Stretch(p.m, kTileRows, p.parts, part + 1), 0, p.n);
  else
    ProductPart(p, 0, p.m, Stretch(p.n, kTileColumns, p.parts, part), Stretch(p.n, kTileColumns, p.parts, part + 1));
}

// Below so many multiplications a second thread costs more than it saves.
constexpr double kShared = 1 << 18;
// From so many on, threads take part after part, each worth its own copy of the other matrix.
constexpr double kDivided = 1 << 28;

void MatrixProduct(int m, int n, int k, tslab::Matrix a, tslab::Matrix b, float* c, bool accumulate) {
  const bool byRows = m > n;
  const int tiles = byRows ? (m + kTileRows - 1) / kTileRows : (n + kTileColumns - 1) / kTileColumns;
  const double work = static_cast<double>(m) * n * k;
  const int wanted = tslab::workers() * (work < kDivided ? 1 : 2);
  const int parts = work < kShared || tslab::workers() == 1 ? 1 : Least(wanted, tiles);
  Product p{m, n, k, a, b, c, accumulate, parts, byRows};
  tslab::share(parts, ProductShare, &p);
}

}  // namespace
