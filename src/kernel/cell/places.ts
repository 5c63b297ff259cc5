import { readFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { packageOf, slashed } from "../packages";
import type { Places } from "../stack";
import { inChinese } from "../language";
import type { SourceMaps } from "./sourcemap";

/** JavaScript that the reader wrote as such. */
const javascript = /\.[cm]?js$/;

/** The way back to the cells and the local files of a notebook in a folder. */
export function placesOf(maps: SourceMaps, cwd: string): Places {
  /** A line of a file that Node loaded by itself. */
  const lineOf = (source: string, line: number): string | null => {
    try {
      return readFileSync(join(cwd, source), "utf8").split(/\r?\n/)[line - 1] ?? null;
    } catch {
      return null;
    }
  };
  return {
    original(file, line, column) {
      const mapped = maps.original(file, line, column);
      if (mapped !== null) return mapped;
      const path = file.startsWith("file:") ? fileURLToPath(file) : file;
      if (!isAbsolute(path) || !javascript.test(path) || packageOf(path) !== undefined) return null;
      const source = slashed(relative(cwd, path));
      const text = lineOf(source, line);
      return text === null ? null : { source, line, column, text };
    },
    textOf: (source, line) =>
      maps.textOf(source, line) ?? (javascript.test(source) ? lineOf(source, line) : null),
    packageOf: (file) => packageOf(file.startsWith("file:") ? fileURLToPath(file) : file) ?? null,
    relative: (text) => text.replaceAll(`${cwd.replace(/\/$/, "")}/`, ""),
    folded(count, packages) {
      if (inChinese()) return `${packages.join("、")} 内部的 ${count} 次调用`;
      return `${count} ${count === 1 ? "call" : "calls"} inside ${packages.join(", ")}`;
    },
  };
}
