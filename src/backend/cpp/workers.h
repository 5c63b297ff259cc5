// Threads that share the rows or columns of one computation.
#pragma once

namespace tslab {

// Lets there be so many threads at most; to be called before anything is computed, and without effect later.
void limit(double most);

// How many threads `share` works with, the calling one included.
int workers();

// Calls work(context, part) for every part from 0 to parts - 1, on as many threads as there are, and returns when all
// are done. More parts than threads let one that is held up take fewer.
void share(int parts, void (*work)(void* context, int part), void* context);

}  // namespace tslab
