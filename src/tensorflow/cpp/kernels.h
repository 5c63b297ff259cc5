// What is compiled once for each set of instructions, and chosen from when the addon loads.
#pragma once
#include <cstddef>
#include <cstdint>

namespace tslab {

// A matrix whose element (row, column) lies at values[row * down + column * right].
struct Matrix {
  const float* values;
  ptrdiff_t down;
  ptrdiff_t right;
};

// A layer of `networks` networks with `batch` rows each; x may be shared by all of them.
struct Layer {
  int networks, batch, width, out;
  bool shared, shortcut, tanh;
};

struct Kernels {
  const char* name;
  // c[m][n] = base[m][n] + a[m][k] b[k][n], a null base for zeros; base and c are contiguous, and may be the same.
  void (*product)(int m, int n, int k, Matrix a, Matrix b, const float* base, float* c);
  // y = gelu(z) and its slope gelu'(z) for `rows` rows of `width`: z is given in y, without its bias; where x is not
  // null it is added to y.
  void (*activate)(int rows, int width, const float* bias, const float* x, bool tanh, float* y, float* slope);
  // dz = dy * slope, and their sums over the rows.
  void (*slope)(int rows, int width, const float* dy, const float* slope, float* dz, float* sums);
  // Layers of few products, with sums in double, each value rounded once.
  void (*forward)(Layer layer, const float* x, const float* weight, const float* bias, float* y, float* slope);
  void (*backward)(Layer layer, const float* dy, const float* slope, const float* x, const float* weight, float* dx,
                   float* dweight, float* dbias);
  double (*magnitude)(const float* values, size_t count);
  // The squared error's sum, and in `slopes` scale * (a - b).
  double (*squares)(const float* a, const float* b, size_t count, double scale, float* slopes);
  // sum = a + alpha * b, rounded once.
  void (*addScaled)(const float* a, const float* b, size_t count, float alpha, float* sum);
  // Whole blocks of the Mersenne Twister, each draw word * step + from with the word's lowest 24 bits.
  void (*draw)(uint32_t* state, int blocks, double step, double from, float* values);
};

extern const Kernels baseline;
#if defined(__x86_64__)
extern const Kernels avx2;
extern const Kernels avx512;
#endif

}  // namespace tslab
