import { plainOf, readingOf, type Reading, type Verb, withoutPoints } from "./markreading";
import type { Cell } from "./notebook";

/** Where a cell's source has a mark, or what looks like one. */
export interface Mark extends Reading {
  /** Its line, to the end of the line break; amid a line of text the comment alone. */
  start: number;
  end: number;
  /** The white space before it. */
  indent: string;
  /** As it is written. */
  text: string;
}

/** A cell's marks, in their order. A line that may be a mere remark counts only where both a begin and an end are such. */
export function marksOf(cell: Cell): Mark[] {
  const known = found.get(cell.source);
  if (known?.type === cell.type) return known.marks;
  const all = [...(cell.type === "code" ? marksInCode(cell.source) : marksInText(cell.source))];
  const remarks = new Set(all.flatMap(({ certainty, verb }) => (certainty === "perhaps" ? [verb] : [])));
  const marks = all.filter(({ certainty }) => certainty !== "perhaps" || remarks.size === 2);
  if (found.size > 1000) found.clear();
  found.set(cell.source, { type: cell.type, marks });
  return marks;
}

const found = new Map<string, { type: Cell["type"]; marks: Mark[] }>();

/** How a mark is to be written. */
export function markText({ verb, what }: Reading, type: Cell["type"]): string {
  return type === "code" ? `// ${verb} ${what}` : `<!-- ${verb} ${what} -->`;
}

interface Line {
  /** Without its break. */
  text: string;
  start: number;
  /** After its break. */
  end: number;
}

function* linesOf(source: string): Generator<Line> {
  for (const { 0: text, index, groups } of source.matchAll(
    /[^\r\n\u2028\u2029]*(?<end>\r\n|[\r\n\u2028\u2029]|$)/g,
  )) {
    if (text === "") continue;
    const length = text.length - groups!.end!.length;
    yield { text: text.slice(0, length), start: index, end: index + text.length };
  }
}

