// The matrix product: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008. Panels of a and b
// are copied in the order in which they are read; a tile of c stays in registers.
#pragma once
#include "kernels.h"
#include "pack.h"
#include "tile.h"

namespace {

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
    ProductPart(p, Stretch(p.m, kTileRows, p.parts, part), Stretch(p.m, kTileRows, p.parts, part + 1), 0, p.n);
  else
    ProductPart(p, 0, p.m, Stretch(p.n, kTileColumns, p.parts, part), Stretch(p.n, kTileColumns, p.parts, part + 1));
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
