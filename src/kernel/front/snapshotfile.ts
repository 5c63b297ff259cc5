import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";

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

const root = join(__dirname, "..", "..", "..");

/**
 * Where the engine's prepared state is, which `npm run setup` makes. It belongs to one Node with its flags, one build of
 * this package and one TypeScript: another of them looks for another file.
 */
export function preparedFile(): string {
  const code = [require.resolve("typescript"), join(root, "dist", "kernel", "cells", "converter.js")];
  const stamps = code.map((file) => Math.round(statSync(file).mtimeMs).toString(36));
  // It knows its files by their paths: in a checkout that was moved it would load them all again beside what it has.
  const place = createHash("sha256").update(root).digest("hex").slice(0, 8);
  const name = [process.version, process.arch, cachedDataVersionTag(), place, ...stamps].join("-");
  return join(root, "node_modules", ".cache", "tslab-gradients", "engine", `${name}.blob`);
}

/** Node's options that start the engine prepared; none where it is not there, or is empty since this Node cannot. */
export function preparedFlags(): string[] {
  const file = preparedFile();
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
    ? [...v8Options, "--snapshot-blob", file]
    : [];
}
