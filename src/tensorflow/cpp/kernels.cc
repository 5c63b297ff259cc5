// The kernels, compiled once for each set of instructions: TSLAB_ARCH is its name. Nothing of the standard library's
// templates is used here, since the linker keeps one copy of them, for whichever set.
#include <cstdint>

#include "gelu.h"
#include "kernels.h"
#include "layer.h"
#include "product.h"
#include "sums.h"

namespace {

// Whole blocks of the Mersenne Twister's draws: see src/nn/mersennetwister.ts.

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
                                   Backward,               Magnitude,     Squares,  AddScaled,  Draw};

}  // namespace tslab
