// @ts-check
// What each Jupyter makes of the kernelspecs, and whether each of them starts.
import { once } from "node:events";
import { existsSync, lstatSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { labFolder } from "../build.mjs";
import { leadsTo, textOf } from "../files.mjs";
import { findKernelspecs } from "../jupyterkernels.mjs";
import { exporterReady, labextensionReady, labextensionIn } from "../labextension.mjs";
import { isInstalled, venv, venvJupyter } from "../paths.mjs";
import { doctorCommand, own, toInstallAgain, toInstallKernel, toRun, toSetUp } from "./advice.mjs";
import { askTrial } from "./askprogram.mjs";
import { fine, lastWords, wanting } from "./findings.mjs";
import { whole, word } from "./wording.mjs";

/** @typedef {import("../jupyterkernels.mjs").Kernelspec} Kernelspec */

/**
 * @param {number} seconds how long a kernel may take to answer
 * @returns {import("./findings.mjs").Check[]}
 */
export const checksWithin = (seconds) => [
  { name: "kernelspec", look: () => kernelspecs(seconds) },
  { name: "Jupyter's choice", look: choices },
  { name: "JupyterLab extension", look: labextensions },
];

/** @param {number} seconds */
async function kernelspecs(seconds) {
  const { relevant, unreadable, choices } = findKernelspecs();
  const findings = unreadable.map(({ folder, code }) => {
    const facts = { folder };
    return wanting("kernelspec", "broken", word("unreadable", folder, code), word("makeYours"), { facts });
  });
  // The same command is the same kernel, however many kernelspecs name it.
  /** @type {Map<string, Promise<any>>} */
  const started = new Map();
  const startable = relevant.filter(({ gone, unreadable }) => gone === undefined && unreadable === undefined);
  const ports = await freePorts(5 * startable.length);
  for (const spec of startable) {
    const key = commandOf(spec);
    if (!started.has(key)) started.set(key, start(spec, ports.splice(0, 5), seconds));
  }
  for (const spec of relevant) {
    const wins = choices.filter(({ chosen }) => chosen === spec).map(({ jupyter }) => jupyter.prefix ?? "");
    const finding = judge(spec, await started.get(commandOf(spec)), seconds);
    const { name: kernel, folder, owner } = spec;
    Object.assign(finding.facts, { kernel, folder, owner, wins });
    findings.push({ ...finding, detail: [finding.detail, whole(folder)].join(word("also")) });
  }
  if (!relevant.some(({ owner }) => owner === "this")) findings.push(none());
  return findings;
}

function none() {
  const toKnow = word("specNoneAdvice", own("install"));
  // Set-up writes one too, into `.venv`.
  const advice = isInstalled ? toKnow : word("both", toSetUp(), toKnow);
  const mend = isInstalled ? undefined : { setup: [] };
  return wanting("kernelspec", "missing", word("specNone"), advice, { mend });
}

/** @param {Kernelspec} spec */
const commandOf = ({ argv, env }) => JSON.stringify([argv, env]);

/**
 * @param {Kernelspec} spec
 * @param {number[]} ports
 * @param {number} seconds
 */
async function start({ argv, env, owner, folder }, ports, seconds) {
  const isOurs = owner === "this" || owner === "elsewhere";
  const question = {
    argv: argv.map((part) => part.replaceAll("{resource_dir}", folder)),
    env,
    ports,
    seconds,
  };
  // The program itself gives up after so long; this is for when it cannot.
  const limit = { seconds: seconds + 5 };
  const { answer, error } = await askTrial("kernel", { ...question, cell: isOurs }, limit);
  return answer ?? { ended: true, error };
}

/**
 * @param {Kernelspec} spec
 * @param {any} answer what trials.mjs tells of it
 * @param {number} seconds
 * @returns {import("./findings.mjs").Finding}
 */
function judge(spec, answer, seconds) {
  const { owner, gone, unreadable, argv } = spec;
  const isOurs = owner === "this" || owner === "elsewhere";
  const whose = whoseIs(spec);
  /** @param {string} problem @param {string} advice @param {import("./findings.mjs").Mend} [mend] */
  const bad = (problem, advice, mend) =>
    isOurs
      ? wanting("kernelspec", "broken", word("about", whose, problem), advice, { mend })
      : wanting("kernelspec", "optional", word("about", whose, problem), word("specForeignAdvice"));
  if (unreadable !== undefined) return bad(word("specUnreadable", unreadable), "");
  if (gone !== undefined) {
    const mended = spec.jupyter === venvJupyter ? toSetUp() : toInstallKernel(spec.jupyter, spec.name);
    const isMoved = isOurs && gone.kind === "launcher";
    const problem = isMoved ? "specMoved" : isOurs ? "specNodeGone" : "specProgramGone";
    return bad(word(problem, isMoved ? (spec.place ?? gone.path) : gone.path), mended, {
      kernelspec: spec.folder,
    });
  }
  const mended =
    owner === "elsewhere"
      ? word("runIn", "npx tslab-gradients doctor", spec.place ?? "")
      : isInstalled
        ? toInstallAgain()
        : toSetUp();
  if (answer.zeromq === false)
    return wanting("kernelspec", "optional", word("about", whose, word("specNotTried")), "");
  if (answer.late) {
    const slow = word("specSlow", `${doctorCommand} --timeout ${seconds * 4}`, mended);
    return bad(word("specSilent", seconds), slow);
  }
  if (answer.ended) return bad(word("specEnded", ending(answer)), mended);
  if (answer.cellError !== undefined)
    return bad(word("specCellFailed", lastWords(answer.cellError) || word("noAnswer", seconds)), mended);
  const cell = answer.cellMilliseconds && word("specCell", answer.cellMilliseconds);
  const node = isOurs && argv[0] !== process.execPath && word("specOtherNode", argv[0] ?? "");
  const said = [whose, node, word("specAnswers", answer.milliseconds), cell].filter(Boolean);
  const { milliseconds, cellMilliseconds, implementation } = answer;
  return fine("kernelspec", said.join(word("and")), { milliseconds, cellMilliseconds, implementation });
}

/** @param {{ error?: string, code?: number, signal?: string }} answer */
function ending({ error = "", code, signal }) {
  return lastWords(error) || String(signal ?? code ?? "?");
}

/** @param {Kernelspec} spec */
function whoseIs({ owner, place }) {
  if (owner === "this") return word("specOurs");
  if (owner === "elsewhere") return word("specElsewhere", place ?? "?");
  return word(owner === "stock" ? "specStock" : "specOther");
}

/**
 * So many free ports of this machine, no two the same.
 * @param {number} count
 */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  try {
    await Promise.all(servers.map((server) => once(server, "listening")));
    return servers.map((server) => /** @type {import("node:net").AddressInfo} */ (server.address()).port);
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** @param {import("../jupyterkernels.mjs").Jupyter} jupyter */
function nameOf({ prefix }) {
  if (prefix === undefined) return word("jupyterAny");
  return prefix === venv ? word("jupyterHere") : word("jupyterOf", prefix);
}

function choices() {
  const { choices, jupyters, relevant } = findKernelspecs();
  // That there is no kernelspec anywhere is told already.
  if (!relevant.some(({ owner }) => owner === "this")) return [];
  return jupyters.map((jupyter) => {
    const name = nameOf(jupyter);
    const seen = choices.filter((choice) => choice.jupyter === jupyter);
    const ours = seen.filter(({ chosen }) => chosen.owner === "this" && chosen.gone === undefined);
    const covered = seen.find(
      ({ chosen, hidden }) => chosen.owner !== "this" && hidden.some(({ owner }) => owner === "this"),
    );
    const facts = {
      prefix: jupyter.prefix,
      folders: jupyter.folders,
      kernels: Object.fromEntries(seen.map(({ name, chosen }) => [name, chosen.folder])),
    };
    if (ours.length > 0) {
      const which = ours.map(({ name, chosen }) => [`“${name}”`, whole(chosen.folder)].join(word("and")));
      return fine("Jupyter's choice", word("choice", name, which.join(word("also"))), facts);
    }
    if (covered !== undefined) {
      const hidden = covered.hidden.find(({ owner }) => owner === "this");
      const values = [name, covered.chosen.folder, covered.name, hidden?.folder ?? ""];
      const advice = word("choiceHiddenAdvice", own("install --name tslab-gradients"));
      return wanting("Jupyter's choice", "broken", word("choiceHidden", ...values), advice, { facts });
    }
    const advice = jupyter.prefix === venv ? toSetUp() : toRun(own("install"));
    return wanting("Jupyter's choice", "optional", word("choiceNone", name), advice, { facts });
  });
}

function labextensions() {
  const name = "JupyterLab extension";
  const good = [];
  const findings = [];
  if (existsSync(join(venvJupyter, "lab", "static"))) {
    // A build leaves out who installed the extension, which set-up notes; the extension is none the worse.
    const isLinked = isOfThisBuild(labextensionIn(venvJupyter));
    if (labextensionReady() || (isLinked && exporterReady())) good.push(venvJupyter);
    else
      findings.push(
        wanting(name, "missing", word("labOutdated", venvJupyter), toSetUp(), { mend: { setup: [] } }),
      );
  }
  const specs = findKernelspecs().relevant.filter(
    ({ owner, jupyter }) => owner === "this" && jupyter !== venvJupyter,
  );
  for (const { jupyter, name: kernel } of specs) {
    const folder = labextensionIn(jupyter);
    if (good.includes(jupyter)) continue;
    if (isOfThisBuild(folder)) good.push(jupyter);
    else {
      const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
      const detail = word(isThere ? "labOld" : "labGone", isThere ? folder : dirname(folder));
      const mend = { labextension: jupyter };
      const advice = toInstallKernel(jupyter, kernel);
      findings.push(
        wanting(name, isThere ? "broken" : "missing", detail, advice, { mend, facts: { folder } }),
      );
    }
  }
  if (good.length > 0) findings.push(fine(name, word("labThere", good.join(word("and"))), { folders: good }));
  if (findings.length > 0) return findings;
  return wanting(name, "optional", word("labNone"), word("goodFor", word("labGoodFor")));
}

/**
 * Linked to the build, or a copy of it: its package.json names the build's program by its hash.
 * @param {string} folder
 */
function isOfThisBuild(folder) {
  if (!existsSync(labFolder)) return false;
  const about = textOf(join(folder, "package.json"));
  return (
    leadsTo(folder, labFolder) || (about !== undefined && about === textOf(join(labFolder, "package.json")))
  );
}
