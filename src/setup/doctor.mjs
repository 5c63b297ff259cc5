// @ts-check
// Says what is set up, what is not, and how to mend it. It runs without the build, npm's packages and Python, and whatever
// is wrong with one check leaves the others as they are: each group is loaded by itself, and only when it is asked.
import { constants } from "node:os";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
// The first of all: without a home folder it names another one, which the modules after it ask for.
import { endAsked } from "./doctor/askprogram.mjs";
import { failed, isWrong, report } from "./doctor/findings.mjs";
import { endings } from "./processes.mjs";
import { unmarked, word } from "./doctor/wording.mjs";

/** @typedef {import("./doctor/findings.mjs").Finding} Finding */
/** @typedef {{ json?: boolean | undefined, fix?: boolean | undefined, timeout?: string | undefined }} DoctorOptions */

/** How many seconds a kernel may take to answer, where nobody says. */
const patience = 30;

/**
 * @param {number} seconds
 * @returns {[string, () => Promise<import("./doctor/findings.mjs").Check[]>][]}
 */
const groups = (seconds) => [
  ["Node.js", async () => (await import("./doctor/checkmachine.mjs")).checks],
  ["package", async () => (await import("./doctor/checkpackage.mjs")).checks],
  ["Python", async () => (await import("./doctor/checkpython.mjs")).checks],
  ["kernelspec", async () => (await import("./doctor/checkjupyter.mjs")).checksWithin(seconds)],
  ["native TensorFlow", async () => (await import("./doctor/checkcomputing.mjs")).checks],
];

/**
 * All checks side by side; it changes nothing.
 * @param {number} [seconds] how long a kernel may take to answer
 * @returns {Promise<Finding[]>}
 */
async function diagnose(seconds = patience) {
  const findings = groups(seconds).map(async ([name, load]) => {
    try {
      return (await Promise.all((await load()).map(answerOf))).flat();
    } catch (error) {
      return [failed(name, error)];
    }
  });
  return (await Promise.all(findings)).flat();
}

/**
 * @param {import("./doctor/findings.mjs").Check} check
 * @returns {Promise<Finding[]>}
 */
async function answerOf({ name, look }) {
  try {
    return [(await look()) ?? []].flat();
  } catch (error) {
    return [failed(name, error)];
  }
}

/**
 * @param {DoctorOptions} [options]
 * @returns {Promise<number>} the exit code: 1 where something is missing or broken, 2 for wrong options
 */
export async function doctor({ json = false, fix = false, timeout = String(patience) } = {}) {
  const seconds = Number(timeout);
  if (!(seconds > 0 && seconds < 1e6)) {
    process.stderr.write(`tslab-gradients: ${word("badSeconds", timeout)}\n`);
    return 2;
  }
  process.on("exit", endAsked);
  for (const signal of endings) process.once(signal, () => process.exit(128 + constants.signals[signal]));
  const { stdout, stderr } = process;
  if (stderr.isTTY) stderr.write(word("looking"));
  let findings = await diagnose(seconds);
  if (fix && findings.some((finding) => isWrong(finding) && finding.mend !== undefined)) {
    if (stderr.isTTY) stderr.write("\r\u001b[K");
    const say = (/** @type {string} */ line) => void stderr.write(`${unmarked(line)}\n`);
    say(word("mending"));
    await (await import("./doctor/mend.mjs")).mend(findings, say);
    findings = await diagnoseAgain(seconds);
  }
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  const text = json
    ? `${JSON.stringify(findings.map(plain), null, 2)}\n`
    : report(findings, await fixCommand(), Math.max(60, stdout.columns ?? 80));
  await new Promise((resolve) => stdout.write(text, resolve));
  return findings.some(isWrong) ? 1 : 0;
}

/**
 * In a process of its own: this one has loaded the build, and what else it found, as they were before.
 * @param {number} seconds
 * @returns {Promise<Finding[]>}
 */
async function diagnoseAgain(seconds) {
  const { ask } = await import("./doctor/askprogram.mjs");
  const args = [fileURLToPath(import.meta.url), "--json", "--timeout", String(seconds)];
  const { out } = await ask(process.execPath, args, { seconds: seconds + 300 });
  try {
    return JSON.parse(out);
  } catch {
    return diagnose(seconds);
  }
}

async function fixCommand() {
  try {
    return `${(await import("./doctor/advice.mjs")).doctorCommand} --fix`;
  } catch {
    return "npx tslab-gradients doctor --fix";
  }
}

/** What programs read: the same keys for every check. @param {Finding} finding */
function plain({ name, state, detail, advice, facts, mend }) {
  const said = { detail: unmarked(detail), advice: unmarked(advice) };
  return { name, state, ...said, fixable: mend !== undefined, facts };
}

/**
 * The command by itself, without npm's packages.
 * @param {string[]} args
 */
export async function main(args) {
  /** @type {DoctorOptions} */
  let options;
  try {
    const known = /** @type {const} */ ({
      json: { type: "boolean" },
      fix: { type: "boolean" },
      timeout: { type: "string" },
    });
    options = parseArgs({ args, options: known }).values;
  } catch (error) {
    process.stderr.write(`tslab-gradients: ${/** @type {Error} */ (error).message}\n`);
    return 2;
  }
  return doctor(options);
}

// Where the build or npm's packages are missing there is no command, and this file runs by itself.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exit(await main(process.argv.slice(2)));
