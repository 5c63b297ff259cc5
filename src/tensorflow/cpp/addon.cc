// A Node-API addon: the kernels on typed arrays, whose types and lengths it checks; see src/tensorflow/addon.ts.
#include <node_api.h>

#include <cstdio>
#include <cstring>

#if defined(__linux__)
#include <sys/mman.h>
#endif
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "kernels.h"
#include "workers.h"

namespace tslab {
namespace {

#if defined(__x86_64__)
// What the processor says it has, as leaves 1 and 7 of cpuid name it, and whose registers the system keeps, as xgetbv
// tells. Zig's own `__builtin_cpu_supports` knows of nothing.
struct Processor {
  unsigned basic = 0, extended = 0, kept = 0;

  Processor() {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return;
    basic = c;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) extended = b;
    __asm__("xgetbv" : "=a"(kept), "=d"(d) : "c"(0));
  }

  bool Has2() const { return (basic & bit_FMA) && (extended & bit_AVX2) && Keeps(0x6); }
  bool Has512() const {
    constexpr unsigned all = bit_AVX512F | bit_AVX512DQ | bit_AVX512VL | bit_AVX512BW;
    return Has2() && (extended & all) == all && Keeps(0xe6);
  }

 private:
  bool Keeps(unsigned registers) const { return (kept & registers) == registers; }
};
#endif

// What this processor can run, the best first; null at the end.
const Kernels* const* Usable() {
#if defined(__x86_64__)
  const Processor processor;
  const bool has2 = processor.Has2(), has512 = processor.Has512();
  static const Kernels* const all[] = {&avx512, &avx2, &baseline, nullptr};
  return has512 ? all : has2 ? all + 1 : all + 2;
#else
  static const Kernels* const all[] = {&baseline, nullptr};
  return all;
#endif
}

Kernels kernels = **Usable();

constexpr size_t kMost = 16;

// A cache line, and from how many bytes on large pages pay.
constexpr size_t kLine = 64, kLarge = 8 << 20;

// The arguments of a call. An array that is not as long as the sizes say is one mistake; once there is one, the call
// throws it and computes nothing.
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = kMost;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }

  // A Float32Array of `count` numbers or more from `from` on.
  float* Floats(int at, double count, double from = 0) {
    return static_cast<float*>(Array(at, napi_float32_array, count, from));
  }
  // The same, or null where the argument is null.
  float* FloatsOrNull(int at, double count) {
    napi_valuetype type = napi_undefined;
    napi_typeof(env_, values_[at], &type);
    return type == napi_null ? nullptr : Floats(at, count);
  }
  uint32_t* Words(int at, double count) { return static_cast<uint32_t*>(Array(at, napi_int32_array, count, 0)); }

  // A whole number of 0 or more: a size, a step or a place.
  int Size(int at) {
    double value = -1;
    napi_get_value_double(env_, values_[at], &value);
    // Loops count on by a block of rows or columns, and must not go beyond what an int holds.
    constexpr int kMostSize = INT32_MAX - 4096;
    if (value >= 0 && value <= kMostSize && value == static_cast<int>(value)) return static_cast<int>(value);
    Fail("got a size that is no whole number from 0 to 2147479551");
    return 0;
  }
  double Double(int at) const {
    double value = 0;
    napi_get_value_double(env_, values_[at], &value);
    return value;
  }
  bool Bool(int at) const {
    bool value = false;
    napi_get_value_bool(env_, values_[at], &value);
    return value;
  }
  Layer LayerFrom(int at) {
    Layer l{Size(at), Size(at + 1), Size(at + 2), Size(at + 3), Bool(at + 4), Bool(at + 5), Bool(at + 6)};
    // Indices inside a network are int.
    const double most = 1.0 * (l.width > l.out ? l.width : l.out) * (l.batch > l.width ? l.batch : l.width);
    if (most > INT32_MAX) Fail("got a layer of more than 2147483647 numbers");
    if (l.shortcut && l.width != l.out) Fail("got a shortcut between layers of two widths");
    return l;
  }

  // Whether all arguments are as they should be; otherwise the call has thrown.
  bool Good(const char* kernel) const {
    if (problem_[0] == 0) return true;
    char text[160];
    snprintf(text, sizeof(text), "The compiled kernel %s %s.", kernel, problem_);
    napi_throw_range_error(env_, nullptr, text);
    return false;
  }

 private:
  void* Array(int at, napi_typedarray_type expected, double count, double from) {
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    const bool isArray =
        napi_get_typedarray_info(env_, values_[at], &type, &length, &data, nullptr, nullptr) == napi_ok;
    if (isArray && type == expected && from + count <= static_cast<double>(length)) return data;
    char text[96];
    if (isArray && type == expected)
      snprintf(text, sizeof(text), "got an array of %zu numbers as argument %d; expected %.0f", length, at, from + count);
    else
      snprintf(text, sizeof(text), "got no array of its type as argument %d; expected %.0f numbers", at, from + count);
    Fail(text);
    return nullptr;
  }

  void Fail(const char* text) {
    if (problem_[0] == 0) snprintf(problem_, sizeof(problem_), "%s", text);
  }

  napi_env env_;
  napi_value values_[kMost];
  char problem_[96] = "";
};

