// @ts-check
// What `doctor --fix` does: set-up's missing steps, and our own kernelspecs and extensions anew; nothing of others'.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { labextensionIn, writeLabextension } from "../labextension.mjs";
import { writeKernelspec } from "../install.mjs";
import { inRoot, stampFolder } from "../paths.mjs";
import { passSignals } from "../processes.mjs";
import { prepareStart } from "../preparestart.mjs";
import { explained, needWritable } from "../trouble.mjs";
import { word } from "./wording.mjs";

/**
 * @param {import("./findings.mjs").Finding[]} findings
 * @param {(line: string) => void} say
 */
export async function mend(findings, say) {
  const mends = findings.flatMap(({ mend, state }) =>
    mend !== undefined && state !== "optional" ? [mend] : [],
  );
  const stamps = mends.flatMap((mend) => ("setup" in mend ? [mend.setup] : []));
  const works = [
    ...(stamps.length > 0 ? [() => setUp(stamps.flat())] : []),
    ...mends.flatMap((mend) => {
      if ("kernelspec" in mend) return [() => mendKernelspec(mend.kernelspec, say)];
      return "labextension" in mend ? [() => mendExtension(mend.labextension, say)] : [];
    }),
    ...(mends.some((mend) => "prepare" in mend) ? [prepareStart] : []),
  ];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      say(word("mendFailed", /** @type {Error} */ (explained(error)).message));
    }
  }
}

/**
 * As a program of its own, which ends all that it started when it is stopped; what it says is no part of our answer.
 * @param {string[]} stamps what would keep it from trying again
 * @returns {Promise<void>}
 */
function setUp(stamps) {
  for (const stamp of stamps) if (stamp.startsWith(stampFolder)) rmSync(stamp, { force: true });
  const program = inRoot("src", "setup", "main.mjs");
  const child = spawn(process.execPath, [program, "setup"], { stdio: ["ignore", 2, 2] });
  passSignals(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    // Why it failed it has said itself.
    child.on("exit", () => resolve());
  });
}

/**
 * @param {string} folder
 * @param {(line: string) => void} say
 */
function mendKernelspec(folder, say) {
  needWritable(folder);
  writeKernelspec(folder);
  say(word("wrote", join(folder, "kernel.json")));
}

/**
 * @param {string} jupyter
 * @param {(line: string) => void} say
 */
function mendExtension(jupyter, say) {
  writeLabextension(jupyter);
  say(word("wrote", labextensionIn(jupyter)));
}
