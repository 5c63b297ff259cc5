// @ts-check
// Exporting the section's notebook beside nbconvert, and how fast the page is that comes of it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot, venvPython } from "../src/setup/paths.mjs";
import { pageTimes } from "./page.mjs";
import { limitedRow, row } from "./row.mjs";

const notebook = inRoot("notebooks", "zh", "shortcut-connections.ipynb");
const titles = {
  "export-page": { en: "exporting the section's notebook as a page", zh: "把本节的笔记本导出为网页" },
  "export-student": { en: "exporting it for students, searched for leaks", zh: "导出学生版，并检查有无泄露" },
  "first-paint": { en: "a page's first paint", zh: "打开网页到首次绘制" },
  "page-ready": { en: "opening a page until its cells run", zh: "打开网页到可以运行" },
  "page-ready-slow": { en: "the same on a processor four times slower", zh: "同上，处理器慢四倍时" },
  "plot-drawn": { en: "a run's end until its plot is drawn", zh: "运行结束到图画好" },
};
export const exportNames = Object.keys(titles);

/** @param {keyof typeof titles} name */
const named = (name) => ({ name, title: titles[name] });

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {number | null} seconds
 */
function timed(command, args) {
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: "ignore", cwd: inRoot() });
  return status === 0 ? (performance.now() - start) / 1000 : null;
}

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function exportRows(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const [ours, theirs] = [join(folder, "ours.html"), join(folder, "theirs.html")];
  const all = Array.from({ length: rounds });
  try {
    const command = [inRoot("dist", "cli.js"), "export", notebook, "-o", ours];
    const written = all.map(() => ({
      student: timed(process.execPath, [...command, "--variant", "student"]),
      ours: timed(process.execPath, command),
      theirs: timed(venvPython, ["-m", "nbconvert", "--to", "html", notebook, "--output", theirs]),
    }));
    /** @type {import("./page.mjs").Times[]} */
    const pages = [];
    while (pages.length < rounds) pages.push(await pageTimes(ours, theirs));
    const of = (/** @type {keyof import("./page.mjs").Times} */ name) => pages.map((times) => times[name]);
    return [
      row({
        ...named("export-page"),
        ours: written.map(({ ours }) => ours),
        theirs: written.map(({ theirs }) => theirs),
        peer: "nbconvert --to html",
        most: 0.5,
      }),
      row({
        ...named("export-student"),
        ours: written.map(({ student }) => student),
        theirs: written.map(({ theirs }) => theirs),
        peer: "nbconvert --to html",
        most: 0.5,
      }),
      limitedRow({
        ...named("first-paint"),
        ours: of("paint"),
        limit: 0.3,
        besides: { "nbconvert's": of("theirPaint") },
      }),
      limitedRow({ ...named("page-ready"), ours: of("ready"), limit: 1 }),
      limitedRow({ ...named("page-ready-slow"), ours: of("slowReady"), limit: 3 }),
      limitedRow({ ...named("plot-drawn"), ours: of("plot"), limit: 0.05 }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
