// The kernels, compiled once for each set of instructions: TSLAB_ARCH is its name. Nothing of the standard library's
// templates is used here, since the linker keeps one copy of them, for whichever set.
#include "activate.h"
#include "draw.h"
#include "kernels.h"
#include "layer.h"
#include "product.h"
#include "sums.h"

namespace tslab {

#define TSLAB_TEXT(name) #name
#define TSLAB_NAME(name) TSLAB_TEXT(name)

extern const Kernels TSLAB_ARCH = {TSLAB_NAME(TSLAB_ARCH), MatrixProduct, Activate, SlopeSums, Forward,
                                   Backward,               Magnitude,     Squares,  AddScaled,  Draw};

}  // namespace tslab
