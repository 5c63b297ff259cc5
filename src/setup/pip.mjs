// @ts-check
import { message } from "./messages.mjs";
import { watchNetwork } from "./network.mjs";
import { root, venvPython } from "./paths.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { NoSpace, sentence, Trouble, Unreachable } from "./trouble.mjs";

/** Without a word for so long, pip is looked into. */
const silence = 3_000;

/** @typedef {import("./run.mjs").RunOptions & { grows?: () => boolean, folder?: string }} PipOptions
 * whether what it fetches has grown; and where it puts it, if not into `.venv` */

/**
 * Runs the pip of `.venv`, with the user's own mirrors and proxies.
 * @param {string[]} args
 * @param {PipOptions} [options]
 */
export async function pip([command = "", ...args], { grows, folder = root, onLine, ...options } = {}) {
  const quiet = ["--no-input", "--progress-bar", "off"];
  const env = pythonEnvironment(options.env);
  const network = watchNetwork(() => answers(env), silence);
  const outcome = await run(venvPython, ["-m", "pip", command, ...quiet, ...args], {
    log: "pip",
    ...options,
    env,
    onLine(line) {
      if (/^\s*(WARNING: )?Retrying \(/.test(line)) network.doubt();
      else if (/^Installing collected/.test(line)) network.rest();
      else network.hear();
      onLine?.(line);
    },
    goOn() {
      if (grows?.()) network.hear();
      return network.goOn();
    },
  });
  if (outcome.ok) return;
  throw network.lost
    ? new Unreachable(message("network", "pip", message("noAnswer")))
    : pipTrouble(outcome, folder);
}

/**
 * Whether one of pip's registries answers, whatever it says, or none is asked over the network.
 * @param {NodeJS.ProcessEnv} env
 */
async function answers(env) {
  const args = [
    "-m",
    "pip",
    "index",
    "versions",
    "pip",
    "-vv",
    "--no-cache-dir",
    "--retries",
    "0",
    "--timeout",
    "5",
  ];
  const { output } = await run(venvPython, args, { env, timeout: 8 });
  return /^https?:\/\/\S+ "[A-Z]+ [^"]*" \d{3}/m.test(output) || !/^Getting page https?:/m.test(output);
}

/**
 * @param {import("./run.mjs").Outcome} outcome
 * @param {string} folder
 */
function pipTrouble({ output, log }, folder) {
  const error = /^\s*ERROR: (.+)/m.exec(output)?.[1] ?? output.trim().split("\n").pop() ?? "";
  if (/No space left on device|Errno 28|Disk quota exceeded/.test(output)) {
    return new NoSpace(message("disk", folder, 1000));
  }
  // pip says so where Windows has not been told to allow them.
  if (/enable-long-paths/.test(output)) return new Trouble(message("longPath", folder));
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/.test(output))
    return new Trouble(message("certificate", "pip", "SSL"));
  if (/DO NOT MATCH THE HASHES/.test(output)) return new Trouble(message("hashes", "pip", log));
  const connection =
    /Temporary failure in name resolution|Name or service not known|getaddrinfo failed|nodename nor servname|Failed to resolve|Failed to establish a new connection|Network is unreachable|Connection refused|ProxyError|(?:Read|Connect) ?[Tt]imeout|timed out|Connection (?:reset|aborted)|RemoteDisconnected/;
  const found = connection.exec(output);
  if (found) return new Unreachable(message("network", "pip", found[0]));
  if (/\(from versions: none\)/.test(output) && !process.env.PIP_NO_INDEX)
    return new Trouble(message("notRegistry", "pip"));
  const denied = /\[Errno (?:13|30)\][^:]*: '([^']+)'/.exec(output);
  if (denied) return new Trouble(message("unwritable", denied[1] ?? root));
  return new Trouble(message("toolFailed", "pip", sentence(error), log));
}
