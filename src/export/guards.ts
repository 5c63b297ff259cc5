import { homedir, userInfo } from "node:os";
import MarkdownIt from "markdown-it";
import ts from "typescript";
import { dependenceOf } from "../kernel/cells/dependence";
import { type Reason, type StaleCell, sourceHash, staleCells } from "../runtime/stalecells";
import { ExportError, nameOf, shortened, subjectOf } from "./error";
import {
  type CodeCell,
  type DataOutput,
  type ErrorOutput,
  isObject,
  type Notebook,
  tagsOf,
} from "./notebook";
import { isPicture, svgType } from "./picturetypes";
import { type Owner, privacy } from "./privacy";

/** Kinds of problems that keep a notebook from being published. */
export const guardKinds = ["stale", "failed", "static", "alt", "private"] as const;
export type GuardKind = (typeof guardKinds)[number];

/**
 * Looks for what one does not want to publish.
 * @param allowed what is not looked for
 * @param owner whose name and folder must not be in it
 * @throws ExportError with a sentence for each problem, one a line
 */
export function guard(
  notebook: Notebook,
  allowed: readonly GuardKind[],
  owner: Owner = ownerOfThisMachine(),
): void {
  const problemsOf: { [kind in GuardKind]: () => string[] } = {
    stale: () => staleness(notebook),
    failed: () => failures(notebook),
    static: () => unchanging(notebook),
    alt: () => alternatives(notebook),
    private: () => privacy(notebook, owner),
  };
  const problems = guardKinds
    .filter((kind) => !allowed.includes(kind))
    .flatMap((kind) =>
      problemsOf[kind]().map((problem) => `${problem}, or allow it with \`--allow ${kind}\`.`),
    );
  if (problems.length > 0) throw new ExportError(problems.join("\n"));
}

function ownerOfThisMachine(): Owner {
  const home = homedir();
  try {
    return { user: userInfo().username, home };
  } catch {
    // A container's user may have no entry in the system's list.
    return { user: "", home };
  }
}

/** Cells whose outputs are not those that the notebook, run from its top, would give. */
export function staleness({ cells }: Notebook): string[] {
  const accounted = cells.map((cell) =>
    cell.type === "code" && cell.executionCount !== null
      ? { order: orderOf(cell), ...dependenceOf(cell.source) }
      : { order: null, declares: [], uses: [], changes: [] },
  );
  const stale = new Map(staleCells(accounted).map((found) => [found.cell, found]));
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const found = stale.get(index);
    return [
      ...(isEdited(cell) ? [`${subjectOf(cell, index)} was edited after it ran; run it again`] : []),
      ...(found ? [sayings[found.reason](subjectOf(cell, index), found, cells)] : []),
    ];
  });
}

const sayings: {
  [reason in Reason]: (who: string, found: StaleCell, cells: Notebook["cells"]) => string;
} = {
  changed: (who, { name, from }, cells) =>
    `${who} ran before ${nameOf(cells[from]!, from)} gave ${JSON.stringify(name)} its value; run it again`,
  stale: (who, { name, from }, cells) =>
    `${who} uses ${JSON.stringify(name)} of ${nameOf(cells[from]!, from)}, which must run again; run it after that`,
  other: (who, { name, from }, cells) =>
    `${who} took ${JSON.stringify(name)} from ${nameOf(cells[from]!, from)} and not from the last cell above it; run all cells from the top`,
  overtaken: (who, { name, from }, cells) =>
    `${who} gave ${JSON.stringify(name)} a value that ${nameOf(cells[from]!, from)} replaced too early; run all cells from the top`,
  below: (who, { name, from }, cells) =>
    `${who} uses ${JSON.stringify(name)} of ${nameOf(cells[from]!, from)} below it; put it below that`,
};

/** Our extension for JupyterLab keeps with a cell the hash of the source that gave its outputs. */
function isEdited({ metadata, source }: CodeCell): boolean {
  const own = metadata["tslab-gradients"];
  const hash = isObject(own) ? own.source : undefined;
  return typeof hash === "string" && hash !== sourceHash(source);
}

/** When a cell ran among the others: our extension numbers runs over all kernels, other programs leave the kernel's counts. */
function orderOf({ metadata, executionCount }: CodeCell): number | null {
  const own = metadata["tslab-gradients"];
  const { run, count } = isObject(own) ? own : {};
  return typeof run === "number" && count === executionCount ? run : executionCount;
}

