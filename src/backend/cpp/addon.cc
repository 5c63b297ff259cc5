// A Node-API addon: the kernels on typed arrays. Its callers (src/backend/addon.ts) vouch for the arrays' lengths.
#include <node_api.h>

#include <cstring>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "kernels.h"
#include "workers.h"

namespace tslab {
namespace {

// What this processor can run, the best first; null at the end.
const Kernels* const* Usable() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool has2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has512 = has2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
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

// The arguments of a call.
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = kMost;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }

  // Null where the argument is no typed array.
  template <typename T>
  T* Array(int at) const {
    void* data = nullptr;
    napi_get_typedarray_info(env_, values_[at], nullptr, nullptr, &data, nullptr, nullptr);
    return static_cast<T*>(data);
  }
  float* Floats(int at) const { return Array<float>(at); }

  int Int(int at) const {
    int32_t value = 0;
    napi_get_value_int32(env_, values_[at], &value);
    return value;
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
  Layer LayerFrom(int at) const {
    return {Int(at), Int(at + 1), Int(at + 2), Int(at + 3), Bool(at + 4), Bool(at + 5), Bool(at + 6)};
  }

 private:
  napi_env env_;
  napi_value values_[kMost];
};

napi_value Number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

// product(a, aDown, aRight, b, bDown, bRight, base or null, c, m, n, k)
napi_value Product(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.product(a.Int(8), a.Int(9), a.Int(10), {a.Floats(0), a.Int(1), a.Int(2)}, {a.Floats(3), a.Int(4), a.Int(5)},
                  a.Floats(6), a.Floats(7));
  return nullptr;
}

// activate(bias or null, x or null, y, slope, rows, width, tanh)
napi_value Activate(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.activate(a.Int(4), a.Int(5), a.Floats(0), a.Floats(1), a.Bool(6), a.Floats(2), a.Floats(3));
  return nullptr;
}

// slope(dy, slope, dz, sums, rows, width)
napi_value Slope(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.slope(a.Int(4), a.Int(5), a.Floats(0), a.Floats(1), a.Floats(2), a.Floats(3));
  return nullptr;
}

// forward(x, weight, bias, y, slope, networks, batch, width, out, shared, shortcut, tanh)
napi_value Forward(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.forward(a.LayerFrom(5), a.Floats(0), a.Floats(1), a.Floats(2), a.Floats(3), a.Floats(4));
  return nullptr;
}

// backward(dy, slope, x, weight, dx, dweight, dbias, networks, batch, width, out, shared, shortcut, tanh)
napi_value Backward(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.backward(a.LayerFrom(7), a.Floats(0), a.Floats(1), a.Floats(2), a.Floats(3), a.Floats(4), a.Floats(5),
                   a.Floats(6));
  return nullptr;
}

// magnitude(values, from, count), the sum of |value|
napi_value Magnitude(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  return Number(env, kernels.magnitude(a.Floats(0) + a.Int(1), a.Int(2)));
}

// squares(a, b, slopes, count, scale), the sum of (a - b)²
napi_value Squares(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  return Number(env, kernels.squares(a.Floats(0), a.Floats(1), a.Int(3), a.Double(4), a.Floats(2)));
}

// draw(state, values, from, blocks, step, offset)
napi_value Draw(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  kernels.draw(a.Array<uint32_t>(0), a.Int(3), a.Double(4), a.Double(5), a.Floats(1) + a.Int(2));
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

napi_value Init(napi_env env, napi_value exports) {
  const napi_property_descriptor properties[] = {
      {"product", nullptr, Product, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"activate", nullptr, Activate, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"slope", nullptr, Slope, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"forward", nullptr, Forward, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"backward", nullptr, Backward, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"magnitude", nullptr, Magnitude, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"squares", nullptr, Squares, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"draw", nullptr, Draw, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"align", nullptr, Align, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"use", nullptr, Use, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"instructions", nullptr, Instructions, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"threads", nullptr, nullptr, nullptr, nullptr, Number(env, workers()), napi_default, nullptr},
  };
  napi_define_properties(env, exports, sizeof(properties) / sizeof(properties[0]), properties);
  return exports;
}

}  // namespace
}  // namespace tslab

NAPI_MODULE(tslab_gradients, tslab::Init)
