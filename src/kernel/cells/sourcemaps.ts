import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inChinese } from "../../runtime/readerswords";
import { packageOf, slashed } from "../packages";
import type { Place, Places } from "../../runtime/stack";

interface Kept {
  map: SourceMap;
  lines: string[];
  /** The lines of the code itself; what the executor puts after them is nobody's. */
  emitted: number;
  /** What was put before the code on its first line. */
  shift: number;
  label: string;
}

/** Emitted code, the map that TypeScript wrote for it, and the text it was. */
interface NewMap {
  map: string;
  code: string;
  text: string;
  shift: number;
  /** How the reader knows the source. */
  label?: string;
}

/** Functions of a cell may throw long after it ran; of so many sources the maps are kept. */
const most = 2000;

/** The way back from what V8 runs to what the reader wrote. */
export class SourceMaps {
  private readonly maps = new Map<string, Kept>();
  /** Each source's lines, by how the reader knows it. */
  private readonly texts = new Map<string, string[]>();

  set(name: string, { map, code, text, shift, label = name }: NewMap): void {
    this.maps.delete(name);
    if (map === "") return;
    const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0];
    const lines = text.split(/\r?\n/);
    this.texts.set(label, lines);
    this.maps.set(name, {
      map: new SourceMap(payload),
      lines,
      emitted: code.split("\n").length,
      shift,
      label,
    });
    if (this.maps.size <= most) return;
    const [oldest, { label: gone }] = this.maps.entries().next().value as [string, Kept];
    this.maps.delete(oldest);
    this.texts.delete(gone);
  }

  /** A line of a source, from 1. */
  textOf(label: string, line: number): string | null {
    return this.texts.get(label)?.[line - 1] ?? null;
  }

  /** @param line and column from 1, as in a stack of V8's */
  original(name: string, line: number, column: number): Place | null {
    const kept = this.maps.get(name);
    if (kept === undefined || line > kept.emitted) return null;
    const { map, lines, shift, label } = kept;
    const entry = map.findEntry(line - 1, column - 1 - (line === 1 ? shift : 0));
    if (!("originalLine" in entry)) return null;
    const { originalLine, originalColumn } = entry;
    return {
      source: label,
      line: originalLine + 1,
      column: originalColumn + 1,
      text: lines[originalLine] ?? "",
    };
  }
}

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
