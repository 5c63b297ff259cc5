// @ts-check

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
export function firstLine(text) {
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
