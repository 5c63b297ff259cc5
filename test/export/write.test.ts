import { fork } from "node:child_process";
import { once } from "node:events";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exportNotebook, exportNotebooks } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import { writeFiles } from "../../dist/export/writefiles";
import { cellsOf } from "./cells";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "write-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const none = { notebooks: [], pictures: new Set<string>() };
const at = (...names: string[]): string => join(folder, ...names);
const all = (): string[] => readdirSync(folder, { recursive: true }).map(String).sort();

function notebook(name: string, cell: Parameters<typeof cellsOf>[0][number]): string {
  const path = at(name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, ipynb(cellsOf([cell])));
  return path;
}

describe("where files cannot be written all is as it was", () => {
  test("a place that cannot be taken, after others were", () => {
    writeFileSync(at("a.md"), "before");
    const long = `${"n".repeat(255)}.png`;
    const files = ["a.md", "b_files/1.png", `b_files/deep/${long}`].map((name) => ({
      path: at(name),
      content: "new",
    }));
    expect(() => writeFiles(files, none)).toThrow(/cannot be written \(ENAMETOOLONG\)\.$/);
    expect(all()).toEqual(["a.md"]);
    expect(readFileSync(at("a.md"), "utf8")).toBe("before");
  });

  test("a folder that is a file", () => {
    writeFileSync(at("b_files"), "mine");
    const files = ["b.md", "b_files/1.png"].map((name) => ({ path: at(name), content: "new" }));
    expect(() => writeFiles(files, none)).toThrow("b_files is a file; expected a folder.");
    expect(all()).toEqual(["b_files"]);
  });

  test("two files for one place", () => {
    const files = ["a.md", "x/../a.md"].map((name) => ({ path: `${folder}/${name}`, content: name }));
    expect(() => writeFiles(files, none)).toThrow(
      "would be written twice; expected a place for each export.",
    );
    expect(all()).toEqual([]);
  });

  test.each([
    [
      "a folder",
      () => mkdirSync(at("out.md", "a.md"), { recursive: true }),
      "is a folder; expected the path of a file.",
    ],
    ["a device", () => symlinkSync("/dev/null", at("out.md")), "is no file; expected the path of a file."],
    ["links in a circle", () => symlinkSync(at("out.md"), at("out.md")), "cannot be written (ELOOP)."],
    [
      "the notebook by another name",
      () => linkSync(at("a.ipynb"), at("out.md")),
      "is the notebook itself; expected another path with -o.",
    ],
    [
      "the notebook by a link",
      () => symlinkSync(at("a.ipynb"), at("out.md")),
      "is the notebook itself; expected another path with -o.",
    ],
  ])("%s", async (_, prepare, sentence) => {
    const path = notebook("a.ipynb", { source: "# A" });
    prepare();
    const before = all();
    await expect(exportNotebook(path, { to: "md", output: at("out.md") })).rejects.toThrow(sentence);
    expect(all()).toEqual(before);
    expect(readFileSync(path, "utf8")).toContain("# A");
  });

  test("a later notebook that may not be published", async () => {
    const paths = [notebook("a.ipynb", { source: "# A" }), notebook("b.ipynb", { code: "f()" })];
    await expect(exportNotebooks(paths, { to: "md", output: at("out/") })).rejects.toThrow(
      `In ${paths[1]}: Cell 1 has not run; run it, or allow it with \`--allow failed\`.`,
    );
    expect(all()).toEqual(["a.ipynb", "b.ipynb"]);
  });

  test("the folder that one is in, as a place", () => {
    const files = [
      { path: folder, content: "new" },
      { path: at("a.md"), content: "new" },
    ];
    expect(() => writeFiles(files, none)).toThrow(`${folder} is a folder; expected the path of a file.`);
    expect(all()).toEqual([]);
  });

  test("two notebooks of one name", async () => {
    const paths = [notebook("1/a.ipynb", { source: "# 1" }), notebook("2/a.ipynb", { source: "# 2" })];
    await expect(exportNotebooks(paths, { to: "md", output: at("out/") })).rejects.toThrow(
      /1\/a\.ipynb and .*2\/a\.ipynb would both be written to .*a\.md; expected a folder for each, or other names\./,
    );
    expect(all()).not.toContain("out");
  });
});

test("a notebook that is named twice is written once", async () => {
  const path = notebook("a.ipynb", { source: "# A" });
  const written = await exportNotebooks([path, join(folder, "x", "..", "a.ipynb")], { to: "md" });
  expect(written).toEqual([{ path: at("a.md"), size: 4 }]);
});

test("a link to a file leads to the new one, and nothing else is left", () => {
  mkdirSync(at("site"));
  writeFileSync(at("site", "page.html"), "before");
  symlinkSync(join("site", "page.html"), at("page.html"));
  writeFiles(
    [
      { path: at("page.html"), content: "new" },
      { path: at(`${"n".repeat(250)}.md`), content: "long" },
    ],
    none,
  );
  expect(readlinkSync(at("page.html"))).toBe(join("site", "page.html"));
  expect(readFileSync(at("site", "page.html"), "utf8")).toBe("new");
  expect(all()).toEqual([`${"n".repeat(250)}.md`, "page.html", "site", join("site", "page.html")].sort());
});

test.skipIf(process.platform === "win32")("Ctrl+C while an export runs leaves nothing behind", async () => {
  const path = notebook("a.ipynb", { code: "await new Promise(() => {});" });
  const args = ["export", path, "--execute", "--to", "md", "-o", at("out/")];
  const temporary = at("tmp");
  mkdirSync(temporary);
  const child = fork("dist/cli.js", args, { silent: true, env: { ...process.env, TMPDIR: temporary } });
  // By then its kernel was started.
  const began = setInterval(() => readdirSync(temporary).length > 0 && child.kill("SIGINT"), 50);
  const timer = setTimeout(() => child.kill("SIGINT"), 3000);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(began);
  clearTimeout(timer);
  expect(code).toBe(130);
  expect(all()).toEqual(["a.ipynb", "tmp"]);
});
