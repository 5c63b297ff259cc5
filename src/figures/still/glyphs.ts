import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import type { Font } from "fontkit";

/** The build puts it there. */
const regular = join(__dirname, "..", "..", "fonts", "NotoSansSC_400Regular.ttf");

/** The name by which figures ask for the font. */
export const fontFamily = "Noto Sans SC";

/** The bytes of the font that measures and draws a still figure's text, Latin and Chinese: 10 MB. */
function fontBytes(): Buffer {
  bytes ??= readFileSync(regular);
  return bytes;
}

let bytes: Buffer | undefined;
let font: Font | undefined;
/** The build makes these of the characters that the package itself writes: see bundle.mjs. */
const own = {
  file: join(__dirname, "font.ttf"),
  advances: JSON.parse(readFileSync(join(__dirname, "advances.json"), "utf8")) as {
    [character: string]: number;
  },
};
const advances = new Map(Object.entries(own.advances));

/** The width of a line of text in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += advance(character);
  return width * fontSize;
}

/** The advance of one character, in ems. */
function advance(character: string): number {
  let width = advances.get(character);
  if (width === undefined) {
    // Loaded with the first character that the package's own figures do without; so is the subsetter below.
    font ??= (require("fontkit") as typeof import("fontkit")).create(fontBytes()) as Font;
    width = font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth / font.unitsPerEm;
    advances.set(character, width);
  }
  return width;
}

let characters = new Set(advances.keys());
let subset = own.file;

/**
 * A file with the font's glyphs for the text, and for all text before it. The renderer reads the file anew for every
 * label, so that a small one draws ten times as fast.
 */
export async function fontFile(text: string): Promise<string> {
  const missing = [...text].filter((character) => !characters.has(character));
  if (missing.length === 0 && existsSync(subset)) return subset;
  const wanted = new Set([...characters, ...missing]);
  try {
    subset = await writeSubset([...wanted].join(""), `${wanted.size}.ttf`);
    characters = wanted;
    return subset;
  } catch {
    // No room for the file, or text that the subsetter cannot take: the whole font draws it too.
    return regular;
  }
}

async function writeSubset(text: string, name: string): Promise<string> {
  const subsetFont = require("subset-font") as (typeof import("subset-font"))["default"];
  const glyphs = await subsetFont(fontBytes(), text, { targetFormat: "truetype" });
  folder ??= makeFolder();
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, glyphs);
  return file;
}

let folder: string | undefined;

function makeFolder(): string {
  const { folder } = (workerData ?? {}) as { folder?: string };
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), "tslab-gradients-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}
