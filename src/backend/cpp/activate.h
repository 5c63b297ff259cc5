// GELU and its slope of wide layers, after their product.
#pragma once
#include "gelu.h"
#include "stretch.h"

namespace {

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
  const int end = Stretch(a.rows, 1, a.parts, part + 1);
  for (int row = Stretch(a.rows, 1, a.parts, part); row < end; row++) {
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
