import { mostLayers, mostParameters, mostRows, mostWidth } from "../../figures/explore";
import type { ExploreWords } from "./words";

/** What a reader typed cannot be taken; the message is a sentence in the reader's language. */
export class FieldError extends Error {}

const shown = (text: string): string => (text.length > 24 ? `${text.slice(0, 22)}…` : text);
// Full-width digits, commas and signs come of Chinese input methods.
const plain = (text: string): string =>
  text.normalize("NFKC").replaceAll("，", ",").replaceAll("、", ",").trim();

/** One width. @throws FieldError */
export function readWidth(text: string, words: ExploreWords): number {
  const value = plain(text);
  const width = /^[+-]?\d+(\.\d+)?(e\+?\d+)?$/i.test(value) ? Number(value) : NaN;
  if (!Number.isInteger(width) || width < 1 || width > mostWidth)
    throw new FieldError(words.badWidth(shown(value), mostWidth));
  return width;
}

/** `3, 3, 1`, also with brackets, blanks or line breaks, as it is pasted. @throws FieldError */
export function readSizes(text: string, words: ExploreWords): number[] {
  const entries = plain(text)
    .replace(/^[[(]+|[\])]+;?$/g, "")
    .split(/[\s,;]+/)
    .filter((entry) => entry !== "");
  if (entries.length < 2) throw new FieldError(words.fewSizes(entries.length));
  if (entries.length - 1 > mostLayers) throw new FieldError(words.manyLayers(entries.length - 1, mostLayers));
  const sizes = entries.map((entry) => readWidth(entry, words));
  const parameters = sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i]! + 1) * size, 0);
  if (parameters > mostParameters) throw new FieldError(words.manyParameters(parameters, mostParameters));
  return sizes;
}

/** A seed as PyTorch takes it. @throws FieldError */
export function readSeed(text: string, words: ExploreWords): string {
  const value = plain(text).replace(/n$/, "");
  const isWhole = /^[+-]?\d{1,20}$/.test(value);
  const seed = isWhole ? BigInt(value) : 0n;
  if (!isWhole || seed < -(2n ** 63n) || seed >= 2n ** 64n) throw new FieldError(words.badSeed(shown(value)));
  return String(seed);
}

/** Rows of numbers: `1, 0, -1`, one a line or behind a semicolon, or as JSON. @throws FieldError */
export function readInput(text: string, width: number, words: ExploreWords): number[][] {
  const rows = plain(text)
    .replace(/\]\s*,\s*\[/g, ";")
    .split(/[;\n]+/)
    .map((row) =>
      row
        .replace(/[[\]]/g, " ")
        .split(/[\s,]+/)
        .filter((entry) => entry !== ""),
    )
    .filter((row) => row.length > 0);
  if (rows.length === 0 || rows.length > mostRows)
    throw new FieldError(words.badRows(rows.length, mostRows, width));
  return rows.map((row) => {
    if (row.length !== width) throw new FieldError(words.badRow(row.length, width));
    return row.map((entry) => readNumber(entry, words));
  });
}

/** One finite number that float32 can hold. @throws FieldError */
export function readNumber(text: string, words: ExploreWords): number {
  const value = plain(text);
  const number = value === "" ? NaN : Number(value);
  if (!Number.isFinite(Math.fround(number))) throw new FieldError(words.badNumber(shown(value)));
  return number;
}
