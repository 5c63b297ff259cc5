import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, expect, test } from "vitest";
import { exportNotebook, exportNotebooks } from "../../dist/export";
import { ipynb } from "../../dist/export/ipynb";
import { cellsOf } from "./cells";

const folder = mkdtempSync(join(tmpdir(), "printing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function notebook(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, ipynb(cellsOf([{ source }])));
  return path;
}

async function printed(paths: string[], warnings: string[] = []) {
  const warn = (sentence: string): void => void warnings.push(sentence);
  const [file] = await exportNotebooks(paths, { to: "pdf", output: `${folder}/out/`, warn });
  return getDocumentProxy(new Uint8Array(readFileSync(file!.path)));
}

test(
  "a PDF's links lead to the PDFs beside it, to its own parts and to the web",
  { timeout: 60_000 },
  async () => {
    const source =
      "[b](<a (b).ipynb#Part>) [part](#Part) [web](https://a.example/x) [data](data.csv) [up](../../x/y.csv)\n\n# Part\n\ntext";
    const warnings: string[] = [];
    const pdf = await printed([notebook("a.ipynb", source), notebook("a (b).ipynb", "# B")], warnings);
    const links = (await (await pdf.getPage(1)).getAnnotations()) as { unsafeUrl?: string; dest?: unknown }[];
    expect(links.map(({ unsafeUrl, dest }) => unsafeUrl ?? typeof dest)).toEqual([
      "a%20%28b%29.pdf#Part",
      "string",
      "https://a.example/x",
      "data.csv",
      "../../x/y.csv",
    ]);
    expect(warnings).toEqual(
      ["data.csv", "../../x/y.csv"].map(
        (address) =>
          `In ${join(folder, "a.ipynb")}, cell 1 links to "${address}", which leads nowhere from the export; expected a file beside it.`,
      ),
    );
  },
);

test(
  "an SVG's words are printed, and nothing of it runs, leads away or hides the page",
  { timeout: 60_000 },
  async () => {
    const svg = (inner: string): string =>
      `![a](data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">${inner}</svg>`).replace(/[()']/g, escape)})`;
    const sources = [
      svg("<text y='20'>plain words</text>"),
      svg("<style>body { display: none }</style><text y='20'>styled words</text>"),
      svg("<a href='https://evil.example'><text y='20'>linked words</text></a>"),
      svg("<foreignObject width='300' height='40'><iframe src='file:///etc/hosts'/></foreignObject>"),
      "![undecodable](data:image/svg+xml,%E0%A4%A) 100% %FF",
    ];
    const warnings: string[] = [];
    const pdf = await printed([notebook("svg.ipynb", sources.join("\n\n"))], warnings);
    const { text } = await extractText(pdf, { mergePages: true });
    for (const word of ["plain", "styled", "linked", "undecodable", "100% %FF"]) expect(text).toContain(word);
    expect(text).not.toContain("localhost");
    expect(await (await pdf.getPage(1)).getAnnotations()).toEqual([]);
    expect(warnings).toHaveLength(1);
  },
);

test.skipIf(process.platform === "win32")(
  "Ctrl+C while a PDF is printed leaves nothing behind",
  { timeout: 120_000 },
  async () => {
    const path = notebook("long.ipynb", "# Long\n\n".repeat(2000));
    // A first one sets up the browser.
    await exportNotebook(path, { to: "pdf", output: `${folder}/first/` });
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    for (const wait of [300, 600, 900, 1200]) {
      const env = { ...process.env, TMPDIR: temporary };
      const args = ["dist/cli.js", "export", path, "--to", "pdf", "-o", join(folder, "never/")];
      const child = spawn(process.execPath, args, { env });
      setTimeout(() => child.kill("SIGINT"), wait);
      await once(child, "exit");
      const left = readdirSync(folder, { recursive: true }).map(String);
      if (child.exitCode === 0) rmSync(join(folder, "never"), { recursive: true });
      else expect(left.filter((name) => name.startsWith("never"))).toEqual([]);
      expect(left.filter((name) => name.startsWith("tmp"))).toEqual(["tmp"]);
    }
  },
);