napi_value Number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

// How many numbers a matrix spans.
double Span(int rows, int columns, int down, int right) {
  return rows == 0 || columns == 0 ? 0 : (rows - 1.0) * down + (columns - 1.0) * right + 1;
}

// product(a, aDown, aRight, b, bDown, bRight, base or null, c, m, n, k)
napi_value Product(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int m = a.Size(8), n = a.Size(9), k = a.Size(10);
  const int aDown = a.Size(1), aRight = a.Size(2), bDown = a.Size(4), bRight = a.Size(5);
  const Matrix left{a.Floats(0, Span(m, k, aDown, aRight)), aDown, aRight};
  const Matrix right{a.Floats(3, Span(k, n, bDown, bRight)), bDown, bRight};
  const double outputs = 1.0 * m * n;
  float *const base = a.FloatsOrNull(6, outputs), *const c = a.Floats(7, outputs);
  if (!a.Good("product") || outputs == 0) return nullptr;
  if (k > 0) {
    kernels.product(m, n, k, left, right, base, c);
  } else if (base == nullptr) {
    memset(c, 0, sizeof(float) * m * n);
  } else {
    memmove(c, base, sizeof(float) * m * n);
  }
  return nullptr;
}

// activate(bias or null, x or null, y, slope, rows, width, tanh)
napi_value Activate(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int rows = a.Size(4), width = a.Size(5);
  const double count = 1.0 * rows * width;
  const float *const bias = a.FloatsOrNull(0, width), *const x = a.FloatsOrNull(1, count);
  float *const y = a.Floats(2, count), *const slope = a.Floats(3, count);
  if (a.Good("activate")) kernels.activate(rows, width, bias, x, a.Bool(6), y, slope);
  return nullptr;
}

// slope(dy, slope, dz, sums, rows, width)
napi_value Slope(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int rows = a.Size(4), width = a.Size(5);
  const double count = 1.0 * rows * width;
  const float *const dy = a.Floats(0, count), *const slope = a.Floats(1, count);
  float *const dz = a.Floats(2, count), *const sums = a.Floats(3, width);
  if (a.Good("slope")) kernels.slope(rows, width, dy, slope, dz, sums);
  return nullptr;
}

// How many numbers all networks' layers have.
struct Counts {
  explicit Counts(const Layer& l)
      : x((l.shared ? 1.0 : l.networks) * l.batch * l.width),
        y(1.0 * l.networks * l.batch * l.out),
        weight(1.0 * l.networks * l.out * l.width),
        bias(1.0 * l.networks * l.out) {}
  double x, y, weight, bias;
};

// forward(x, weight, bias, y, slope, networks, batch, width, out, shared, shortcut, tanh)
napi_value Forward(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const Layer layer = a.LayerFrom(5);
  const Counts counts(layer);
  const float *const x = a.Floats(0, counts.x), *const weight = a.Floats(1, counts.weight);
  const float* const bias = a.Floats(2, counts.bias);
  float *const y = a.Floats(3, counts.y), *const slope = a.Floats(4, counts.y);
  if (a.Good("forward")) kernels.forward(layer, x, weight, bias, y, slope);
  return nullptr;
}

// backward(dy, slope, x, weight, dx, dweight, dbias, networks, batch, width, out, shared, shortcut, tanh)
napi_value Backward(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const Layer layer = a.LayerFrom(7);
  const Counts counts(layer);
  const float *const dy = a.Floats(0, counts.y), *const slope = a.Floats(1, counts.y);
  const float *const x = a.Floats(2, counts.x), *const weight = a.Floats(3, counts.weight);
  float* const dx = a.Floats(4, 1.0 * layer.networks * layer.batch * layer.width);
  float *const dweight = a.Floats(5, counts.weight), *const dbias = a.Floats(6, counts.bias);
  if (a.Good("backward")) kernels.backward(layer, dy, slope, x, weight, dx, dweight, dbias);
  return nullptr;
}

