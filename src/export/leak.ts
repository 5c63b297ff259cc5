import { parse } from "../kernel/cells/dependence";
import { ExportError, nameOf, shortened } from "./error";
import { formsOf } from "./leak/decoded";
import { Given, placesOf, type Published } from "./leak/published";
import { normalised, numbersIn, type Secret, SecretSearch, withoutControls } from "./leak/search";
import { piecesOf } from "./leak/statements";
import {
  codeIn,
  middleOf,
  picturesOf,
  sentencesOf,
  textsOfMarkdown,
  textsOfOutput,
  wordsOfAll,
} from "./leak/texts";
import { type Cell, type Notebook, tagsOf } from "./notebook";
import { isNotes, isSolution, type Part, partsOf, showingSolutions } from "./solution";
import { unmarked } from "./stub";
import { isForTeacher } from "./variant";

/**
 * Looks where students read for what solutions and hidden tests say in whole statements and sentences: what students
 * get anyway as code that runs is none of it.
 * @param student what students may see
 * @throws ExportError that names the place and what it shows
 */
export function checkPlaces(original: Notebook, student: Notebook, published: Published): void {
  const given = new Given(student);
  const wholes = secretsOf(original).filter((secret) => secret.kind !== undefined && !given.has(secret));
  if (wholes.length === 0) return;
  const search = new SecretSearch(wholes);
  for (const { name, texts } of placesOf(original, student, published))
    for (const text of texts)
      for (const form of formsOf(text))
        for (const layout of layoutsOf(form.text)) {
          const [secret] = search.foundIn(layout, []);
          if (secret) throw found(name, secret);
        }
}

/**
 * Looks through what students are given for what solutions say or show, however it is written there.
 * @param student what students may see
 * @param innocent what else may stand in any export: a page's own scripts and styles
 * @throws ExportError where a solution's line, or a line, a number or a picture that it shows, is found
 */
export function checkLeaks(
  original: Notebook,
  student: Notebook,
  artefacts: readonly { path: string; content: string | Uint8Array }[],
  innocent = "",
): void {
  const given = new Given(student);
  const secrets = secretsOf(original).filter(
    (secret) => secret.kind === undefined || !(given.has(secret) || given.runs(secret)),
  );
  const known = new SecretSearch(secrets);
  const seen = known.foundIn(wordsOfAll(student), student.cells.flatMap(picturesOf));
  const search = known.without(new Set([...seen].filter(({ kind }) => kind === undefined)));
  if (search.isEmpty) return;
  let harmless: ReadonlySet<Secret> | null = null;
  for (const { path, content } of artefacts) {
    for (const form of formsOf(withoutLong(content, innocent))) {
      for (const secret of search.foundIn(form.text, form.bytes)) {
        // Only now: the innocent text is long, and mostly nothing is found.
        harmless ??= foundInAny(search, innocent);
        if (!harmless.has(secret)) throw found(path, secret);
      }
    }
  }
}

function found(where: string, { shown, place }: Secret): ExportError {
  return new ExportError(
    `${where} has ${JSON.stringify(shortened(shown))} of ${place}; expected nothing of a solution or of what it shows.`,
  );
}

function foundInAny(search: SecretSearch, text: string): Set<Secret> {
  const found = new Set<Secret>();
  for (const form of formsOf(text))
    for (const secret of search.foundIn(form.text, form.bytes)) found.add(secret);
  return found;
}

/** Without the innocent text's long lines, which a page holds word for word. */
function withoutLong(content: string | Uint8Array, innocent: string): string | Uint8Array {
  if (typeof content !== "string" || innocent === "") return content;
  const long = innocent.split("\n").filter((line) => line.length >= 1000);
  return long.reduce((text, line) => text.split(line).join("\n"), content);
}

