// @ts-check
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { message } from "./messages.mjs";
import { run } from "./run.mjs";
import { root } from "./paths.mjs";
import { sentence, Trouble } from "./trouble.mjs";

/**
 * Runs npm in the project: the npm that called us, or else the one beside this Node, or else the one on the PATH.
 * @param {string[]} args
 * @param {(line: string) => void} onLine
 * @param {string} [cwd]
 */
export async function npm(args, onLine, cwd = root) {
  const script = [
    process.env.npm_execpath ?? "",
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ].find((file) => basename(file) === "npm-cli.js" && existsSync(file));
  // Between tries npm waits 10 s and more by default: too long to be told that there is no network.
  const env = {
    npm_config_fetch_retry_mintimeout: "1000",
    npm_config_fetch_retry_maxtimeout: "5000",
    ...process.env,
  };
  const options = { cwd, env, log: "npm", onLine };
  const outcome = script
    ? await run(process.execPath, [script, ...args], options)
    : await run("npm", args, options);
  if (!outcome.ok) throw npmTrouble(outcome);
}

/** @param {import("./run.mjs").Outcome} outcome */
function npmTrouble({ output, log }) {
  if (/spawn npm ENOENT/.test(output)) return new Trouble(message("noNpm"));
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1] ?? "";
  const errors = output.match(/^npm (?:error|ERR!) .*/gm) ?? [];
  if (/CERT|SELF_SIGNED|UNABLE_TO_GET_ISSUER/.test(code))
    return new Trouble(message("certificate", "npm", code));
  if (
    /^(ENOTFOUND|EAI_AGAIN|ECONN|ENET|EHOST|ETIMEDOUT|EIDLETIMEOUT|ERR_SOCKET|FETCH_ERROR|E50\d)/.test(code)
  ) {
    return new Trouble(message("network", "npm", code));
  }
  if (code === "ENOSPC" || /ENOSPC/.test(output)) return new Trouble(message("disk", root, 1000));
  if (["EACCES", "EPERM", "EROFS"].includes(code)) {
    const path = /^npm (?:error|ERR!) path (.+)$/m.exec(output)?.[1];
    return new Trouble(message("unwritable", path ?? root));
  }
  if (code === "EINTEGRITY") return new Trouble(message("hashes", "npm", code));
  if (code === "EUSAGE") return new Trouble(message("lockOutdated"));
  const first = errors.find((line) => !/ code /.test(line)) ?? output.trim().split("\n").pop() ?? "";
  return new Trouble(message("toolFailed", "npm", sentence(first.replace(/^npm (?:error|ERR!) /, "")), log));
}
