import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ipynb } from "../../dist/export/writenotebook";
import { execute } from "../notebooks/notebook";
import { cellsOf } from "./cells";

const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-export-"));
beforeAll(() => symlinkSync(resolve("node_modules"), join(folder, "node_modules")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notebookOf = (language: string): string => `notebooks/${language}/shortcut-connections.ipynb`;
const run = (...args: string[]) =>
  spawnSync(process.execPath, ["dist/cli.js", "export", ...args], { encoding: "utf8" });
const exported = (language: string, to: string): string => {
  const path = join(folder, `${language}.${to}`);
  const { status, stdout, stderr } = run(notebookOf(language), "--to", to, "-o", path);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^Wrote .*, \d+ kB\.\n$/);
  return path;
};

/** The section's first numbers of each of its four lists: its cell outputs, exact and tanh. */
const numbers = ["0.000201741", "0.221867", "0.000201735", "0.221697"];

describe.each(["zh", "en"])("the notebook in %s", (language) => {
  test("as a script type-checks, runs and prints the numbers", () => {
    const path = exported(language, "ts");
    const options = ["--noEmit", "--ignoreConfig", "--module", "esnext", "--moduleResolution", "bundler"];
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", ...options, "--skipLibCheck", path]);
    const module = path.replace(/\.ts$/, ".mts");
    writeFileSync(module, readFileSync(path));
    const printed = execFileSync(process.execPath, ["--import", "tsx", module], { encoding: "utf8" });
    for (const number of numbers) expect(printed).toContain(number);
  });

  test("as Markdown has its prose, its code, its numbers and its pictures", () => {
    const path = exported(language, "md");
    const text = readFileSync(path, "utf8");
    for (const number of numbers) expect(text).toContain(number);
    const pictures = [...text.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
    expect(pictures).toHaveLength(4);
    for (const [, alt, address] of pictures) {
      expect(alt!.length).toBeGreaterThan(20);
      expect(readFileSync(join(folder, address!), "utf8")).toMatch(/^(<\?xml[^>]*>\s*)?<svg/);
    }
  });

  test("as a notebook is one that nbformat accepts, and exports again to the same", () => {
    const path = exported(language, "ipynb");
    const script = "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))";
    execFileSync(resolve(".venv/bin/python"), ["-c", script, path]);
    const again = join(folder, "again.ipynb");
    expect(run(path, "--to", "ipynb", "-o", again).status).toBe(0);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(path, "utf8"));
  });
});

test("exported, executed and exported again a notebook is the same", async () => {
  const [first, executed, again] = ["once.ipynb", "executed.ipynb", "twice.ipynb"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  expect(run(notebookOf("zh"), "--to", "ipynb", "-o", first).status).toBe(0);
  writeFileSync(executed, JSON.stringify(await execute(first)));
  expect(run(executed, "--to", "ipynb", "-o", again).status).toBe(0);
  expect(readFileSync(again, "utf8")).toBe(readFileSync(first, "utf8"));
});

describe("bad input: one sentence, exit code 2, and nothing written", () => {
  const cell = { cell_type: "code", source: "1", metadata: {}, outputs: [], execution_count: null };
  const good = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ ...cell, id: "a" }] };
  test.each([
    ["no JSON", "{", "is not JSON"],
    ["no notebook", "[1]", "is not a notebook"],
    ["nbformat 2", { ...good, nbformat: 2 }, "has nbformat 2; expected 3 or 4."],
    ["no cells", { nbformat: 4, metadata: {} }, "expected a list of cells"],
    ["another type of cell", { ...good, cells: [{ ...cell, cell_type: "sheet" }] }, 'has the type "sheet"'],
  ])("%s", (_, content, sentence) => {
    const path = join(folder, "bad.ipynb");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    expectRefusal(run(path, "--to", "md", "-o", join(folder, "bad", "out.md")), sentence);
    expect(existsSync(join(folder, "bad"))).toBe(false);
  });

  test.each([
    ["no file", ["nowhere.ipynb", "--to", "md"], "nowhere.ipynb does not exist."],
    ["a folder", ["notebooks", "--to", "md"], "notebooks is a folder; expected a notebook."],
    [
      "an unknown format",
      [notebookOf("en"), "--to", "docx"],
      'The format is "docx"; expected html, slides, pdf, md, ts, ipynb.',
    ],
    ["itself", [notebookOf("en"), "--to", "ipynb"], "is the notebook itself; expected another path with -o."],
    [
      "one place for two",
      [notebookOf("en"), notebookOf("zh"), "--to", "md", "-o", "one.md"],
      "is one place for 2 notebooks",
    ],
  ])("%s", (_, args, sentence) => expectRefusal(run(...args), sentence));

  test("one place for two is right where it is a folder", () => {
    const [a, b, into] = ["a.ipynb", "b.ipynb", "into"].map((name) => join(folder, name));
    for (const path of [a!, b!]) writeFileSync(path, ipynb(cellsOf([{ source: "# A" }])));
    mkdirSync(into!);
    expect(run(a!, b!, "--to", "md", "-o", into!).status).toBe(0);
    expect(readdirSync(into!)).toEqual(["a.md", "b.md"]);
  });

  test.skipIf(process.getuid?.() === 0)("no permission", () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expectRefusal(run(notebookOf("en"), "--to", "ts", "-o", `${closed}/`), "permission is missing");
    expect(readdirSync(closed)).toEqual([]);
  });
});

function expectRefusal({ status, stderr }: ReturnType<typeof run>, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(status).toBe(2);
}
