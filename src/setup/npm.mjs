// @ts-check
import { existsSync } from "node:fs";
import { inCache } from "./cache.mjs";
import { message } from "./messages.mjs";
import { watchNetwork } from "./network.mjs";
import { root } from "./paths.mjs";
import { npmCache, npmPrograms } from "./platform.mjs";
import { run } from "./run.mjs";
import { isInUse, isWritable, NoSpace, sentence, Trouble, Unreachable } from "./trouble.mjs";

/** Without a word for so long, npm is looked into: it reads its cache and the lock file first. */
const quiet = 6_000;

/**
 * Runs npm; what it fetches comes from its cache where it is there.
 * @param {string[]} args
 * @param {(line: string) => void} onLine
 * @param {string} [cwd]
 * @param {() => boolean} [fetches] whether it still has something to fetch
 */
export async function npm(args, onLine, cwd = root, fetches = () => true) {
  const whole = { onLine, cwd, fetches };
  const cached = await attempt([...args, "--prefer-offline"], whole);
  if (cached === undefined) return;
  // What the cache keeps may be outdated, or a log-in page of some network: then the registry is asked anew.
  if (!/^(ETARGET|E404|FETCH_ERROR|EJSONPARSE|EINTEGRITY)$/.test(cached.code)) throw cached.trouble;
  const fresh = await attempt([...args, "--prefer-online"], whole);
  if (fresh !== undefined) throw fresh.trouble;
}

/**
 * @param {string[]} args
 * @param {{ onLine(line: string): void, cwd: string, fetches(): boolean }} options
 * @returns {Promise<{ code: string, trouble: Trouble } | undefined>} undefined where it succeeded
 */
async function attempt(args, { onLine, cwd, fetches }) {
  const network = watchNetwork(() => answers(cwd), quiet);
  const outcome = await start(args, {
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
async function answers(cwd) {
  const { ok, output } = await start(
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
function start(args, options) {
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