/** Cells that failed or never ran. */
function failures({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const error = cell.outputs.find((output): output is ErrorOutput => output.type === "error");
    if (error && !tagsOf(cell).includes("raises-exception")) {
      const what = shortened(`${error.ename}: ${error.evalue}`);
      return [`${subjectOf(cell, index)} failed with ${JSON.stringify(what)}; correct it and run it again`];
    }
    return cell.executionCount === null && hasCode(cell)
      ? [`${subjectOf(cell, index)} has not run; run it`]
      : [];
  });
}

/** Whether there is anything to run but comments and white space. */
function hasCode({ source }: CodeCell): boolean {
  return (
    ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, source).scan() !== endOfFile
  );
}

const endOfFile = ts.SyntaxKind.EndOfFileToken;

/** Outputs that only a running program can show: paper, and a reader without scripts, see nothing. */
function unchanging({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const alive = new Set(cell.outputs.flatMap((output) => ("data" in output ? liveType(output) : [])));
    return [...alive].map(
      (type) =>
        `${subjectOf(cell, index)} shows ${type} without a still picture or text beside it; show it with a picture`,
    );
  });
}

const isStill = (type: string): boolean =>
  isPicture(type) || ["text/html", "text/markdown", "text/latex"].includes(type);
/** Outputs that their plain text stands for well enough. */
const toldByText = ["application/vnd.jupyter.widget-view+json", "application/json"];

function liveType({ data }: DataOutput): string[] {
  const types = Object.keys(data);
  if (types.some(isStill)) return [];
  const alive = types.filter((type) =>
    /^application\/(.*json|(x-)?(java|ecma)script)|^text\/javascript/.test(type),
  );
  const told = "text/plain" in data ? toldByText : [];
  return alive.filter((type) => !told.includes(type)).slice(0, 1);
}

/** Pictures that say nothing to those who do not see them. */
function alternatives({ cells }: Notebook): string[] {
  return cells.flatMap((cell, index) => {
    const silent =
      cell.type === "markdown"
        ? silentIn(cell.source)
        : cell.type === "code"
          ? cell.outputs.flatMap((output) => ("data" in output ? silentOf(output) : []))
          : [];
    return silent.map(
      (picture) => `${subjectOf(cell, index)} has ${picture} without alternative text; describe it`,
    );
  });
}

function silentOf(output: DataOutput): string[] {
  const { data } = output;
  const pictures = Object.keys(data).filter(isPicture);
  const isSilent = pictures.length > 0 && !isDescribed(output, pictures);
  return [
    ...(isSilent ? [`a picture (${pictures[0]})`] : []),
    ...silentElements(String(data["text/html"] ?? "")),
    ...silentIn(String(data["text/markdown"] ?? "")),
  ];
}

function isDescribed({ data, metadata }: DataOutput, pictures: readonly string[]): boolean {
  const alts = [metadata, ...pictures.map((type) => metadata[type])].map((own) => isObject(own) && own.alt);
  if (alts.some((alt) => typeof alt === "string" && alt.trim() !== "")) return true;
  const svg = String(data[svgType] ?? "");
  return /<(title|desc)\b[^>]*>\s*[^<\s]|<svg\b[^>]*\saria-label\s*=\s*(["'])\s*[^"'\s]/.test(svg);
}

const markdown = new MarkdownIt({ html: true });

/** The pictures of a Markdown text, but for what is shown as code. */
function silentIn(source: string): string[] {
  return markdown
    .parse(source, {})
    .flatMap((token) => token.children ?? [token])
    .flatMap((token) => {
      if (/^html_/.test(token.type)) return silentElements(token.content);
      const isSilent = token.type === "image" && token.content.trim() === "";
      return isSilent ? [`the picture ${JSON.stringify(shortened(String(token.attrGet("src") ?? "")))}`] : [];
    });
}

/** HTML: `alt=""` says that a picture is decoration. */
function silentElements(html: string): string[] {
  const elements = html.replace(/<!--.*?-->/gs, "").match(/<img\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi) ?? [];
  return elements
    .filter((element) => !/\salt\s*=\s*(?:""|''|["']?[^\s"'>]|["']\s+[^\s"'])/i.test(element))
    .filter((element) => !/\srole\s*=\s*["']?(?:presentation|none)\b/i.test(element))
    .map((element) => `the picture ${JSON.stringify(shortened(element))}`);
}
