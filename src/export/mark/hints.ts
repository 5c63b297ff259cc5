import { ExportError } from "../error";
import { shortened } from "../guard/shortened";
import { knownTags, nameOf, tagsOf, type Cell } from "../notebook";
import { isObject } from "../read";
import { mistakes } from "./mistyped";
import { plainOf } from "./reading";

/** How others name what is not for students. */
const foreign =
  /(?:^|-)(?:teacher|instructor)s?(?:-|$)|^staff-only$|^hidden-?tests?$|[教老][师師]|^[隐隱]藏的?[测測][试試]$/;

/**
 * Looks for tags and metadata that nearly say that a cell is a solution or not for students.
 * @throws ExportError that names the tag to write
 */
export function checkHints(cell: Cell, index: number): void {
  const fail = (where: string, text: string, tag: string): never => {
    const name = nameOf(cell, index);
    const said = JSON.stringify(shortened(text));
    throw new ExportError(
      `${name[0]!.toUpperCase()}${name.slice(1)} has ${where} ${said}, which looks like a mark; write the tag ${tag}.`,
    );
  };
  const tags = tagsOf(cell);
  for (const tag of tags) {
    const meant = meantBy(tag);
    if (meant !== null) fail("the tag", tag, meant);
  }
  if (tags.includes("solution")) return;
  const known = (key: string, value: unknown): boolean =>
    key === "nbgrader" || (key === "tags" && (typeof value === "string" || Array.isArray(value)));
  const others = Object.entries(cell.metadata).filter(([key, value]) => !known(key, value));
  const hint = hintIn(Object.fromEntries(others));
  if (hint !== null) fail("in its metadata", hint, "solution");
}

function meantBy(tag: string): string | null {
  if (knownTags.includes(tag)) return null;
  const folded = plainOf(tag)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  if (foreign.test(folded)) return "teacher-only";
  if (saysSolution(folded)) return "solution";
  const isNear = (known: string): boolean => known[0] === folded[0] && mistakes(folded, known) <= 2;
  return knownTags.slice(0, -2).find(isNear) ?? null;
}

/** The first property or class in metadata that calls something a solution. */
function hintIn(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(hintIn).find((hint) => hint !== null) ?? null;
  if (!isObject(value)) return null;
  for (const [key, child] of Object.entries(value)) {
    const isOff = child === false || child === null || child === "" || child === 0 || child === "false";
    if (!isOff && saysSolution(key)) return key;
    const names = naming.test(key) ? [child].flat().filter((name) => typeof name === "string") : [];
    const name = names.find(saysSolution);
    if (name !== undefined) return name;
    const hint = hintIn(child);
    if (hint !== null) return hint;
  }
  return null;
}

/** Properties whose values say what a cell is. */
const naming = /^(?:tags?|class(?:es|name)?|kinds?|types?|roles?|labels?|cell_?type)$/i;

function saysSolution(text: string): boolean {
  const words =
    plainOf(text)
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.some((word) => {
    const wrong = Math.min(mistakes(word, "solution"), mistakes(word, "solutions"));
    return (
      wrong <= (word.startsWith("s") ? 2 : 1) || /^(?:参考|參考|标准|標準)?(?:答案|解答|[题題]解)$/.test(word)
    );
  });
}
