import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLeaks } from "../../dist/export/leak";
import { variantOf } from "../../dist/export/variant";
import { exportNotebook, type ExportOptions } from "../../dist/export";
import { venvPython } from "../../src/setup/paths.mjs";
import { cellsOf } from "./cells";
import { explored, exploreType, type Bundle } from "../kernel/explored";

const folder = mkdtempSync(join(tmpdir(), "explore-"));
const call = 'import { explore } from "tslab-gradients";\nawait explore({ seed: 918273645 });';
let bundle: Bundle;
beforeAll(async () => {
  bundle = await explored({ seed: 918273645 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nowhere = { picture: () => null, link: () => null };
/** What a notebook says of its language. */
const metadata = { language_info: { name: "typescript" } };

interface Written {
  source?: string;
  outputs?: object[];
  tags?: string[];
}

/** Writes a notebook whose first code cell shows a live figure, or another one. */
function notebook(cells: Written[]): string {
  const file = join(folder, "live.ipynb");
  const written = cells.map(({ source = call, outputs = [shown()], tags = [] }, i) => ({
    cell_type: "code",
    id: `c${i + 1}`,
    metadata: { tags },
    execution_count: i + 1,
    source,
    outputs,
  }));
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: written }));
  return file;
}

function shown(data = bundle.data): object {
  return { output_type: "display_data", data, metadata: bundle.metadata };
}

async function exported(cells: Written[], options: Partial<ExportOptions> & Pick<ExportOptions, "to">) {
  const output = join(folder, `out.${options.to}`);
  await exportNotebook(notebook(cells), { output, ...options });
  return readFileSync(output, "utf8");
}

const program = 'id="script-explore"';

describe("a page holds the live figure's program", () => {
  test.each(["html", "slides"] as const)("%s: where an output shows one", async (to) => {
    const html = await exported([{ source: "figure()" }], { to });
    expect(html.includes(program)).toBe(true);
    expect(html).toContain('<figure class="explore" data-explore><img src="data:image/png;base64,');
    expect(html.replace(/<script type="text\/plain".*?<\/script>/gs, "")).toContain('"seed":"918273645"');
  });

  test("where a cell may show one, and nowhere else", async () => {
    expect((await exported([{ outputs: [] }], { to: "html" })).includes(program)).toBe(true);
    const without = { source: 'const explore = "explored";', outputs: [] };
    expect((await exported([without], { to: "html" })).includes(program)).toBe(false);
    expect(
      await exported([{ ...without, source: call, tags: ["remove-cell"] }, without], { to: "html" }),
    ).not.toContain(program);
  });

  test("and nothing in its data ends a script", async () => {
    const data = { ...bundle.data, [exploreType]: { version: "</script><script>window.ran = 1</script>" } };
    const html = await exported([{ outputs: [shown(data)] }], { to: "html" });
    expect(html).not.toContain("<script>window.ran");
    expect(html).toContain("\\u003c/script>");
  });
});

describe("elsewhere it is a picture", () => {
  test("in Markdown, with its words", async () => {
    const text = await exported([{}], { to: "md" });
    expect(text).toMatch(/!\[Drawing of the networks side by side[^\]]+\]\(out_files\/c1-1\.png\)/);
    const picture = readFileSync(join(folder, "out_files", "c1-1.png"));
    expect(picture.equals(Buffer.from(String(bundle.data["image/png"]), "base64"))).toBe(true);
  });

  test("in what is printed", async () => {
    const { paperHtml } = await import("../../dist/export/writepdf");
    const { rendered } = await import("../../dist/export/html/document");
    const { readNotebook } = await import("../../dist/export/readnotebook");
    const html = paperHtml(await rendered(readNotebook(notebook([{}])), "out.pdf", () => nowhere), "");
    expect(html).toContain('<img src="data:image/png;base64,');
    expect(html).not.toContain("918273645}");
    expect(html.includes(program)).toBe(false);
  });

  test("in nbconvert's pages", { timeout: 60_000 }, () => {
    const args = ["-m", "nbconvert", "--to", "html", notebook([{}]), "--output", join(folder, "stock.html")];
    const { status, stderr } = spawnSync(venvPython, args, { encoding: "utf8" });
    expect(`${status} ${status === 0 ? "" : stderr}`).toBe("0 ");
    const html = readFileSync(join(folder, "stock.html"), "utf8");
    expect(html).toContain(`src="data:image/png;base64,${String(bundle.data["image/png"]).slice(0, 60)}`);
  });

  test("a clean notebook keeps it", async () => {
    const { cells } = JSON.parse(await exported([{}], { to: "ipynb" })) as {
      cells: { outputs: Bundle[] }[];
    };
    expect(Object.keys(cells[0]!.outputs[0]!.data)).toEqual([exploreType, "image/png", "text/plain"]);
  });

  test("a script prints its numbers", async () => {
    expect(await exported([{}], { to: "ts" })).toContain("await explore({ seed: 918273645 });");
  });
});

describe("guards", () => {
  const guarded = async (outputs: object[]): Promise<string> => {
    const error: unknown = await exported([{ outputs }], { to: "html" }).catch((reason: unknown) => reason);
    return error instanceof Error ? error.message : "";
  };

  test("a figure whose picture is missing has no static form", async () => {
    const { "image/png": picture, ...data } = bundle.data;
    expect(picture).toBeTruthy();
    expect(await guarded([{ output_type: "display_data", data, metadata: {} }])).toBe(
      `Cell 1 (In [1]) shows ${exploreType} without a still picture or text beside it; show it with a picture, or allow it with \`--allow static\`.`,
    );
  });

  test("one whose picture says nothing has no alternative text", async () => {
    const output = { output_type: "display_data", data: bundle.data, metadata: {} };
    expect(await guarded([output])).toContain("has a picture (image/png) without alternative text");
  });

  test("a whole one passes, standalone too", async () => {
    expect(await guarded([shown()])).toBe("");
    const { data } = await explored({}, { standalone: true });
    expect(await guarded([shown(data)])).toBe("");
  });
});

test("a student's page has nothing of the state that a solution shows", async () => {
  const solution = { source: call, tags: ["solution"] };
  const student = await exported([solution], { to: "html", variant: "student" });
  expect(student.includes("918273645")).toBe(false);
  expect(student.includes(program)).toBe(false);
});

test("what a solution's live figure holds is found wherever it leaks to", () => {
  const output = { ...bundle, type: "display_data" as const, executionCount: null };
  const original = cellsOf([{ code: "hidden();", count: 1, tags: ["solution"], outputs: [output] }]);
  const student = variantOf(original, "student");
  const check = (content: string) => () => checkLeaks(original, student, [{ path: "out.html", content }]);
  expect(check('{"seed":"918273"}')).not.toThrow();
  expect(check('{"seed":"918273645"}')).toThrow("of the output of cell 1");
  expect(check(String(bundle.data["image/png"]))).toThrow("a picture");
});
