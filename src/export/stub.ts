import ts from "typescript";
import { parse } from "./names";
import { joined, type Part } from "./solution";
import { amid } from "./stub/amid";
import { declarations } from "./stub/declarations";
import { functionAround, indentOf, placeOf, textOf, type Region } from "./stub/region";
import { resultAfterThrow, superCalls, throwingMember } from "./stub/throwing";
import type { Words } from "./words";

/**
 * A code cell with stubs for its solutions, and without its hidden tests.
 * @param needed the names that the rest of the notebook uses
 */
export function stubbed(
  source: string,
  parts: readonly Part[],
  needed: ReadonlySet<string>,
  words: Words,
): string {
  const file = parse(unmarked(source, parts));
  const texts = parts.map(({ kind, text, start, end, indent }) => {
    if (kind !== "solution") return kind === "plain" ? text : "";
    const lines = stubOf({ file, start, end, indent, needed, words });
    return lines.join("\n") + (source[end - 1] === "\n" ? "\n" : "");
  });
  return joined(texts, source);
}

/** A cell that is a solution altogether, as one part. */
export function wholeOf(source: string): Part {
  return { kind: "solution", text: source, start: 0, end: source.length, indent: "" };
}

function stubOf(region: Region): string[] {
  const { around, held, isCut } = placeOf(region);
  const { indent, words } = region;
  const comment = indent + words.code;
  if (ts.isInterfaceDeclaration(around) || ts.isTypeLiteralNode(around) || ts.isEnumDeclaration(around))
    return [
      comment,
      ...held.map((member) => indentOf(member, region) + textOf(member, region) + comma(around)),
    ];
  if (isCut || !isList(around)) return [amid(around, region)];
  if (ts.isClassLike(around)) {
    const members = held.filter(ts.isClassElement).flatMap((member) => throwingMember(member, region));
    return members.length > 0 ? members : [comment];
  }
  const inside = functionAround(around);
  if (!inside) {
    const lines = declarations(held, region, ` ${words.code}`);
    return lines.some((line) => line.includes(words.code)) ? lines : [...lines, comment];
  }
  const constructs = ts.isConstructorDeclaration(inside) ? held.flatMap(superCalls) : [];
  const fails = `throw new Error(${JSON.stringify(words.unsolved)});`;
  const body = [...constructs, fails, ...resultAfterThrow(inside, held)];
  return [comment, ...declarations(held, region, ""), ...body.map((line) => indent + line)];
}

/** Whether a node's children are statements or members. */
function isList(node: ts.Node): boolean {
  const isStatements = ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node);
  return isStatements || ts.isCaseOrDefaultClause(node) || ts.isClassLike(node);
}

function comma(around: ts.Node): string {
  return ts.isEnumDeclaration(around) ? "," : "";
}

/** The cell with blanks for its marks, so that it can be parsed: `###` is no TypeScript. */
export function unmarked(source: string, parts: readonly Part[]): string {
  const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");
  return parts
    .map(({ text, start, end }) => {
      const whole = source.slice(start, end);
      if (whole === text) return whole;
      const from = whole.indexOf("\n") + 1;
      const to = from + text.length;
      return blank(whole.slice(0, from)) + text + blank(whole.slice(to));
    })
    .join("");
}
