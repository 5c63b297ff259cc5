// The matrix product: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008. Panels of a and b
// are copied in the order in which they are read; a tile of c stays in registers.
#pragma once
#include <cstring>

#include "kernels.h"
#include "stretch.h"

namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16, kTileRows = 8;
#elif defined(__AVX2__)
constexpr int kLanes = 8, kTileRows = 6;
#else
constexpr int kLanes = 4, kTileRows = 4;
#endif
constexpr int kTileColumns = 2 * kLanes;
// A panel of b, depth x tile columns, fits the first cache beside the one of a; a block of a fits the second.
constexpr int kDepth = 256, kBlockRows = 256;

typedef float Vector __attribute__((vector_size(4 * kLanes)));
typedef float Loose __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

// c[rows][..kTileColumns] (+)= a b of one panel each; a panel of a has kTileRows values a step.
template <int rows>
inline void Tile(int depth, const float* a, const float* b, float* c, ptrdiff_t down, bool accumulate) {
  Vector sums[rows][2] = {};
  for (int k = 0; k < depth; k++, a += kTileRows, b += kTileColumns) {
    const Vector left = *reinterpret_cast<const Vector*>(b);
    const Vector right = *reinterpret_cast<const Vector*>(b + kLanes);
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
      sums[i][0] += left * a[i];
      sums[i][1] += right * a[i];
    }
  }
#pragma GCC unroll 8
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
#endif
  }
}

// Copies `count` (at most `width`) columns of `depth` steps into a panel of `width` values a step, the rest zeros.
template <int width>
inline void Pack(int depth, int count, const float* from, ptrdiff_t step, ptrdiff_t next, float* to) {
  if (count < width) memset(to, 0, sizeof(float) * depth * width);
  if (next == 1) {
    if (count == width) {
      for (int k = 0; k < depth; k++) memcpy(to + k * width, from + k * step, sizeof(float) * width);
    } else {
      for (int k = 0; k < depth; k++) memcpy(to + k * width, from + k * step, sizeof(float) * count);
    }
    return;
  }
  // Four columns at a time: their rows are read along, and written side by side.
  int i = 0;
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

// Each thread's own copies, made once.
struct Panels {
  alignas(64) float a[kBlockRows * kDepth];
  alignas(64) float b[kDepth * kTileColumns];
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
    for (int row = rowFrom; row < rowEnd; row += kBlockRows) {
      const int rows = Least(kBlockRows, rowEnd - row);
      for (int i = 0; i < rows; i += kTileRows)
        Pack<kTileRows>(depth, Least(kTileRows, rows - i), a.values + (row + i) * a.down + k * a.right, a.right,
                        a.down, panels->a + i * depth);
      for (int column = columnFrom; column < columnEnd; column += kTileColumns) {
        const int columns = Least(kTileColumns, columnEnd - column);
        Pack<kTileColumns>(depth, columns, b.values + k * b.down + column * b.right, b.down, b.right, panels->b);
        for (int i = 0; i < rows; i += kTileRows) {
          const int high = Least(kTileRows, rows - i);
          float* c = p.c + static_cast<ptrdiff_t>(row + i) * p.n + column;
          if (columns == kTileColumns) {
            TileOf(high, depth, panels->a + i * depth, panels->b, c, p.n, accumulate);
            continue;
          }
          TileOf(high, depth, panels->a + i * depth, panels->b, panels->tile, kTileColumns, false);
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
