// The kernels, compiled once for each set of instructions: TSLAB_ARCH is its name. Nothing of the standard library's
// templates is used here, since the linker keeps one copy of them, for whichever set.
#include <cmath>

#include "gelu.h"
#include "kernels.h"
#include "product.h"
#include "workers.h"

namespace {

using tslab::Layer;

// A part of fewer elements costs more than it saves.
constexpr int kSharedElements = 1 << 13;

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

int Parts(int rows, size_t elements) {
  const int parts = static_cast<int>(elements / kSharedElements);
  return tslab::workers() == 1 || parts < 2 ? 1 : Least(Least(parts, 4 * tslab::workers()), rows);
}

void Activate(int rows, int width, const float* bias, const float* x, bool tanh, float* y, float* slope) {
  Activation a{rows, width, Parts(rows, static_cast<size_t>(rows) * width), bias, x, tanh, y, slope};
  tslab::share(a.parts, ActivatePart, &a);
}

struct Slope {
  int rows, width, parts;
  const float *dy, *slope;
  float *dz, *sums;
};

// Shared by columns, so that each thread has its own sums.
void SlopePart(void* context, int part) {
  const Slope& s = *static_cast<const Slope*>(context);
  constexpr int kColumns = 128;
  const int last = Stretch(s.width, 16, s.parts, part + 1);
  for (int from = Stretch(s.width, 16, s.parts, part); from < last; from += kColumns) {
    const int count = Least(kColumns, last - from);
    double sums[kColumns] = {};
    for (int row = 0; row < s.rows; row++) {
      const size_t at = static_cast<size_t>(row) * s.width + from;
      for (int i = 0; i < count; i++) {
        const float dz = s.dy[at + i] * s.slope[at + i];
        s.dz[at + i] = dz;
        sums[i] += dz;
      }
    }
    for (int i = 0; i < count; i++) s.sums[from + i] = static_cast<float>(sums[i]);
  }
}

void SlopeSums(int rows, int width, const float* dy, const float* slope, float* dz, float* sums) {
  Slope s{rows, width, Parts((width + 15) / 16, static_cast<size_t>(rows) * width), dy, slope, dz, sums};
  tslab::share(s.parts, SlopePart, &s);
}

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

struct Magnitudes {
  const float* values;
  size_t count;
  int parts;
  double sums[64];
};

void MagnitudePart(void* context, int part) {
  Magnitudes& m = *static_cast<Magnitudes*>(context);
  const size_t end = m.count * (part + 1) / m.parts;
  double sums[32] = {};
  size_t i = m.count * part / m.parts;
  for (; i + 31 < end; i += 32)
    for (int lane = 0; lane < 32; lane++) sums[lane] += std::fabs(m.values[i + lane]);
  for (; i < end; i++) sums[0] += std::fabs(m.values[i]);
  double sum = 0;
  for (double lane : sums) sum += lane;
  m.sums[part] = sum;
}

double Magnitude(const float* values, size_t count) {
  Magnitudes m{values, count, Parts(64, count / 4), {}};
  tslab::share(m.parts, MagnitudePart, &m);
  double sum = 0;
  for (int part = 0; part < m.parts; part++) sum += m.sums[part];
  return sum;
}

double Squares(const float* a, const float* b, size_t count, double scale, float* slopes) {
  double sums[16] = {};
  size_t i = 0;
  for (; i + 15 < count; i += 16)
    for (int lane = 0; lane < 16; lane++) {
      const double difference = static_cast<double>(a[i + lane]) - b[i + lane];
      sums[lane] += difference * difference;
      slopes[i + lane] = static_cast<float>(scale * difference);
    }
  for (; i < count; i++) {
    const double difference = static_cast<double>(a[i]) - b[i];
    sums[0] += difference * difference;
    slopes[i] = static_cast<float>(scale * difference);
  }
  double sum = 0;
  for (double lane : sums) sum += lane;
  return sum;
}

constexpr int kWords = 624, kFar = 397;

// Three stretches, so that no index wraps: the words of the second and third need those of the first.
inline void Twist(uint32_t* state, int from, int end, int far, int near) {
#pragma GCC ivdep
  for (int i = from; i < end; i++) {
    const uint32_t y = (state[i] & 0x80000000u) | (state[i + near] & 0x7fffffffu);
    state[i] = state[i + far] ^ (y >> 1) ^ (-(y & 1u) & 0x9908b0dfu);
  }
}

void Draw(uint32_t* state, int blocks, double step, double from, float* values) {
  for (int block = 0; block < blocks; block++, values += kWords) {
    Twist(state, 0, kWords - kFar, kFar, 1);
    Twist(state, kWords - kFar, kWords - 1, kFar - kWords, 1);
    Twist(state, kWords - 1, kWords, kFar - kWords, 1 - kWords);
    for (int i = 0; i < kWords; i++) {
      uint32_t word = state[i];
      word ^= word >> 11;
      word ^= (word << 7) & 0x9d2c5680u;
      word ^= (word << 15) & 0xefc60000u;
      word ^= word >> 18;
      values[i] = static_cast<float>(static_cast<int32_t>(word & 0xffffffu) * step + from);
    }
  }
}

}  // namespace

namespace tslab {

#define TSLAB_TEXT(name) #name
#define TSLAB_NAME(name) TSLAB_TEXT(name)

extern const Kernels TSLAB_ARCH = {TSLAB_NAME(TSLAB_ARCH), MatrixProduct, Activate, SlopeSums, Forward,
                                   Backward,               Magnitude,     Squares,  Draw};

}  // namespace tslab
