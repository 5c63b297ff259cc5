// The matrix product: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008. Panels of a and b
// are copied in the order in which they are read; a tile of c stays in registers.
#pragma once
#include <cstddef>
#include <cstring>

#include "kernels.h"
#include "workers.h"

namespace {

// A tile, whose sums stay in registers.

#if defined(__AVX512F__)
constexpr int kLanes = 16, kTileRows = 14;
#elif defined(__AVX2__)
constexpr int kLanes = 8, kTileRows = 6;
#else
constexpr int kLanes = 4, kTileRows = 4;
#endif
constexpr int kTileColumns = 2 * kLanes;

typedef float Vector __attribute__((vector_size(4 * kLanes)));
typedef float Loose __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

// Some rows of a or columns of b: their values of a step lie side by side, and the steps `step` apart.
struct Panel {
  const float* values;
  ptrdiff_t step;
};

// c[rows][kTileColumns] = base + a b, a null base for zeros. Rows of base and c are `down` apart.
template <int rows>
inline void Tile(int depth, Panel a, Panel b, const float* base, float* c, ptrdiff_t down) {
  // Where the sums go is not waited for at the end.
#pragma GCC unroll 14
  for (int i = 0; i < rows; i++) {
    __builtin_prefetch(c + i * down, 1);
    __builtin_prefetch(c + i * down + kLanes, 1);
  }
  Vector sums[rows][2] = {};
  for (int k = 0; k < depth; k++, a.values += a.step, b.values += b.step) {
    const Vector left = *reinterpret_cast<const Loose*>(b.values);
    const Vector right = *reinterpret_cast<const Loose*>(b.values + kLanes);
#pragma GCC unroll 14
    for (int i = 0; i < rows; i++) {
      sums[i][0] += left * a.values[i];
      sums[i][1] += right * a.values[i];
    }
  }
#pragma GCC unroll 14
  for (int i = 0; i < rows; i++) {
    Loose* to = reinterpret_cast<Loose*>(c + i * down);
    Loose* next = reinterpret_cast<Loose*>(c + i * down + kLanes);
    if (base != nullptr) {
      sums[i][0] += *reinterpret_cast<const Loose*>(base + i * down);
      sums[i][1] += *reinterpret_cast<const Loose*>(base + i * down + kLanes);
    }
    *to = sums[i][0];
    *next = sums[i][1];
  }
}

void TileOf(int rows, int depth, Panel a, Panel b, const float* base, float* c, ptrdiff_t down) {
  switch (rows) {
    case 1: return Tile<1>(depth, a, b, base, c, down);
    case 2: return Tile<2>(depth, a, b, base, c, down);
    case 3: return Tile<3>(depth, a, b, base, c, down);
    case 4: return Tile<4>(depth, a, b, base, c, down);
#if defined(__AVX2__)
    case 5: return Tile<5>(depth, a, b, base, c, down);
    case 6: return Tile<6>(depth, a, b, base, c, down);
#endif
#if defined(__AVX512F__)
    case 7: return Tile<7>(depth, a, b, base, c, down);
    case 8: return Tile<8>(depth, a, b, base, c, down);
    case 9: return Tile<9>(depth, a, b, base, c, down);
    case 10: return Tile<10>(depth, a, b, base, c, down);
    case 11: return Tile<11>(depth, a, b, base, c, down);
    case 12: return Tile<12>(depth, a, b, base, c, down);
    case 13: return Tile<13>(depth, a, b, base, c, down);
    case 14: return Tile<14>(depth, a, b, base, c, down);
#endif
  }
}

// Copies of the matrices in the order in which tiles read them.

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

// The whole product, of tiles over blocks of copies, shared by threads.

// A step of a panel of b comes from the first cache or the second while a tile's sums are added to; a block of each
// matrix fits the second.
constexpr int kDepth = 256, kBlockRows = 252, kBlockColumns = 512;
// What so few tiles read is read where it lies, unless its steps lie so far apart that they fall into the same cache lines.
constexpr int kFew = 8, kNear = 1024;

// Each thread's own copies, made once.
struct Copies {
  alignas(64) float a[kBlockRows * kDepth];
  alignas(64) float b[kDepth * kBlockColumns];
  alignas(64) float tile[kTileRows * kTileColumns];
};

struct Product {
  int m, n, k;
  tslab::Matrix a, b;
  const float* base;
  float* c;
  int parts;
  bool byRows;
};

void ProductPart(const Product& p, int rowFrom, int rowEnd, int columnFrom, int columnEnd) {
  static thread_local Copies* const copies = new Copies;
  const auto &a = p.a, &b = p.b;
  const bool whole = (columnEnd - columnFrom) % kTileColumns == 0;
  const bool copiesA = a.down != 1 || a.right > kNear || columnEnd - columnFrom > kFew * kTileColumns;
  const bool copiesB = b.right != 1 || b.down > kNear || rowEnd - rowFrom > kFew * kTileRows || !whole;
  for (int k = 0; k < p.k; k += kDepth) {
    const int depth = Least(kDepth, p.k - k);
    const float* const before = k > 0 ? p.c : p.base;
    for (int block = columnFrom; block < columnEnd; block += kBlockColumns) {
      const int blockEnd = Least(block + kBlockColumns, columnEnd);
      const float* const right = b.values + k * b.down + block * b.right;
      if (copiesB) Pack<kTileColumns>(depth, blockEnd - block, right, b.down, b.right, copies->b);
      for (int row = rowFrom; row < rowEnd; row += kBlockRows) {
        const int rows = Least(kBlockRows, rowEnd - row);
        const float* const left = a.values + row * a.down + k * a.right;
        if (copiesA) Pack<kTileRows>(depth, rows, left, a.right, a.down, copies->a);
        for (int column = block; column < blockEnd; column += kTileColumns) {
          const int columns = Least(kTileColumns, blockEnd - column);
          const int across = column - block;
          const Panel by = copiesB ? Panel{copies->b + static_cast<ptrdiff_t>(across) * depth, kTileColumns}
                                   : Panel{right + across, b.down};
          for (int i = 0; i < rows; i += kTileRows) {
            const int high = Least(kTileRows, rows - i);
            const Panel from = copiesA ? Panel{copies->a + i * depth, kTileRows} : Panel{left + i, a.right};
            const ptrdiff_t at = static_cast<ptrdiff_t>(row + i) * p.n + column;
            const float* const base = before == nullptr ? nullptr : before + at;
            if (columns == kTileColumns) {
              TileOf(high, depth, from, by, base, p.c + at, p.n);
              continue;
            }
            TileOf(high, depth, from, by, nullptr, copies->tile, kTileColumns);
            for (int r = 0; r < high; r++)
              for (int x = 0; x < columns; x++) {
                const float sum = copies->tile[r * kTileColumns + x];
                const ptrdiff_t place = static_cast<ptrdiff_t>(r) * p.n + x;
                p.c[at + place] = base == nullptr ? sum : base[place] + sum;
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
    ProductPart(p, PartStart(p.m, kTileRows, p.parts, part), PartStart(p.m, kTileRows, p.parts, part + 1), 0, p.n);
  else
    ProductPart(p, 0, p.m, PartStart(p.n, kTileColumns, p.parts, part), PartStart(p.n, kTileColumns, p.parts, part + 1));
}

// Below so many multiplications a second thread costs more than it saves.
constexpr double kShared = 1 << 18;
// From so many on, threads take part after part, each worth its own copy of the other matrix.
constexpr double kDivided = 1 << 28;

void MatrixProduct(int m, int n, int k, tslab::Matrix a, tslab::Matrix b, const float* base, float* c) {
  const bool byRows = m > n;
  const int tiles = byRows ? (m + kTileRows - 1) / kTileRows : (n + kTileColumns - 1) / kTileColumns;
  const double work = static_cast<double>(m) * n * k;
  const int wanted = tslab::workers() * (work < kDivided ? 1 : 2);
  const int parts = work < kShared || tslab::workers() == 1 ? 1 : Least(wanted, tiles);
  Product p{m, n, k, a, b, base, c, parts, byRows};
  tslab::share(parts, ProductShare, &p);
}

}  // namespace
