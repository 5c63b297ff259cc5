import { statSync } from "node:fs";

/** A file's state, which is another one after every edit; empty where there is no file. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs} ${stat.size}`;
}
