import { SourceMap } from "node:module";

/** A place in the reader's own text: line and column from 1, and that line. */
export interface Original {
  source: string;
  line: number;
  column: number;
  text: string;
}

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

  set(name: string, { map, code, text, shift, label = name }: NewMap): void {
    this.maps.delete(name);
    if (map === "") return;
    const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0];
    this.maps.set(name, {
      map: new SourceMap(payload),
      lines: text.split(/\r?\n/),
      emitted: code.split("\n").length,
      shift,
      label,
    });
    if (this.maps.size > most) this.maps.delete(this.maps.keys().next().value as string);
  }

  /** @param line and column from 1, as in a stack of V8's */
  original(name: string, line: number, column: number): Original | null {
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
