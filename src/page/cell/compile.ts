import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { transform } from "sucrase";
import type { Failure } from "../../runtime/execution";
import { codeFrame, red } from "../../runtime/failure";
import type { Words } from "../pagewords";
import { modernised, Unsupported } from "./modern";

/** A cell as the worker runs it: the body of an async function, every line where it was. */
export interface Compiled {
  code: string;
  /** What it declares at its top, which other cells can use. */
  names: string[];
}

/**
 * Takes the types from a cell and makes its top's declarations into assignments to variables that all cells share. Types
 * are not checked: that is the kernel's work.
 * @returns the failure where it is no TypeScript
 */
export function compile(source: string, name: string, words: Words): Compiled | { failure: Failure } {
  try {
    const { code } = transform(modernised(source), {
      transforms: ["typescript"],
      disableESTransforms: true,
      keepUnusedImports: true,
    });
    return shared(code);
  } catch (error) {
    if (error instanceof Unsupported) {
      const before = source.slice(0, error.position).split("\n");
      const place = { line: before.length - 1, column: before.at(-1)!.length };
      return { failure: refused(words[error.word], source, place, name) };
    }
    return { failure: failureOf(error as Error & { loc?: { line: number; column: number } }, source, name) };
  }
}

function shared(code: string): Compiled {
  const names: string[] = [];
  const functions: string[] = [];
  const statements: SyntaxNode[] = [];
  const tree = parser.parse(code);
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) statements.push(node);
  const last = statements.filter(({ name }) => !/Comment$|^;$/.test(name)).at(-1);
  let out = "";
  let at = 0;
  for (const statement of statements) {
    out += code.slice(at, statement.from) + written(statement);
    at = statement.to;
  }
  const hoisted = functions.map((name) => `__cell.share(${JSON.stringify(name)}, ${name});`).join("");
  return { code: hoisted + out + code.slice(at), names: [...new Set(names)] };

  function renamed(group: SyntaxNode): string {
    const pairs = exportedNames(group, code);
    names.push(...pairs.map(([, given]) => given));
    return `;${pairs.map(([own, given]) => `${given} = ${own};`).join(" ")}`;
  }

  function written(statement: SyntaxNode): string {
    const text = (node: SyntaxNode): string => resumed(node, code);
    switch (statement.name) {
      case "ImportDeclaration": {
        const { assignment, declares } = imported(statement, code);
        names.push(...declares);
        return assignment + "\n".repeat(code.slice(statement.from, statement.to).split("\n").length - 1);
      }
      case "ExportDeclaration": {
        const group = statement.getChild("ExportGroup");
        // Names declared at the top are kept for other cells anyway: `export` adds nothing.
        if (group !== null && statement.getChild("from") === null) return renamed(group);
        if (statement.getChild("from") !== null) throw new Unsupported(statement.from, "noForm");
        const inner = statement.getChild("VariableDeclaration") ?? declarationIn(statement);
        return inner === null
          ? text(statement)
          : code.slice(statement.from, inner.from).replace(/\S/g, " ") + written(inner);
      }
      case "VariableDeclaration": {
        names.push(...bindingsOf(statement, code));
        return assigned(statement, text, code);
      }
      case "ClassDeclaration": {
        const name = nameIn(statement, code);
        names.push(name);
        return `;${name} = ${text(statement)};`;
      }
      case "FunctionDeclaration": {
        const name = nameIn(statement, code);
        names.push(name);
        functions.push(name);
        return text(statement);
      }
      case "ExpressionStatement": {
        const expression = statement.firstChild;
        if (statement !== last || expression === null) return text(statement);
        return `;return { value: await (${text(expression)}) };`;
      }
      default:
        return text(statement);
    }
  }
}

/** The names that `export { a as b }` gives besides, as assignments. */
function exportedNames(group: SyntaxNode, code: string): [own: string, given: string][] {
  const text = code.slice(group.from + 1, group.to - 1);
  return text.split(",").flatMap((each): [string, string][] => {
    const [, own = "", given = ""] =
      /^\s*([\p{ID_Continue}$]+)\s+as\s+([\p{ID_Continue}$]+)\s*$/u.exec(each) ?? [];
    return given === "" || given === "default" ? [] : [[own, given]];
  });
}

