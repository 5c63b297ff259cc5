// GELU and its slope without a branch or a table, so that a compiler does several at once; in double, rounded once. For
// one value, and for the rows of wide layers, after their product.
#pragma once
#include <cstdint>
#include <cstring>

#include "workers.h"

namespace {

// e^x for x from -708 to 708, within 1e-15 of it: x = k ln 2 + r, and Taylor's series of e^r for |r| below ln 2 / 2.
inline double Exp(double x) {
  const double shifted = x * 1.4426950408889634 + 6755399441055744.0;
  const double k = shifted - 6755399441055744.0;
  const double r = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10;
  double sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  int64_t bits;
  memcpy(&bits, &shifted, sizeof(bits));
  bits <<= 52;
  int64_t whole;
  memcpy(&whole, &sum, sizeof(whole));
  whole += bits;
  double power;
  memcpy(&power, &whole, sizeof(power));
  return power;
}

// Two selections that compilers know as minimum and maximum; what is not a number stays so.
inline double Limited(double x, double limit) {
  const double below = limit < x ? limit : x;
  return -limit > below ? -limit : below;
}

// e^(v²) erfc(v) for v from 0 on, within 2e-11 of it: a polynomial in s = (v - 3) / (v + 3), over v + 3, from Chebyshev's
// series of its values at 80 nodes.
inline double Scaled(double v) {
  const double over = 1 / (v + 3);
  const double s = 1 - 6 * over;
  double sum = 3.99330348790210827e-7;
  sum = sum * s + 1.53536366368561192e-6;
  sum = sum * s - 3.8903801337627477e-6;
  sum = sum * s - 0.0000156762550908308018;
  sum = sum * s + 0.0000296790383767014855;
  sum = sum * s + 0.000106126018712352418;
  sum = sum * s - 0.000276420410004105978;
  sum = sum * s - 0.000547659365360459669;
  sum = sum * s + 0.00303395907244350767;
  sum = sum * s - 0.00121257843055993177;
  sum = sum * s - 0.0268272187161249014;
  sum = sum * s + 0.119527781185588994;
  sum = sum * s - 0.310467263012767998;
  sum = sum * s + 0.590228356168069751;
  sum = sum * s - 0.883394453147092343;
  sum = sum * s + 1.0740069070955834;
  return sum * over;
}

struct Activated {
  double y, slope;
};

// x Φ(x) and Φ(x) + x φ(x), Φ(x) = (1 + erf(v)) / 2 with v = x / √2. The error function is rounded before 1 is added, as
// PyTorch does in float64: at -8.3 and below the sum is 0.
inline Activated Exact(double x) {
  const double near = Limited(x, 37.5);
  const double far = __builtin_fabs(near) * 0.70710678118654752440;
  const double bell = Exp(-far * far);
  const double erf = 1 - bell * Scaled(far);
  const double share = 0.5 * (1 + __builtin_copysign(erf, x));
  return {x * share, share + near * (0.39894228040143267794 * bell)};
}

// The same of the tanh form: (1 + t) / 2 with t = tanh(u), u = β (x + κ x³).
inline Activated Tanh(double x) {
  constexpr double beta = 0.79788456080286535588, kappa = 0.044715;
  const double square = x * x;
  const double e = Exp(Limited(-2 * beta * x * (1 + kappa * square), 700));
  const double t = (1 - e) / (1 + e);
  const double share = 0.5 * (1 + t);
  return {x * share, share + x * (0.5 * (1 - t * t) * beta * (1 + 3 * kappa * square))};
}

struct Activation {
  int rows, width, parts;
  const float *bias, *x;
  bool tanh;
  float *y, *slope;
};

// z = y + bias, where `linear`, and x is added to the result, where `shortcut`.
template <bool tanh, bool linear, bool shortcut>
inline void ActivateRow(int width, const float* __restrict bias, const float* __restrict x, float* __restrict y,
                        float* __restrict slope) {
  for (int i = 0; i < width; i++) {
    const double z = linear ? static_cast<double>(y[i]) + bias[i] : y[i];
    const Activated one = tanh ? Tanh(z) : Exact(z);
    y[i] = static_cast<float>(shortcut ? one.y + x[i] : one.y);
    slope[i] = static_cast<float>(one.slope);
  }
}

template <bool tanh>
inline void ActivateRow(int width, const float* bias, const float* x, float* y, float* slope) {
  if (bias == nullptr) return ActivateRow<tanh, false, false>(width, bias, x, y, slope);
  if (x == nullptr) return ActivateRow<tanh, true, false>(width, bias, x, y, slope);
  ActivateRow<tanh, true, true>(width, bias, x, y, slope);
}

void ActivatePart(void* context, int part) {
  const Activation& a = *static_cast<const Activation*>(context);
  const int end = PartStart(a.rows, 1, a.parts, part + 1);
  for (int row = PartStart(a.rows, 1, a.parts, part); row < end; row++) {
    const size_t at = static_cast<size_t>(row) * a.width;
    const float* x = a.x == nullptr ? nullptr : a.x + at;
    if (a.tanh)
      ActivateRow<true>(a.width, a.bias, x, a.y + at, a.slope + at);
    else
      ActivateRow<false>(a.width, a.bias, x, a.y + at, a.slope + at);
  }
}

void Activate(int rows, int width, const float* bias, const float* x, bool tanh, float* y, float* slope) {
  Activation a{rows, width, Parts(rows, static_cast<size_t>(rows) * width), bias, x, tanh, y, slope};
  tslab::share(a.parts, ActivatePart, &a);
}

}  // namespace
