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

// Each thread's own copies, made once.
struct Panels {
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
  static thread_local Panels* const panels = new Panels;
  const auto &a = p.a, &b = p.b;
  for (int k = 0; k < p.k; k += kDepth) {
    const int depth = Least(kDepth, p.k - k);
    const float* const before = k > 0 ? p.c : p.base;
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
            const ptrdiff_t at = static_cast<ptrdiff_t>(row + i) * p.n + column;
            const float* const base = before == nullptr ? nullptr : before + at;
            if (columns == kTileColumns) {
              TileOf(high, depth, panels->a + i * depth, right, base, p.c + at, p.n);
              continue;
            }
            TileOf(high, depth, panels->a + i * depth, right, nullptr, panels->tile, kTileColumns);
            for (int r = 0; r < high; r++)
              for (int x = 0; x < columns; x++) {
                const float sum = panels->tile[r * kTileColumns + x];
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
