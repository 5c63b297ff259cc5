const [major = 0] = process.versions.node.split(".").map(Number);

/** V8's options of an engine that starts prepared. */
export const v8Options: readonly string[] = [
  // Its heap begins with 90 MB that stay: V8 would look through all of them as soon as the first cells have added to it.
  "--initial-old-space-size=256",
  "--min-semi-space-size=16",
  // The seed of its hash tables stays the prepared one: giving all of them a new one is a tenth of reading the state.
  "--no-rehash-snapshot",
  // What checks and draws the first cells runs a few times, in many places: in Node.js 20 its being optimised takes longer
  // than it saves, by default (67584). A reader's own loop is optimised after some ten thousand rounds all the same. Later
  // ones have another compiler for it.
  ...(major === 20 ? ["--interrupt-budget=400000"] : []),
];