function declarationIn(statement: SyntaxNode): SyntaxNode | null {
  return statement.getChild("ClassDeclaration") ?? statement.getChild("FunctionDeclaration");
}

function nameIn(statement: SyntaxNode, code: string): string {
  const name = statement.getChild("VariableDefinition");
  return name === null ? "" : code.slice(name.from, name.to);
}

/** `let a = 1, { b } = c, d;` as assignments; what has no value gets none, and what `using` holds is let go of at the end. */
function assigned(statement: SyntaxNode, text: (node: SyntaxNode) => string, code: string): string {
  const using = statement.getChild("using");
  const isAsync = using?.prevSibling?.name === "await";
  const keyword = using ?? statement.firstChild!;
  let out = ";(";
  let at = keyword.to;
  for (let node = keyword.nextSibling; node && node.name !== ";"; node = node.nextSibling) {
    const isBare = node.name === "VariableDefinition" && node.nextSibling?.name !== "Equals";
    const isHeld = using !== null && node.prevSibling?.name === "Equals";
    const own = isHeld ? `__cell.using(${text(node)}, ${isAsync})` : text(node);
    out += code.slice(at, node.from) + own + (isBare ? " = void 0" : "");
    at = node.to;
  }
  return `${out});`;
}

/** A node's text, in which every `await` gives the code back to the cell that it belongs to. */
function resumed(node: SyntaxNode, code: string): string {
  let out = "";
  let at = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    out += code.slice(at, child.from) + resumed(child, code);
    at = child.to;
  }
  out += code.slice(at, node.to);
  return node.name === "AwaitExpression" ? `__cell.back(__cell.here(), ${out})` : out;
}

function refused(
  evalue: string,
  source: string,
  place: { line: number; column: number },
  name: string,
): Failure {
  const text = source.split("\n")[place.line] ?? "";
  const traceback = [`${red("SyntaxError")}: ${evalue}`, codeFrame(name, text, place, place)];
  return { ename: "SyntaxError", evalue, traceback };
}

function failureOf(
  { message, loc }: Error & { loc?: { line: number; column: number } },
  source: string,
  name: string,
): Failure {
  const evalue = `${message.replace(/^Error transforming.*?: |^SyntaxError: /g, "").replace(/ \(\d+:\d+\)$/, "")}.`;
  const place = { line: (loc?.line ?? 1) - 1, column: Math.max(0, (loc?.column ?? 1) - 1) };
  return refused(evalue, source, place, name);
}

/** The names that a declaration's patterns declare. */
function bindingsOf(declaration: SyntaxNode, code: string): string[] {
  const names: string[] = [];
  const visit = (node: SyntaxNode): void => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "VariableDefinition") names.push(code.slice(child.from, child.to));
      else if (/^(Object|Array)Pattern$|^PatternProperty$/.test(child.name)) visit(child);
    }
  };
  visit(declaration);
  return names;
}

/** An import as an assignment to what all cells share: the page has its modules already. */
function imported(statement: SyntaxNode, code: string): { assignment: string; declares: string[] } {
  const text = (node: SyntaxNode): string => code.slice(node.from, node.to);
  const module = `__cell.module(${text(statement.getChild("String")!)})`;
  const declares: string[] = [];
  const parts: string[] = [];
  const members: string[] = [];
  for (let node = statement.firstChild; node; node = node.nextSibling) {
    if (node.name !== "VariableDefinition") continue;
    declares.push(text(node));
    if (node.prevSibling?.name === "as") parts.push(`${text(node)} = ${module}`);
    else members.push(`default: ${text(node)}`);
  }
  let from = "";
  for (let node = statement.getChild("ImportGroup")?.firstChild ?? null; node; node = node.nextSibling) {
    if (node.name === "VariableName" || node.name === "String") from = text(node);
    if (node.name !== "VariableDefinition") continue;
    declares.push(text(node));
    members.push(from === "" ? text(node) : `${from}: ${text(node)}`);
    from = "";
  }
  if (members.length > 0) parts.push(`{ ${members.join(", ")} } = ${module}`);
  return { assignment: `;(${parts.join(", ") || module});`, declares };
}
