import { nameOf } from "../error";
import { isBitmap } from "../picturetypes";
import ts from "typescript";
import { parse } from "../../kernel/cells/dependence";
import { publishedHeader, publishedMetadata } from "../writenotebook";
import { type CodeCell, isForeign, type Notebook, type Output } from "../notebook";
import { stretches } from "./decoded";
import { normalised, type Secret } from "./search";
import { statementsOf, tokensOf } from "./statements";
import { htmlOf, offeredIn } from "./texts";

/** A place that students read and whose words do not run: a comment, a string, a text, an output, metadata. */
interface Place {
  /** How a sentence begins that names it. */
  name: string;
  texts: string[];
}

/** What an export has beside code and text. */
export interface Published {
  outputs: boolean;
  metadata: boolean;
}

/**
 * The places of what students are given.
 * @param original names its cells
 */
export function* placesOf(original: Notebook, student: Notebook, published: Published): Generator<Place> {
  const names = new Map(original.cells.map((cell, index) => [cell.id, nameOf(cell, index)]));
  for (const cell of student.cells) {
    const name = names.get(cell.id)!;
    if (cell.type === "code") yield* isForeign(student) ? [] : placesInCode(cell, name);
    else yield { name: `The text of ${name}`, texts: [cell.source, htmlOf(cell.source)] };
    if (cell.type === "code" && published.outputs)
      yield { name: `The output of ${name}`, texts: [...cell.outputs.flatMap(textsIn), printedBy(cell)] };
    if (cell.type !== "code" && Object.keys(cell.attachments).length > 0)
      yield { name: `An attachment of ${name}`, texts: Object.values(cell.attachments).flatMap(textsOfData) };
    if (published.metadata)
      yield { name: `The metadata of ${name}`, texts: [JSON.stringify(publishedMetadata(cell))] };
  }
  if (published.metadata)
    yield { name: "The notebook's metadata", texts: [JSON.stringify(publishedHeader(student.metadata))] };
}

/** A cell's comments and strings. */
function* placesInCode({ source }: CodeCell, name: string): Generator<Place> {
  for (const { text, start } of wordsInCode(source)) {
    const line = source.slice(0, start).split("\n").length;
    yield { name: `Line ${line} of ${name}`, texts: [text] };
  }
}

/** Comments and strings, by themselves and joined: together they may say what none of them does. */
function* wordsInCode(source: string): Generator<{ text: string; start: number }> {
  const file = runningIn(source);
  const comments: { text: string; start: number }[] = [];
  const strings: { text: string; start: number }[] = [];
  for (const token of tokensOf(file, file)) {
    const start = token.getStart(file);
    // From the cell's own text: in the parsed one there are blanks for what does not run.
    const before = source.slice(token.pos, start);
    if (before.trim() !== "") comments.push({ text: before, start: token.pos + before.search(/\S/) });
    if (!isText(token)) continue;
    yield { text: source.slice(start, token.end), start };
    strings.push({ text: (token as ts.LiteralLikeNode).text, start });
  }
  yield* comments;
  for (const [sign, words] of [
    ["\n", comments],
    ["", strings],
  ] as const)
    if (words.length > 1) yield { text: words.map(({ text }) => text).join(sign), start: words[0]!.start };
}

/** A cell's code, with blanks in the place of what does not run: others' comments and magics, and what cannot be parsed. */
function runningIn(source: string): ts.SourceFile {
  const isMagic = /^\s*%%/.test(source);
  const file = parse(isMagic ? "" : source.replace(/^[ \t]*(?:#(?!\w+[ \t]*[=(:;])|%).*$/gm, blanks));
  const { parseDiagnostics } = file as { parseDiagnostics?: readonly ts.Diagnostic[] };
  return isMagic || (parseDiagnostics ?? []).length > 0 ? parse(blanks(source)) : file;
}

function blanks(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

function isText(token: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(token) ||
    ts.isTemplateMiddleOrTemplateTail(token) ||
    token.kind === ts.SyntaxKind.TemplateHead ||
    ts.isRegularExpressionLiteral(token)
  );
}

/** What a program prints comes in pieces. */
function printedBy({ outputs }: CodeCell): string {
  return outputs.map((output) => (output.type === "stream" ? output.text : "")).join("");
}

function textsIn(output: Output): string[] {
  switch (output.type) {
    case "stream":
      return [output.text];
    case "error":
      return [`${output.ename}\n${output.evalue}`, output.traceback.join("\n")];
    default:
      return [...textsOfData(output.data), JSON.stringify(output.metadata)];
  }
}

/** What data of each type says; pictures too, whose files may hold remarks. */
function textsOfData(data: { [name: string]: unknown }): string[] {
  return Object.entries(data).flatMap(([type, value]) => {
    if (typeof value !== "string") return [JSON.stringify(value)];
    if (isBitmap(type) || type.startsWith("application/pdf")) return stretches(Buffer.from(value, "base64"));
    return /^text\/markdown/.test(type) ? [value, htmlOf(value)] : [value];
  });
}

/** What students get anyway, where it belongs: as code that runs, as a task's text. */
export class Given {
  private readonly statements = new Set<string>();
  /** Code without its comments, normalised as all that follows. */
  private readonly code: string;
  /** Code without its comments and strings. */
  private readonly bare: string;
  /** What tasks ask and offer, and all of the text. */
  private readonly offered: string;
  private readonly prose: string;
  private readonly sources: string;
  private readonly isForeign: boolean;

  constructor(student: Notebook) {
    const { cells } = student;
    this.isForeign = isForeign(student);
    const code: string[] = [];
    const bare: string[] = [];
    const prose: string[] = [];
    for (const { type, source } of cells) {
      if (type !== "code") {
        prose.push(source);
        continue;
      }
      if (this.isForeign) {
        code.push(source);
        bare.push(source);
        continue;
      }
      const file = runningIn(source);
      for (const statement of statementsOf(file)) this.statements.add(statement);
      for (const token of tokensOf(file, file)) {
        code.push(token.getText(file));
        if (!isText(token)) bare.push(token.getText(file));
      }
    }
    this.code = normalised(code.join(" "));
    this.bare = normalised(bare.join(" "));
    this.sources = normalised(cells.map(({ source }) => source).join("\n"));
    this.prose = normalised(prose.join("\n"));
    this.offered = prose.map(offeredIn).join("\n");
  }

  /** Whether it is no secret at all. */
  has({ kind, text = "" }: Secret): boolean {
    switch (kind) {
      case "statement":
        return this.isForeign ? this.code.includes(text) : this.statements.has(text);
      case "expression":
        return this.bare.includes(text);
      case "message":
        return this.code.includes(text) || this.prose.includes(text);
      case "line":
        return this.sources.includes(text);
      case "sentence":
        return this.offered.includes(text);
      default:
        return false;
    }
  }

  /** Whether it stands within code that runs, as a part of something longer. */
  runs({ text = "" }: Secret): boolean {
    return this.code.includes(text);
  }
}
