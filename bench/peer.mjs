// @ts-check
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { inRoot } from "../src/setup/paths.mjs";
import { pythonEnvironment } from "../src/setup/run.mjs";
import { torchPython } from "./torch.mjs";

/**
 * Starts one of the benchmark's Python programs, which says `"ready"` when it has loaded what it needs, does a round for
 * every further line and answers with one of JSON.
 * @param {string} name
 * @param {object} request its first line
 * @returns {Promise<{ round(line?: string): Promise<any>, end(): void }>}
 */
export async function startPeer(name, request) {
  const child = spawn(await torchPython(), [inRoot("bench", name)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: pythonEnvironment(),
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (/** @type {string} */ line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`bench/${name} ended before its round`);
    return JSON.parse(value);
  };
  // Loading PyTorch takes both cores for a second, in which nothing else may be timed.
  await answer(JSON.stringify(request));
  return { round: (line = "") => answer(line), end: () => void child.kill() };
}
