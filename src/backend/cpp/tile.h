// A tile of a matrix product, whose sums stay in registers.
#pragma once
#include <cstddef>

namespace {

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

}  // namespace