/** What stands before each line of code that is quoted, numbered, in a comment or compared. */
const gutters =
  /^[ \t]*(?:(?:\/\/+|\/?\*+\/?|#+|>+|[|│·•]|[-+](?=\s)|^[-+]|\d+[ \t]*(?:[|:│]|[.)]?(?=[ \t]))|\.{3})[ \t]*)+|[ \t]*[|│][ \t]*$/gm;
const comments = /\/\*[^]*?\*\/|(?<!:)\/\/.*$|<!--[^]*?-->/gm;
/** Between the strings of a list or of a sum. */
const seams = /(["'`])(?:\\n)?[\s,+[\]]*[,+][\s,+[\]]*\1/g;

/** A text as it is, and as its code would be without comments, gutters and the seams of strings. */
function layoutsOf(text: string): string[] {
  const joined = withoutControls(text).replace(seams, "");
  return [...new Set([text, joined, joined.replace(gutters, ""), joined.replace(comments, " ")])];
}

/** A shorter line may stand anywhere by chance. */
const shortest = 12;
/** So many letters tell one line from others: the rest of it is not compared. */
const longest = 120;

/** What a notebook's solutions, hidden tests and cells for the teacher say, and what their results show. */
function secretsOf(notebook: Notebook): Secret[] {
  const shows = showingSolutions(notebook);
  return notebook.cells.flatMap((cell, index) => {
    const name = nameOf(cell, index);
    const secrets = [
      ...wholesOf(cell, index),
      ...hiddenOf(cell, index).flatMap(({ text, line }) => secretsOfSource(cell, name, text, line)),
    ];
    if (shows.has(cell) && cell.type === "code")
      secrets.push(
        ...cell.outputs
          .flatMap(textsOfOutput)
          .flatMap((text) => secretsOfText(text, `the output of ${name}`)),
      );
    if (!shows.has(cell) && secrets.length === 0) return [];
    const place = cell.type === "code" ? `the output of ${name}` : name;
    const middles = picturesOf(cell).flatMap((picture) => middleOf(picture) ?? []);
    return [...secrets, ...middles.map((bytes) => ({ place, shown: "a picture", bytes }))];
  });
}

/** The stretches of a cell that only the teacher sees, and the line that each begins on. */
function hiddenOf(cell: Cell, index: number): { text: string; line: number }[] {
  const parts = partsOf(cell, index);
  const isAll = isForTeacher(cell) || isSolution(cell);
  const hidden = parts.filter(({ kind }) => isAll || kind !== "plain");
  return hidden.map(({ text, start, kind }) => {
    const begins = cell.source.slice(0, start).split("\n").length;
    return { text, line: kind === "plain" ? begins : begins + 1 };
  });
}

/** What solutions and hidden tests say, each statement and each sentence whole. */
function wholesOf(cell: Cell, index: number): Secret[] {
  const name = nameOf(cell, index);
  const parts = partsOf(cell, index);
  const isAll = tagsOf(cell).includes("teacher-only") || isSolution(cell);
  if (cell.type === "code") {
    const within = (kinds: readonly Part["kind"][], start: number, end: number): boolean =>
      parts.some((part) => kinds.includes(part.kind) && start >= part.start && end <= part.end);
    return piecesOf(
      parse(unmarked(cell.source, parts)),
      (start, end) => isAll || within(["solution", "hidden"], start, end),
      (start) => within(["hidden"], start, start),
    ).map(({ start, ...piece }) => {
      const line = cell.source.slice(0, start).split("\n").length;
      return { ...piece, place: `line ${line} of ${name}` };
    });
  }
  if (isNotes(cell) || tagsOf(cell).includes("teacher-only")) return [];
  return parts
    .filter(({ kind }) => isAll || kind !== "plain")
    .flatMap(({ text }): Secret[] => [
      ...sentencesOf(text).map(({ shown, text }) => ({
        kind: "sentence" as const,
        text,
        shown,
        place: name,
      })),
      ...codeIn(text).flatMap((code) =>
        piecesOf(
          parse(code),
          () => true,
          () => false,
        ).map(({ start: _, ...piece }) => ({ ...piece, place: name })),
      ),
    ]);
}

function secretsOfSource(cell: Cell, name: string, text: string, first: number): Secret[] {
  if (cell.type !== "code") return textsOfMarkdown(text).flatMap((form) => secretsOfText(form, name));
  return text.split("\n").flatMap((line, i) =>
    [line, ...betweenComments(line)].flatMap((piece) =>
      secretsOfText(piece, `line ${first + i} of ${name}`).map((secret): Secret => {
        const isCode = secret.text !== undefined && /[=(){}[\]<>].*[=(){}[\]<>]/.test(secret.text);
        return isCode ? { ...secret, kind: "line" } : secret;
      }),
    ),
  );
}

/** A line's code and its comments, apart: an export may leave either out. */
function betweenComments(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of line.matchAll(/(["'`])(?:\\.|(?!\1).)*\1|\/\*(.*?)(?:\*\/|$)|\/\/(.*)/g)) {
    const comment = match[2] ?? match[3];
    if (comment === undefined) continue;
    pieces.push(line.slice(from, match.index), comment);
    from = match.index + match[0].length;
  }
  return from === 0 ? [] : [...pieces, line.slice(from)];
}

/** The lines and numbers of a text that are long enough not to be another's by chance. */
function secretsOfText(text: string, place: string): Secret[] {
  return text.split("\n").flatMap((line) => {
    const shown = line.trim();
    const compared = normalised(line)
      .replace(/[;,]+$/, "")
      .slice(0, longest);
    const isDistinctive = compared.length >= shortest && /\p{L}/u.test(compared);
    const numbers = [...numbersIn(line)].map((number) => ({
      place,
      shown: number.shown,
      number: number.key,
    }));
    return isDistinctive ? [{ place, shown, text: compared }, ...numbers] : numbers;
  });
}
