import { ExportError, shortened } from "./error";
import { formsOf } from "./leak/decoded";
import { Given, placesOf, type Published } from "./leak/published";
import { SecretSearch, type Secret, withoutControls } from "./leak/search";
import { picturesOf, wordsOfAll } from "./leak/texts";
import { secretsOf } from "./leak/secrets";
import type { Notebook } from "./notebook";

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
