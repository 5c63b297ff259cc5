import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "nbconvert-"));
const notebook = join("notebooks", "zh", "shortcut-connections.ipynb");
let python = "";
beforeAll(async () => {
  python = (await import("../../src/setup/paths.mjs")).venvPython;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function convert(to: string, file: string): string {
  const output = join(folder, file);
  // It puts this ending to slides by itself.
  const given = output.replace(/\.slides\.html$/, "");
  const args = ["-m", "nbconvert", "--to", to, notebook, "--output", given];
  const { status, stderr } = spawnSync(python, args, { encoding: "utf8" });
  expect(`${status} ${status === 0 ? "" : stderr}`).toBe("0 ");
  return readFileSync(output, "utf8");
}

describe("Jupyter's own tools show every figure of the notebook", () => {
  test.each([
    ["html", "stock.html"],
    ["slides", "slides.slides.html"],
  ])("nbconvert --to %s", { timeout: 60_000 }, (to, file) => {
    const html = convert(to, file);
    const figures = html.match(/<svg role="img" aria-label|src="data:image\/(png|svg\+xml);base64/g) ?? [];
    // Three of the cells', and figure 4.12.
    expect(figures.length).toBeGreaterThanOrEqual(3);
    expect(html).toContain("0.0050496");
  });

  test("nbconvert --to markdown", { timeout: 60_000 }, () => {
    const pictures = convert("markdown", "stock.md").match(/!\[[^\]]*\]\([^)]*\.(svg|png)\)/g) ?? [];
    expect(pictures.length).toBeGreaterThanOrEqual(4);
  });
});

test("JupyterLab's menu offers ours, by the exporters that nbconvert knows", { timeout: 60_000 }, () => {
  const script = `from nbconvert.exporters import get_exporter, get_export_names
print([get_exporter(name)().export_from_notebook for name in get_export_names() if name.startswith("tslab")])`;
  const { stdout } = spawnSync(python, ["-c", script], { encoding: "utf8" });
  expect(stdout.trim()).toBe("['Live HTML', 'PDF (tslab-gradients)', 'Live slides']");
});

test("nbconvert's exporter writes what export writes, with the prose's pictures", { timeout: 60_000 }, () => {
  const html = convert("tslab-gradients", "ours.html");
  const own = join(folder, "own.html");
  spawnSync(process.execPath, ["dist/cli.js", "export", notebook, "-o", own]);
  const body = (page: string): string => page.slice(page.indexOf("<main"), page.indexOf("</main>"));
  expect(body(html)).toBe(body(readFileSync(own, "utf8")));
  expect(body(html)).toContain('<img src="data:image/svg+xml');
});

test("what cannot be exported is said through nbconvert too", { timeout: 60_000 }, () => {
  const script = `import nbformat, sys
from tslab_gradients_exporters import LiveHTML
nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
LiveHTML().from_notebook_node(nb)`;
  const { status, stderr } = spawnSync(python, ["-c", script], { encoding: "utf8" });
  expect(status).not.toBe(0);
  expect(stderr).toContain("Cell 1 has not run; run it, or allow it with `--allow failed`.");
});

test("a copy that shows pictures beside it comes with them, in one archive", { timeout: 60_000 }, () => {
  const script = `import io, nbformat, zipfile
from tslab_gradients_exporters import export
nb = nbformat.read("notebooks/en/shortcut-connections.ipynb", 4)
name, content = export(nb, "lesson", "notebooks/en", "--to", "ipynb", "--variant", "student")
print(name, *zipfile.ZipFile(io.BytesIO(content)).namelist())`;
  const { stdout, stderr } = spawnSync(python, ["-c", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout.trim()).toBe("lesson-student.zip lesson-student.ipynb lesson-student_files/figure-4-12.svg");
});