function* marksInCode(source: string): Generator<Mark> {
  for (const line of linesOf(source)) {
    const plain = plainOf(line.text).trim();
    const comment = /^(?:\/\/+|#+)(.*)$|^\/\*+(.*?)\*+\/$|^<!--+(.*?)--+>$/.exec(plain);
    const inside = comment?.slice(1).find((group) => group !== undefined);
    const own = inside === undefined ? unsure(bareIn(plain) ?? behindCode(plain)) : readingOf(inside);
    const comments = inside === undefined ? commentsBehind(plain) : [inside];
    const reading = own ?? foreignIn(plain, foreign) ?? firstOf(comments, (text) => aloneIn(text, titles));
    if (reading) yield { ...reading, ...whole(line) };
  }
}

function* marksInText(source: string): Generator<Mark> {
  const comments = [...source.matchAll(/<!--([^]*?)-->/g)].flatMap(
    ({ 0: text, 1: inside, index }): Mark[] => {
      const reading = readingOf(plainOf(inside!)) ?? aloneIn(plainOf(inside!), [...titles, unseen]);
      return reading ? [{ ...reading, ...placed(text, index, source) }] : [];
    },
  );
  const marks = [...comments];
  for (const line of linesOf(source)) {
    if (comments.some(({ start, end }) => start < line.end && end > line.start)) continue;
    const plain = plainOf(line.text).trim();
    const inside = /^(?:\/\/+|#+)(.*)$|^<!--+(.*?)--+>$/
      .exec(plain)
      ?.slice(1)
      .find((group) => group !== undefined);
    const said = plain.replace(/<\/?[a-z][^<>]*>/gi, " ").trim();
    const own = inside === undefined ? shouted(bareIn(said) ?? behindCode(plain), plain) : readingOf(inside);
    const reading = own ?? foreignIn(plain, [...foreign, classed]);
    if (reading) marks.push({ ...reading, ...whole(line) });
  }
  yield* marks.sort((a, b) => a.start - b.start);
}

/** A line that has only a mark and what decorates it, without the sign of a comment. */
function bareIn(plain: string): Reading | null {
  if (plain.length > longest) return null;
  const quoted = /^(["'`])([^"'`]*)\1;?$/.exec(plain)?.[2] ?? plain;
  const words = quoted.replace(/^[^\p{L}]+/u, "");
  // Code has these between and behind its names.
  if (/["'`=.,;(){}]/.test(words.replace(/[([]\d[^)\]]*[)\]]|={2,}/g, ""))) return null;
  const reading = readingOf(words.replace(/[^\p{L}\p{N})\]]+$/u, ""));
  const isDecorated = quoted !== plain || /^[^\p{L}\p{N}]|^\d+[.)]\s|^\p{Lu}[^\p{Ll}]*$/u.test(plain);
  return isDecorated ? reading : null;
}

/** What is said alone in a comment as a title is. */
const titles: RegExp[] = [
  /^\W*(?<what>SOLUTION|HIDDEN TEST)S?(?: NO PROMPT)?[\W\d]*$/,
  /^[^\p{L}]*(?:参考|參考|标准|標準)(?<what>答案|解答)[^\p{L}]*$/u,
];
/** A comment in a text is seen by nobody, so that it is no remark. */
const unseen = /^\W*(?<what>solution|hidden test)s?[\W\d]*$/i;

function aloneIn(text: string, patterns: readonly RegExp[]): Reading | null {
  const what = firstOf(patterns, (pattern) => pattern.exec(withoutPoints(text))?.groups?.what ?? null);
  return what === null ? null : near("BEGIN", what);
}

function firstOf<T, R>(all: Iterable<T>, find: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}

/** Marks of LaTeX, MyST, Quarto, documentation and editors that fold. */
const foreign: RegExp[] = [
  /^\\(?<verb>begin|end)\{(?<what>solution|hiddentests)s?\*?\}/i,
  /^[^\p{L}]*<\s*(?<end>\/?)\s*(?<what>solution|hidden-?tests)s?\s*>[^\p{L}]*$/iu,
  /^[^\p{L}]*\[\s*(?<end>\/?)\s*(?<what>solution|hidden tests)s?\s*\][^\p{L}]*$/iu,
  /^[^\p{L}]*(?<end>end)?region\W+(?<what>solution|hidden tests)s?[^\p{L}]*$/iu,
  /^(?:[`:~]{3,}\s*\{|:{3,})\s*\.?(?<what>solution)/i,
  /^[^\p{L}]*@(?<what>solution)s?[^\p{L}]*$/iu,
];
/** An element of a text. */
const classed = /^<\w[^<>]*\sclass\s*=\s*["']?(?:[^"'<>]*\s)?(?<what>solution)s?(?=["'\s>])/i;

function foreignIn(plain: string, patterns: readonly RegExp[]): Reading | null {
  if (plain.length > longest) return null;
  return firstOf(patterns, (pattern) => {
    const { verb, end, what } = pattern.exec(withoutPoints(plain))?.groups ?? {};
    return what === undefined ? null : near((verb ?? (end ? "end" : "begin")).toUpperCase() as Verb, what);
  });
}

function near(verb: Verb, what: string): Reading {
  return { verb, what: /^h/i.test(what) ? "HIDDEN TESTS" : "SOLUTION", certainty: "near" };
}

/** A longer line is data, such as a picture's, and no mark. */
const longest = 300;

/** A comment behind something else on its line. */
function behindCode(plain: string): Reading | null {
  return firstOf(commentsBehind(plain), readingOf);
}

function* commentsBehind(plain: string): Generator<string> {
  for (const { 0: sign, index } of plain.matchAll(/\/\/+|\/\*+|(?<![.\p{L}\p{N}])#+|<!--+/gu)) {
    if (plain.length - index > longest) continue;
    const inside = plain.slice(index + sign.length).replace(/(?:\*+\/|--+>)\s*$/, "");
    // In quotes it is a text about a mark.
    if (!/["'`]/.test(inside)) yield inside;
  }
}

/** A mark that is not alone on its line cannot be taken out with it: it is only one that looks like a mark. */
function unsure(reading: Reading | null): Reading | null {
  return reading?.certainty === "exact" ? { ...reading, certainty: "near" } : reading;
}

/** In prose a mark must have capitals, or be certain Chinese: sentences speak of solutions too. */
function shouted(reading: Reading | null, plain: string): Reading | null {
  const isSpoken = reading?.certainty === "perhaps" || !/\p{Script=Han}/u.test(plain);
  return isSpoken && !/\p{Lu}{3}/u.test(plain) ? null : unsure(reading);
}

function whole({ text, start, end }: Line): Pick<Mark, "start" | "end" | "indent" | "text"> {
  return { start, end, indent: /^[ \t]*/.exec(text)![0], text: text.trim() };
}

/** A comment alone on its line takes the line. */
function placed(
  text: string,
  index: number,
  source: string,
): Pick<Mark, "start" | "end" | "indent" | "text"> {
  const indent = /(?<=^|[\r\n])[ \t]*$/.exec(source.slice(0, index))?.[0];
  const rest = /^[ \t]*(?:\r\n|[\r\n]|$)/.exec(source.slice(index + text.length))?.[0];
  if (indent === undefined || rest === undefined)
    return { start: index, end: index + text.length, indent: "", text };
  return { start: index - indent.length, end: index + text.length + rest.length, indent, text };
}
