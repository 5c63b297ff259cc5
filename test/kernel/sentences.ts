import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A sentence that the sources throw or print; ⟨…⟩ stands for what only a run knows. */
export interface Told {
  place: string;
  sentence: string;
}

const unknown = "⟨…⟩";
/** So many forms of one sentence are looked at, and so deep its parts are followed. */
const most = 300;
const deepest = 8;

/** What puts values into sentences, and has its own test. */
const valueTexts = [
  "quote",
  "boundedText",
  "text",
  "shown",
  "shortened",
  "gigabytes",
  "String",
  "firstLine",
  "told",
  "inReadersWords",
];

/**
 * Finds the sentences that the sources throw or print, with TypeScript's parser: what errors are made of, what is printed
 * and what is told in the reader's words, followed through constants, parameters and what functions return.
 */
export class Sentences {
  private readonly files: ts.SourceFile[];
  private readonly functions = new Map<string, ts.FunctionLikeDeclaration[]>();
  private readonly calls = new Map<string, ts.CallExpression[]>();

  /** @param paths files and folders below `src` */
  constructor(paths: readonly string[]) {
    const all = readdirSync("src", { recursive: true, encoding: "utf8" }).map((file) =>
      file.replaceAll("\\", "/"),
    );
    const wanted = all.filter(
      (file) =>
        /(?<!\.d)\.ts$/.test(file) && paths.some((path) => file === path || file.startsWith(`${path}/`)),
    );
    this.files = wanted.sort().map((file) => {
      const text = readFileSync(join("src", file), "utf8");
      return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    });
    for (const file of this.files) this.visit(file, (node) => this.index(node));
  }

  /** Those of the files whose paths begin so. */
  told(folder = ""): Told[] {
    const told = new Map<string, Told>();
    for (const file of this.files) {
      if (!file.fileName.startsWith(folder)) continue;
      this.visit(file, (node) => {
        const argument = toldBy(node);
        if (argument === undefined) return;
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        const place = `src/${file.fileName}:${line + 1}`;
        for (const form of this.forms(argument))
          for (const sentence of whole(node, form).split("\n"))
            if (isSentence(sentence)) told.set(sentence, { place, sentence });
      });
    }
    return [...told.values()];
  }

  /** The templates and strings of a folder's files, wherever they stand. */
  texts(folder: string): Told[] {
    const texts: Told[] = [];
    for (const file of this.files)
      if (file.fileName.startsWith(folder))
        this.visit(file, (node) => {
          if (!ts.isTemplateExpression(node) && !ts.isStringLiteralLike(node)) return;
          for (const sentence of this.forms(node)) texts.push({ place: `src/${file.fileName}`, sentence });
        });
    return texts;
  }

  private visit(node: ts.Node, work: (node: ts.Node) => void): void {
    work(node);
    ts.forEachChild(node, (child) => this.visit(child, work));
  }

  private index(node: ts.Node): void {
    if (ts.isFunctionLike(node) && "body" in node) {
      const name = nameOf(node as ts.FunctionLikeDeclaration);
      if (name !== null) add(this.functions, name, node as ts.FunctionLikeDeclaration);
    } else if (ts.isCallExpression(node)) add(this.calls, calledName(node), node);
  }

