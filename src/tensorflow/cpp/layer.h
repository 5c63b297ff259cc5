// Layers of few products, with sums in double, each value rounded once.
#pragma once
#include "gelu.h"
#include "kernels.h"
#include "workers.h"

namespace {

using tslab::Layer;

inline double Dot(const float* a, const float* b, int count) {
  double sums[8] = {};
  int i = 0;
  for (; i + 7 < count; i += 8)
    for (int lane = 0; lane < 8; lane++) sums[lane] += static_cast<double>(a[i + lane]) * b[i + lane];
  for (; i < count; i++) sums[0] += static_cast<double>(a[i]) * b[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

void Forward(Layer l, const float* x, const float* weight, const float* bias, float* y, float* slope) {
  for (int network = 0; network < l.networks; network++, weight += static_cast<size_t>(l.out) * l.width, bias += l.out) {
    for (int row = 0; row < l.batch; row++, y += l.out, slope += l.out) {
      const float* from = x + (static_cast<size_t>(l.shared ? 0 : network) * l.batch + row) * l.width;
      for (int unit = 0; unit < l.out; unit++) {
        const double z = bias[unit] + Dot(from, weight + static_cast<size_t>(unit) * l.width, l.width);
        const Activated one = l.tanh ? Tanh(z) : Exact(z);
        y[unit] = static_cast<float>(l.shortcut ? one.y + from[unit] : one.y);
        slope[unit] = static_cast<float>(one.slope);
      }
    }
  }
}

// A stretch of a row's sums at a time, in registers.
constexpr int kSums = 64;

void Backward(Layer l, const float* dy, const float* slope, const float* x, const float* weight, float* dx,
              float* dweight, float* dbias) {
  const size_t size = static_cast<size_t>(l.out) * l.width, rows = static_cast<size_t>(l.batch) * l.out;
  for (int network = 0; network < l.networks; network++) {
    const float* from = x + static_cast<size_t>(l.shared ? 0 : network) * l.batch * l.width;
    for (int start = 0; start < l.width; start += kSums) {
      const int count = Least(kSums, l.width - start);
      for (int row = 0; row < l.batch; row++) {
        double sums[kSums];
        for (int i = 0; i < count; i++) sums[i] = l.shortcut ? dy[row * l.out + start + i] : 0;
        for (int unit = 0; unit < l.out; unit++) {
          const double dz = static_cast<double>(dy[row * l.out + unit]) * slope[row * l.out + unit];
          const float* own = weight + static_cast<size_t>(unit) * l.width + start;
          for (int i = 0; i < count; i++) sums[i] += dz * own[i];
        }
        float* to = dx + (static_cast<size_t>(network) * l.batch + row) * l.width + start;
        for (int i = 0; i < count; i++) to[i] = static_cast<float>(sums[i]);
      }
      for (int unit = 0; unit < l.out; unit++) {
        double sums[kSums] = {};
        for (int row = 0; row < l.batch; row++) {
          const double dz = static_cast<double>(dy[row * l.out + unit]) * slope[row * l.out + unit];
          const float* own = from + static_cast<size_t>(row) * l.width + start;
          for (int i = 0; i < count; i++) sums[i] += dz * own[i];
        }
        float* to = dweight + static_cast<size_t>(unit) * l.width + start;
        for (int i = 0; i < count; i++) to[i] = static_cast<float>(sums[i]);
      }
    }
    for (int unit = 0; unit < l.out; unit++) {
      double sum = 0;
      for (int row = 0; row < l.batch; row++)
        sum += static_cast<double>(dy[row * l.out + unit]) * slope[row * l.out + unit];
      dbias[unit] = static_cast<float>(sum);
    }
    dy += rows, slope += rows, weight += size, dweight += size, dbias += l.out;
  }
}

}  // namespace
