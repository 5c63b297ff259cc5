// The sums of wide layers, in double.
#pragma once
#include <cmath>

#include "stretch.h"

namespace {

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

}  // namespace