// magnitude(values, from, count), the sum of |value|
napi_value Magnitude(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int from = a.Size(1), count = a.Size(2);
  const float* const values = a.Floats(0, count, from);
  return a.Good("magnitude") ? Number(env, kernels.magnitude(values + from, count)) : nullptr;
}

// squares(a, b, slopes, count, scale), the sum of (a - b)²
napi_value Squares(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int count = a.Size(3);
  const float *const left = a.Floats(0, count), *const right = a.Floats(1, count);
  float* const slopes = a.Floats(2, count);
  return a.Good("squares") ? Number(env, kernels.squares(left, right, count, a.Double(4), slopes)) : nullptr;
}

// addScaled(a, b, alpha, sum, count)
napi_value AddScaled(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int count = a.Size(4);
  const float *const left = a.Floats(0, count), *const right = a.Floats(1, count);
  float* const sum = a.Floats(3, count);
  if (a.Good("addScaled")) kernels.addScaled(left, right, count, static_cast<float>(a.Double(2)), sum);
  return nullptr;
}

// draw(state, values, from, blocks, step, offset)
napi_value Draw(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  const int from = a.Size(2), blocks = a.Size(3);
  uint32_t* const state = a.Words(0, 624);
  float* const values = a.Floats(1, 624.0 * blocks, from);
  if (a.Good("draw")) kernels.draw(state, blocks, a.Double(4), a.Double(5), values + from);
  return nullptr;
}

// align(buffer), how many bytes lie before its first whole cache line; asks for large pages for a large buffer, which
// nobody has touched yet: without them wide products wait for addresses.
napi_value Align(napi_env env, napi_callback_info info) {
  napi_value buffer;
  size_t count = 1, bytes = 0;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, &buffer, nullptr, nullptr);
  napi_get_arraybuffer_info(env, buffer, &data, &bytes);
  if (data == nullptr) return Number(env, 0);
  const uintptr_t at = reinterpret_cast<uintptr_t>(data);
#if defined(__linux__)
  constexpr uintptr_t page = 1 << 21;
  const uintptr_t from = (at + page - 1) / page * page, end = (at + bytes) / page * page;
  if (bytes >= kLarge && from < end) madvise(reinterpret_cast<void*>(from), end - from, MADV_HUGEPAGE);
#endif
  return Number(env, static_cast<double>((kLine - at % kLine) % kLine));
}

// use(instructions), whether this processor can run them
napi_value Use(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value value, result;
  char name[16] = "";
  napi_get_cb_info(env, info, &count, &value, nullptr, nullptr);
  napi_get_value_string_utf8(env, value, name, sizeof(name), nullptr);
  const Kernels* const* found = Usable();
  while (*found != nullptr && strcmp((*found)->name, name) != 0) found++;
  if (*found != nullptr) kernels = **found;
  napi_get_boolean(env, *found != nullptr, &result);
  return result;
}

// instructions(), those in use
napi_value Instructions(napi_env env, napi_callback_info) {
  napi_value name;
  napi_create_string_utf8(env, kernels.name, NAPI_AUTO_LENGTH, &name);
  return name;
}

// threads(most), how many there are
napi_value Threads(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value value;
  double most = 0;
  napi_get_cb_info(env, info, &count, &value, nullptr, nullptr);
  if (napi_get_value_double(env, value, &most) == napi_ok) limit(most);
  return Number(env, workers());
}

napi_value Init(napi_env env, napi_value exports) {
  const napi_property_descriptor properties[] = {
      {"product", nullptr, Product, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"activate", nullptr, Activate, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"slope", nullptr, Slope, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"forward", nullptr, Forward, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"backward", nullptr, Backward, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"magnitude", nullptr, Magnitude, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"squares", nullptr, Squares, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"addScaled", nullptr, AddScaled, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"draw", nullptr, Draw, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"align", nullptr, Align, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"use", nullptr, Use, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"instructions", nullptr, Instructions, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"threads", nullptr, Threads, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  napi_define_properties(env, exports, sizeof(properties) / sizeof(properties[0]), properties);
  return exports;
}

}  // namespace
}  // namespace tslab

NAPI_MODULE(tslab_gradients, tslab::Init)
