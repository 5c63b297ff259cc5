import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach } from "vitest";
import { exportNotebook, type ExportOptions, type Format } from "../../dist/export";
import { dataOf, percentDecoded } from "../../dist/export/address";
import { addressesIn, attributeAddresses } from "../../dist/export/findaddresses";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "./cells";

const root = mkdtempSync(join(tmpdir(), "surroundings-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
/** Where the notebooks lie. */
export const course = join(root, "course");
/** Where they are exported to. */
export const out = join(root, "out");

/** Not pixels: what is in a picture tells which one it is. */
export const files: { [path: string]: string } = {
  "course/fig.svg": "<svg xmlns='http://www.w3.org/2000/svg'><title>100%</title></svg>",
  "course/my pic.png": "my pic",
  "course/literal%20pic.png": "literal",
  "course/50%.png": "half",
  "course/a#b?c.png": "odd",
  "course/a&b.png": "and",
  "course/caf\u00e9.png": "composed",
  "course/图/梯度.png": "gradient",
  "course/one/fig.png": "one",
  "course/two/fig.png": "two",
  "course/two/FIG.png": "capital",
  "course/inside/real.png": "real",
  "course/note.txt": "no picture",
  "course/dir.png/x": "x",
  "course/b.ipynb": ipynb(cellsOf([{ source: "# Other" }])),
  "course/data.csv": "1,2",
  "secret.png": "secret",
};
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(join(course, "inside"), join(course, "alias"));
  symlinkSync(root, join(course, "away"));
  symlinkSync(join(root, "nowhere"), join(course, "dead.png"));
});

const attachments = { "at 1%.png": { "image/png": Buffer.from("attached").toString("base64") } };

/** Writes a notebook of one Markdown cell. */
export function notebook(source: string, name = "a.ipynb"): string {
  const path = join(course, name);
  writeFileSync(path, ipynb(cellsOf([{ source, attachments }])));
  return path;
}

/** What comes of such a notebook, and what is told of it. */
export async function exported(source: string, to: Format, options: Partial<ExportOptions> = {}) {
  const warnings: string[] = [];
  const warn = (sentence: string): void => void warnings.push(sentence.replaceAll(`${course}/`, ""));
  const written = await exportNotebook(notebook(source), { to, output: `${out}/`, warn, ...options });
  const text = readFileSync(written[0]!.path, "utf8");
  const cell =
    to === "ipynb" ? (JSON.parse(text) as { cells: [{ source: string[] }] }).cells[0].source.join("") : text;
  return { warnings, written, text: cell };
}

/** What the pictures of a page or a text hold, in their order. */
export function shown(text: string, to: Format): string[] {
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0];
  const addresses = main === undefined ? addressesIn(text).addresses : attributeAddresses(main);
  // In slides a drawing is part of the page, with a name for those who do not see it.
  const drawings = (to === "slides" ? main : undefined)?.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
  const drawn = drawings.map((svg) => svg.replace(/ (role|aria-label)="[^"]*"/g, "").replaceAll('"', "'"));
  const pictures = addresses.flatMap(({ kind, address }) => {
    if (kind === "link") return [];
    if (address.startsWith("data:")) return [dataOf(address)?.content.toString("utf8") ?? address];
    const path = join(out, percentDecoded(address.replace(/#.*/, "")));
    return [to !== "html" && to !== "slides" && existsSync(path) ? readFileSync(path, "utf8") : address];
  });
  return [...pictures, ...drawn];
}

/** The addresses of pictures and links in a page or a text. */
export function addressesOf(text: string): string[] {
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0];
  const found = main === undefined ? addressesIn(text).addresses : attributeAddresses(main);
  return found.map(({ address }) => address);
}
