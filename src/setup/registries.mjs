// @ts-check
// npm and pip, which fetch packages: a network that is gone is told from a slow one, and what went wrong in one sentence.
import { existsSync } from "node:fs";
import { message } from "./messages.mjs";
import { inCache, root, venvPython } from "./paths.mjs";
import { npmCache, npmPrograms } from "./platform.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { isInUse, isWritable, NoSpace, sentence, Trouble, Unreachable } from "./trouble.mjs";

/** After so many silent milliseconds it is asked whether npm's registry answers: npm reads its cache and the lock file first. */
const npmQuiet = 6_000;

/**
 * Runs npm; what it fetches comes from its cache where it is there.
 * @param {string[]} args
 * @param {(line: string) => void} onLine
 * @param {string} [cwd]
 * @param {() => boolean} [fetches] whether it still has something to fetch
 */
export async function npm(args, onLine, cwd = root, fetches = () => true) {
  const whole = { onLine, cwd, fetches };
  const cached = await tryNpm([...args, "--prefer-offline"], whole);
  if (cached === undefined) return;
  // What the cache keeps may be outdated, or a log-in page of some network: then the registry is asked anew.
  if (!/^(ETARGET|E404|FETCH_ERROR|EJSONPARSE|EINTEGRITY)$/.test(cached.code)) throw cached.trouble;
  const fresh = await tryNpm([...args, "--prefer-online"], whole);
  if (fresh !== undefined) throw fresh.trouble;
}

/**
 * @param {string[]} args
 * @param {{ onLine(line: string): void, cwd: string, fetches(): boolean }} options
 * @returns {Promise<{ code: string, trouble: Trouble } | undefined>} undefined where it succeeded
 */
async function tryNpm(args, { onLine, cwd, fetches }) {
  const network = watchNetwork(() => npmAnswers(cwd), npmQuiet);
  const outcome = await startNpm(args, {
    cwd,
    log: "npm",
    onLine(line) {
      if (/^npm http (fetch|cache) \S+ \d{3} /.test(line)) network.hear();
      else if (/ attempt \d+ failed /.test(line)) network.doubt();
      onLine(line);
      if (!fetches()) network.rest();
    },
    goOn: network.goOn,
  });
  if (outcome.ok) return undefined;
  if (network.lost)
    return { code: "", trouble: new Unreachable(message("network", "npm", message("noAnswer"))) };
  return npmTrouble(outcome);
}

/**
 * Whether npm's registry answers, whatever it says.
 * @param {string} cwd
 */
async function npmAnswers(cwd) {
  const { ok, output } = await startNpm(
    ["ping", "--prefer-online", "--fetch-retries=0", "--fetch-timeout=5000"],
    {
      cwd,
      timeout: 7,
    },
  );
  return ok || (codeOf(output) !== "" && !unreachable(output));
}

/**
 * The npm that called us, or else the one beside this Node, or else the one on the PATH.
 * @param {string[]} args
 * @param {import("./run.mjs").RunOptions} options
 */
function startNpm(args, options) {
  const script = npmPrograms().find((file) => existsSync(file));
  // Between tries npm waits 10 s and more by default, which a network that is only unsteady does not need.
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    npm_config_fetch_retries: "4",
    npm_config_fetch_retry_mintimeout: "1000",
    npm_config_fetch_retry_maxtimeout: "5000",
    ...process.env,
  };
  if (!isWritable(npmCache())) env.npm_config_cache = inCache("npm");
  const whole = { ...options, env };
  return script ? run(process.execPath, [script, ...args], whole) : run("npm", args, whole);
}

/** @param {string} output */
function codeOf(output) {
  return /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1] ?? "";
}

/** @param {string} output */
function isNoRegistry(output) {
  return codeOf(output) === "EJSONPARSE" || /invalid json response body/.test(output);
}

/** @param {string} output */
function unreachable(output) {
  if (isNoRegistry(output)) return false;
  return /^(ENOTFOUND|EAI_AGAIN|ECONN|ENET|EHOST|ETIMEDOUT|EIDLETIMEOUT|ERR_SOCKET|FETCH_ERROR|E50\d|E407)/.test(
    codeOf(output),
  );
}

/** @param {import("./run.mjs").Outcome} outcome */
function npmTrouble({ output, log }) {
  const code = codeOf(output);
  return { code, trouble: troubleOf(code, output, log) };
}

/**
 * @param {string} code
 * @param {string} output
 * @param {string} log
 */
function troubleOf(code, output, log) {
  if (/spawn npm ENOENT/.test(output)) return new Trouble(message("noNpm"));
  if (/CERT|SELF_SIGNED|UNABLE_TO_GET_ISSUER/.test(code))
    return new Trouble(message("certificate", "npm", code));
  if (isNoRegistry(output)) return new Trouble(message("notRegistry", "npm"));
  if (unreachable(output)) return new Unreachable(message("network", "npm", code));
  if (code === "ENOSPC" || /ENOSPC/.test(output)) return new NoSpace(message("disk", root, 1000));
  const isRefused = ["EACCES", "EPERM", "EROFS", "EBUSY"].includes(code);
  if (isRefused || (code === "ENOENT" && /^npm (?:error|ERR!) syscall mkdir$/m.test(output))) {
    const path = /^npm (?:error|ERR!) path (.+)$/m.exec(output)?.[1]?.trim();
    return new Trouble(message(isInUse(code, path) ? "inUse" : "unwritable", path ?? root));
  }
  if (code === "EINTEGRITY") return new Trouble(message("hashes", "npm", code));
  if (code === "EUSAGE") return new Trouble(message("lockOutdated"));
  const errors = output.match(/^npm (?:error|ERR!) .*/gm) ?? [];
  const first = errors.find((line) => !/ code /.test(line)) ?? output.trim().split("\n").pop() ?? "";
  return new Trouble(message("toolFailed", "npm", sentence(first.replace(/^npm (?:error|ERR!) /, "")), log));
}

/** The same for pip. */
const pipQuiet = 3_000;

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
  const network = watchNetwork(() => pipAnswers(env), pipQuiet);
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
async function pipAnswers(env) {
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

/** So many milliseconds are at least between two questions to a registry after failed tries. */
const atMost = 4_000;

/** Where one program has found no network, the registry of another is asked after so many milliseconds. */
const soon = 2_000;
let isGone = false;

/**
 * Looks after a program that fetches: where nothing reaches it for a while, or a try of it failed, it is asked in the
 * program's own way whether its registry answers at all. A slow or unsteady network does, and is waited for; without one
 * every program tries for minutes.
 * @param {() => Promise<boolean>} answers
 * @param {number} quiet how many milliseconds without a word are none too many
 */
function watchNetwork(answers, quiet) {
  let heard = Date.now();
  let wait = quiet;
  let asked = 0;
  let asking = false;
  let lost = false;
  let resting = false;
  const look = async () => {
    asking = true;
    asked = Date.now();
    const answered = (await answers()) || heard > asked;
    asking = false;
    lost = isGone = !answered;
    heard = Date.now();
    wait *= 2;
  };
  return {
    /** Something was fetched. */
    hear() {
      heard = Date.now();
      wait = quiet;
    },
    /** A try has failed. */
    doubt() {
      if (Date.now() - asked > atMost) heard = 0;
    },
    /** What comes now needs no network. */
    rest() {
      resting = true;
    },
    /** For `run`: whether it is worth waiting for. */
    goOn() {
      if (!asking && !lost && !resting && Date.now() - heard > (isGone ? Math.min(soon, wait) : wait))
        void look();
      return !lost;
    },
    get lost() {
      return lost;
    },
  };
}
