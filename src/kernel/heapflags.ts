/**
 * V8's options of an engine that starts prepared. Its heap begins with 90 MB that stay: by default V8 would look through
 * all of them as soon as the first cells have added to it.
 */
export const heapFlags: readonly string[] = ["--initial-old-space-size=256", "--min-semi-space-size=16"];
