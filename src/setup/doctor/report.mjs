// @ts-check
import { homedir } from "node:os";
import { titleOf, unmarked, word } from "./words.mjs";

/** @typedef {import("./finding.mjs").Finding} Finding */

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
export function wrapped(text, first, indent, columns) {
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
