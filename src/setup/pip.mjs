// @ts-check
import { message } from "./messages.mjs";
import { root, venvPython } from "./paths.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { sentence, Trouble } from "./trouble.mjs";

/**
 * Runs the pip of `.venv`, with the user's own mirrors and proxies.
 * @param {string[]} args
 * @param {import("./run.mjs").RunOptions} [options]
 */
export async function pip([command = "", ...args], options = {}) {
  const quiet = ["--no-input", "--progress-bar", "off"];
  const outcome = await run(venvPython, ["-m", "pip", command, ...quiet, ...args], {
    log: "pip",
    ...options,
    env: pythonEnvironment(options.env),
  });
  if (!outcome.ok) throw pipTrouble(outcome);
}

/** @param {import("./run.mjs").Outcome} outcome */
function pipTrouble({ output, log }) {
  const error = /^\s*ERROR: (.+)/m.exec(output)?.[1] ?? output.trim().split("\n").pop() ?? "";
  if (/No space left on device|Errno 28|Disk quota exceeded/.test(output)) {
    return new Trouble(message("disk", root, 1000));
  }
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/.test(output))
    return new Trouble(message("certificate", "pip", "SSL"));
  if (/DO NOT MATCH THE HASHES/.test(output)) return new Trouble(message("hashes", "pip", log));
  const connection =
    /Temporary failure in name resolution|Name or service not known|getaddrinfo failed|nodename nor servname|Failed to resolve|Failed to establish a new connection|Network is unreachable|Connection refused|ProxyError|(?:Read|Connect) ?[Tt]imeout|timed out|Connection (?:reset|aborted)|RemoteDisconnected/;
  const found = connection.exec(output);
  if (found) return new Trouble(message("network", "pip", found[0]));
  const denied = /\[Errno (?:13|30)\][^:]*: '([^']+)'/.exec(output);
  if (denied) return new Trouble(message("unwritable", denied[1] ?? root));
  return new Trouble(message("toolFailed", "pip", sentence(error), log));
}
