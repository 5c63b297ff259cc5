// @ts-check
import { message } from "./messages.mjs";

const out = process.stdout;
/** Without a terminal, progress comes as whole lines, and not too many of them. */
const quietSeconds = 20;

/** The steps at work: on a terminal each has a line below what was said. @type {Set<() => string>} */
const shown = new Set();
/** How many of their lines the terminal shows. */
let drawn = 0;
/** @type {NodeJS.Timeout | undefined} */
let redrawing;

/** @param {string} line */
export function say(line) {
  above(() => out.write(`${line}\n`));
}

/** @param {string} line */
export function complain(line) {
  above(() => process.stderr.write(`${line}\n`));
}

/** @typedef {(text: string) => void} Progress */

/**
 * Shows a step from its start to its end, with the seconds it has taken.
 * @template T
 * @param {string} title
 * @param {(progress: Progress) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function showing(title, work) {
  const start = Date.now();
  const seconds = () => ((Date.now() - start) / 1000).toFixed(Date.now() - start < 9950 ? 1 : 0);
  let text = "";
  let told = start;
  const line = () => [title, "…", text, `(${Math.floor(Number(seconds()))} s)`].filter(Boolean).join(" ");
  if (out.isTTY) above(() => shown.add(line));
  else say(`${title} …`);
  if (out.isTTY) redrawing ??= setInterval(() => above(() => {}), 500);
  try {
    const result = await work((next) => {
      text = next;
      if (out.isTTY) return above(() => {});
      if (Date.now() - told < quietSeconds * 1000) return;
      told = Date.now();
      say(`${title} … ${text} (${seconds()} s)`);
    });
    above(() => {
      shown.delete(line);
      out.write(`${message("done", title, seconds())}\n`);
    });
    return result;
  } finally {
    above(() => shown.delete(line));
    if (shown.size === 0) {
      clearInterval(redrawing);
      redrawing = undefined;
    }
  }
}

/** Shows no step any more: for a process that is about to end. */
export function endShowing() {
  above(() => shown.clear());
}

/**
 * Writes above the lines of the steps at work, or changes which they are.
 * @param {() => void} write
 */
function above(write) {
  if (drawn > 0) out.write(`${drawn > 1 ? `\u001b[${drawn - 1}A` : ""}\r\u001b[J`);
  write();
  const { columns = 80, rows = 24 } = out;
  // A line that is broken, or one more than fits, would not be found again.
  const lines = [...shown].slice(0, rows - 1).map((line) => cut(line(), Math.max(20, columns - 1)));
  drawn = lines.length;
  out.write(lines.join("\n"));
}

/** Chinese characters take two columns each. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/**
 * @param {string} line
 * @param {number} columns
 */
function cut(line, columns) {
  let left = columns;
  let end = 0;
  for (const character of line) {
    left -= wide.test(character) ? 2 : 1;
    if (left < 0) break;
    end += character.length;
  }
  return line.slice(0, end);
}