  /** The texts that an expression may have. */
  private forms(node: ts.Expression, depth = 0): string[] {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (depth > deepest) return [unknown];
    const next = (inner: ts.Expression): string[] => this.forms(inner, depth + 1);
    if (ts.isTemplateExpression(node))
      return product([
        [node.head.text],
        ...node.templateSpans.flatMap(({ expression, literal }) => [next(expression), [literal.text]]),
      ]);
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node))
      return this.forms(node.expression, depth);
    if (ts.isConditionalExpression(node)) return union([next(node.whenTrue), next(node.whenFalse)]);
    if (ts.isBinaryExpression(node)) {
      const parts = [next(node.left), next(node.right)];
      if (node.operatorToken.kind === ts.SyntaxKind.PlusToken) return product(parts);
      return node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ? union(parts) : [unknown];
    }
    if (ts.isIdentifier(node)) return this.formsOfName(node, depth);
    if (ts.isElementAccessExpression(node)) return this.formsOfEntries(node, depth);
    if (ts.isCallExpression(node)) return this.formsOfCall(node, depth);
    return [unknown];
  }

  /** Of a constant its value's, of a parameter those of what is passed for it. */
  private formsOfName(name: ts.Identifier, depth: number): string[] {
    for (let scope: ts.Node = name.parent; scope; scope = scope.parent) {
      if (ts.isFunctionLike(scope) && "body" in scope) {
        const index = scope.parameters.findIndex((parameter) => parameter.name.getText() === name.text);
        if (index >= 0) return this.formsOfParameter(scope as ts.FunctionLikeDeclaration, index, depth);
      }
      if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
      for (const statement of scope.statements) {
        const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
        const own = declarations.find((declaration) => declaration.name.getText() === name.text);
        if (own) return own.initializer ? this.forms(own.initializer, depth + 1) : [unknown];
      }
    }
    return [unknown];
  }

  private formsOfParameter(owner: ts.FunctionLikeDeclaration, index: number, depth: number): string[] {
    const name = nameOf(owner);
    const calls = name === null ? [] : (this.calls.get(name) ?? []);
    const passed = calls
      .filter((call) => this.mayCall(call, owner))
      .flatMap(({ arguments: given }) => given[index] ?? []);
    return union(passed.map((argument) => this.forms(argument, depth + 1)));
  }

  /** Whether a call by a function's name is one of it: others may have the same name in their files. */
  private mayCall(call: ts.CallExpression, owner: ts.FunctionLikeDeclaration): boolean {
    const [file, home] = [call.getSourceFile(), owner.getSourceFile()];
    if (file === home) return true;
    if (!ts.isFunctionDeclaration(owner)) return dirname(file.fileName) === dirname(home.fileName);
    const isExported = owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    const namesakes = this.functions.get(calledName(call)) ?? [];
    return isExported && !namesakes.some((other) => other.getSourceFile() === file);
  }

  /** Of a constant table its values'. */
  private formsOfEntries({ expression }: ts.ElementAccessExpression, depth: number): string[] {
    const table = ts.isIdentifier(expression) ? this.initializer(expression) : undefined;
    if (!table || !ts.isObjectLiteralExpression(table)) return [unknown];
    return union(
      table.properties.map((property) =>
        ts.isPropertyAssignment(property) ? this.forms(property.initializer, depth + 1) : [unknown],
      ),
    );
  }

  private initializer(name: ts.Identifier): ts.Expression | undefined {
    let found: ts.Expression | undefined;
    this.visit(name.getSourceFile(), (node) => {
      if (ts.isVariableDeclaration(node) && node.name.getText() === name.text) found = node.initializer;
    });
    return found;
  }

  /** Those that a function of ours returns. */
  private formsOfCall(call: ts.CallExpression, depth: number): string[] {
    const name = calledName(call);
    const [only, ...others] = this.functions.get(name) ?? [];
    if (valueTexts.includes(name) || only === undefined || others.length > 0) return [unknown];
    const returned: ts.Expression[] = [];
    if (only.body && !ts.isBlock(only.body)) returned.push(only.body);
    else if (only.body)
      this.visit(only.body, (node) => {
        if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression);
      });
    return union([...returned.map((expression) => this.forms(expression, depth + 1)), []]);
  }
}

/** What an expression tells, where it tells something. */
function toldBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isNewExpression(node))
    return /Error$|^ProcessExit$/.test(node.expression.getText()) ? node.arguments?.[0] : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression.getText();
  const tells = /^(super|console\.warn|process\.stderr\.write|inReadersWords|told)$/.test(called);
  return tells ? node.arguments[0] : undefined;
}

/** What is wrong with a message is said in a sentence of the kernel's. */
function whole(node: ts.Node, form: string): string {
  const isPart = ts.isNewExpression(node) && node.expression.getText() === "MessageError";
  return isPart ? `A message was ignored: ${form}.` : form;
}

/** Whether it has English words side by side, and no gap where a part of it is left out. */
function isSentence(text: string): boolean {
  return /[A-Za-z]{2,} [a-z]{2,}/.test(text) && !/^ | \.$/.test(text);
}

function nameOf(node: ts.FunctionLikeDeclaration): string | null {
  if (node.name) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : null;
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function union(forms: readonly string[][]): string[] {
  const all = [...new Set(forms.flat())].slice(0, most);
  return all.length === 0 ? [unknown] : all;
}

function product(parts: readonly string[][]): string[] {
  const whole = parts.reduce((sofar, part) =>
    sofar.flatMap((before) => part.map((after) => before + after)).slice(0, most),
  );
  return whole.map((text) => text.replaceAll(unknown + unknown, unknown));
}
