// @ts-check
import { message } from "./messages.mjs";

const out = process.stdout;
/** Without a terminal, progress comes as whole lines, and not too many of them. */
const quietSeconds = 20;

/** @param {string} line */
export function say(line) {
  out.write(`${line}\n`);
}

/** @param {string} line */
export function complain(line) {
  process.stderr.write(`${line}\n`);
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
  const draw = () => {
    const line = `${title} … ${text} (${Math.floor(Number(seconds()))} s)`.replace(" …  (", " … (");
    out.write(`\r\u001b[K${line.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`);
  };
  if (!out.isTTY) say(`${title} …`);
  else draw();
  const timer = out.isTTY ? setInterval(draw, 500) : undefined;
  try {
    const result = await work((next) => {
      text = next;
      if (out.isTTY) return draw();
      if (Date.now() - told < quietSeconds * 1000) return;
      told = Date.now();
      say(`  ${text} (${seconds()} s)`);
    });
    if (out.isTTY) out.write("\r\u001b[K");
    say(message("done", title, seconds()));
    return result;
  } catch (error) {
    if (out.isTTY) out.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}
