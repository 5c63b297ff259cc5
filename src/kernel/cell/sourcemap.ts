import { SourceMap } from "node:module";
import type { Place } from "../stack";

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
