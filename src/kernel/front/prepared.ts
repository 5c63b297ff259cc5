import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { v8Options } from "../v8options";

const root = join(__dirname, "..", "..", "..");

/**
 * Where the engine's prepared state is, which `npm run setup` makes. It belongs to one Node with its flags, one build of
 * this package and one TypeScript: another of them looks for another file.
 */
export function preparedFile(): string {
  const code = [require.resolve("typescript"), join(root, "dist", "kernel", "cell", "converter.js")];
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
