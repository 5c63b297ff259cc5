// @ts-check
// What doctor's checks find, and how it is told.
import { homedir } from "node:os";
import { titleOf, unmarked, word } from "./wording.mjs";

/**
 * How a check came out. "optional" needs no mending: nobody asked for it, or this machine cannot have it.
 * @typedef {"ok" | "missing" | "broken" | "optional"} State
 */

/**
 * What `--fix` may do about it: run the set-up, with the stamps removed that would keep it from trying again; make the
 * kernel's prepared start; or write one of our own kernelspecs or JupyterLab extensions anew.
 * @typedef {{ setup: string[] } | { prepare: true } | { kernelspec: string } | { labextension: string }} Mend
 */

/**
 * @typedef {object} Finding
 * @property {string} name the same in every language
 * @property {State} state
 * @property {string} detail
 * @property {string} advice what to do, or what an optional thing is good for; empty where there is nothing to say
 * @property {Record<string, unknown>} facts what the detail says, for programs
 * @property {Mend} [mend]
 */

/** @typedef {Finding | Finding[] | undefined} Answer */

/** @typedef {{ name: string, look: () => Answer | Promise<Answer> }} Check */

/**
 * @param {string} name
 * @param {string} detail
 * @param {Record<string, unknown>} [facts]
 * @returns {Finding}
 */
export function fine(name, detail, facts = {}) {
  return { name, state: "ok", detail, advice: "", facts };
}

/**
 * @param {string} name
 * @param {State} state
 * @param {string} detail
 * @param {string} advice
 * @param {{ mend?: Mend | undefined, facts?: Record<string, unknown> }} [more]
 * @returns {Finding}
 */
export function wanting(name, state, detail, advice, { mend, facts = {} } = {}) {
  return { name, state, detail, advice, facts, ...(mend && { mend }) };
}

/**
 * What a check that failed itself says.
 * @param {string} name
 * @param {unknown} error
 * @param {string} [advice]
 */
export function failed(name, error, advice = "") {
  return wanting(name, "broken", firstLine(error instanceof Error ? error.message : String(error)), advice);
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split("\n", 1)[0] ?? "";
}

/**
 * The line of a program's last words that says what went wrong: an error's own, or else the last.
 * @param {string} text
 */
export function lastWords(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^Node\.js v/.test(line));
  return (lines.find((line) => /^\w*Error\b.*:/.test(line)) ?? lines.at(-1) ?? "").trim();
}

/** Wide characters take two columns of a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** @param {string} text */
export function columnsOf(text) {
  let columns = 0;
  for (const character of unmarked(text)) columns += wide.test(character) ? 2 : 1;
  return columns;
}

/**
 * @param {string} text
 * @param {number} columns
 */
const padded = (text, columns) => text + " ".repeat(Math.max(0, columns - columnsOf(text)));

/**
 * What stays in one line: a path in its marks, a command in its quotes, a word; Chinese may break between any two characters,
 * but not before its punctuation.
 */
const piecesOfText =
  / *(?:\ue000[^\ue001]*\ue001[^\s\u3400-\u9fff]*|“[^”]*”[^\s\u3400-\u9fff]*|[\u3400-\u9fff][,:;.)”、。\uff09\uff0c\uff1a\uff1b]*|[^\s\u3400-\u9fff“\ue000]+)/gu;

/**
 * The text in lines that are not too wide; paths and commands stay whole, so that they can be copied.
 * @param {string} text
 * @param {number} first how much of the first line is taken
 * @param {number} indent of the others
 * @param {number} columns
 */
function wrapped(text, first, indent, columns) {
  // Chinese may break between any two characters, but not before its punctuation.
  const pieces = text.match(piecesOfText) ?? [];
  let lines = "";
  let at = first;
  for (const piece of pieces) {
    const width = columnsOf(piece);
    if (at + width > columns && at > indent) {
      lines += `\n${" ".repeat(indent)}${piece.trimStart()}`;
      at = indent + columnsOf(piece.trimStart());
    } else {
      const fresh = at === indent ? piece.trimStart() : piece;
      lines += fresh;
      at += columnsOf(fresh);
    }
  }
  return lines;
}

/** @param {string} text */
const untrailed = (text) => text.replace(/ +$/gm, "");

/** The home folder as people write it, who do not on Windows. @param {string} text */
export function shortened(text, platform = process.platform) {
  try {
    return platform === "win32" ? text : text.replaceAll(`${homedir()}/`, "~/");
  } catch {
    return text;
  }
}

/**
 * For people: a line a check, advice below it, and how many things there are to mend.
 * @param {Finding[]} findings
 * @param {string} fixCommand
 * @param {number} [columns]
 */
export function report(findings, fixCommand, columns = 80) {
  const states = findings.map(({ state }) => word(state));
  const titles = findings.map(titleOf);
  const stateWidth = Math.max(...states.map(columnsOf)) + 2;
  const titleWidth = Math.max(...titles.map(columnsOf)) + 2;
  const lines = findings.map(({ detail, advice }, i) => {
    const start = padded(states[i] ?? "", stateWidth) + padded(titles[i] ?? "", titleWidth);
    const indent = stateWidth + 2;
    const line = start + wrapped(shortened(detail), columnsOf(start), indent, columns);
    if (advice === "") return untrailed(line);
    const arrow = `${" ".repeat(stateWidth)}→ `;
    return `${untrailed(line)}\n${arrow}${wrapped(shortened(advice), columnsOf(arrow), indent, columns)}`;
  });
  const wrong = findings.filter(isWrong);
  const count = wrong.length === 0 ? "allWell" : wrong.length === 1 ? "oneToMend" : "toMend";
  const total = word(count, wrong.length);
  const isFixable = wrong.some(({ mend }) => mend !== undefined);
  return `${unmarked(lines.join("\n"))}\n\n${isFixable ? word("fixable", total, fixCommand) : total}\n`;
}

/** @param {Finding} finding */
export function isWrong({ state }) {
  return state === "missing" || state === "broken";
}
