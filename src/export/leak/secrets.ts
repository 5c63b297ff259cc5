import { nameOf } from "../error";
import { parse } from "../cellnames";
import { tagsOf, type Cell, type Notebook } from "../notebook";
import { showingSolutions } from "../solutionresults";
import { isNotes, isSolution, partsOf, type Part } from "../solution";
import { unmarked } from "../stub";
import { isForTeacher } from "../variant";
import { normalised, numbersIn, type Secret } from "./search";
import { codeIn, middleOf, picturesOf, sentencesOf, textsOfMarkdown, textsOfOutput } from "./texts";
import { piecesOf } from "./statements";

/** A shorter line may stand anywhere by chance. */
const shortest = 12;
/** So many letters tell one line from others: the rest of it is not compared. */
const longest = 120;

/** What a notebook's solutions, hidden tests and cells for the teacher say, and what their results show. */
export function secretsOf(notebook: Notebook): Secret[] {
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
