// The sums of wide layers, in double, and those of an optimizer's step.
#pragma once
#include <cmath>
#include <cstring>

#include "workers.h"

namespace {

struct Slope {
  int rows, width, parts;
  bool byRows;
  const float *dy, *slope;
  float* dz;
  // Of each part of the rows.
  double* sums;
};

void SlopePart(void* context, int part) {
  const Slope& s = *static_cast<const Slope*>(context);
  constexpr int kColumns = 128;
  const int rowFrom = s.byRows ? PartStart(s.rows, 1, s.parts, part) : 0;
  const int rowEnd = s.byRows ? PartStart(s.rows, 1, s.parts, part + 1) : s.rows;
  const int columnEnd = s.byRows ? s.width : PartStart(s.width, 16, s.parts, part + 1);
  double* const to = s.sums + (s.byRows ? static_cast<size_t>(part) * s.width : 0);
  for (int from = s.byRows ? 0 : PartStart(s.width, 16, s.parts, part); from < columnEnd; from += kColumns) {
    const int count = Least(kColumns, columnEnd - from);
    double sums[kColumns] = {};
    for (int row = rowFrom; row < rowEnd; row++) {
      const size_t at = static_cast<size_t>(row) * s.width + from;
      for (int i = 0; i < count; i++) {
        const float dz = s.dy[at + i] * s.slope[at + i];
        s.dz[at + i] = dz;
        sums[i] += dz;
      }
    }
    memcpy(to + from, sums, sizeof(double) * count);
  }
}

// Shared as the product that made dy was, so that a thread finds near what it wrote.
void SlopeSums(int rows, int width, const float* dy, const float* slope, float* dz, float* sums) {
  const bool byRows = rows > width;
  const size_t elements = static_cast<size_t>(rows) * width;
  // As many parts of the rows on every machine, so that their sums are the same.
  const int parts = byRows ? Worth(16, elements) : Parts((width + 15) / 16, elements);
  const int summands = byRows ? parts : 1;
  Slope s{rows, width, parts, byRows, dy, slope, dz, new double[static_cast<size_t>(summands) * width]};
  tslab::share(parts, SlopePart, &s);
  for (int i = 0; i < width; i++) {
    double sum = 0;
    for (int part = 0; part < summands; part++) sum += s.sums[static_cast<size_t>(part) * width + i];
    sums[i] = static_cast<float>(sum);
  }
  delete[] s.sums;
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

struct ScaledSum {
  const float *a, *b;
  size_t count;
  int parts;
  float alpha;
  float* sum;
};

void ScaledSumPart(void* context, int part) {
  const ScaledSum& s = *static_cast<const ScaledSum*>(context);
  const size_t end = s.count * (part + 1) / s.parts;
  for (size_t i = s.count * part / s.parts; i < end; i++) s.sum[i] = __builtin_fmaf(s.alpha, s.b[i], s.a[i]);
}

void AddScaled(const float* a, const float* b, size_t count, float alpha, float* sum) {
  ScaledSum s{a, b, count, Parts(64, count / 4), alpha, sum};
  tslab::share(s.parts, ScaledSumPart, &s);
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
