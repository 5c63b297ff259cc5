import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { getDocumentProxy, extractText } from "unpdf";
import { afterAll, describe, expect, test } from "vitest";
import { type ExportOptions, exportNotebook } from "../../dist/export";

const folder = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const section = (language: string) => `notebooks/${language}/shortcut-connections.ipynb`;

async function exported(language: string, options: ExportOptions): Promise<Buffer> {
  const [file] = await exportNotebook(section(language), { output: `${folder}/`, ...options });
  return readFileSync(file!.path);
}

/** The numbers of In [4], In [5] and In [7] as the notebook prints them. */
function printed(language: string): string[] {
  const { cells } = JSON.parse(readFileSync(section(language), "utf8")) as {
    cells: { outputs?: { text?: string[] }[] }[];
  };
  const text = cells.flatMap(({ outputs }) => outputs?.flatMap(({ text }) => text ?? []) ?? []).join("");
  return text.match(/(?<=gradient mean of )\S+/g)!;
}

describe.each(["en", "zh"])("the %s notebook as a PDF", (language) => {
  test(
    "has its text, 20 numbers, embedded fonts, bookmarks and page numbers",
    { timeout: 60_000 },
    async () => {
      const bytes = await exported(language, { to: "pdf" });
      const pdf = await getDocumentProxy(new Uint8Array(bytes));
      const { text, totalPages } = await extractText(pdf, { mergePages: true });
      const plain = text.replaceAll(/\s/g, "");
      expect(printed(language)).toHaveLength(20);
      for (const number of printed(language)) expect(plain).toContain(number);
      expect(plain).toContain(
        language === "zh"
          ? "反向传播用链式法则：损失对第一层的导数，是后面每一层导数的乘积。"
          : "Shortcutconnections:gradientsforeverylayer",
      );
      expect(plain).toContain(`${totalPages}/${totalPages}`);
      expect((await pdf.getOutline())?.length).toBeGreaterThan(0);
      const page = await pdf.getPage(1);
      // A4 in points: 210 mm by 297 mm.
      [0, 0, 595.28, 841.89].forEach((side, i) => expect(Math.abs(page.view[i]! - side)).toBeLessThan(1.5));
      const whole = inflated(bytes);
      expect(whole).not.toMatch(/\/Subtype\s*\/Type3/);
      const fonts = whole.match(/\/Type\s*\/FontDescriptor/g)?.length ?? 0;
      expect(fonts).toBeGreaterThan(0);
      expect(whole.match(/\/FontFile[23]?\b/g)).toHaveLength(fonts);
    },
  );
});

test("a PDF may be of Letter size", { timeout: 60_000 }, async () => {
  const pdf = await getDocumentProxy(new Uint8Array(await exported("en", { to: "pdf", paper: "Letter" })));
  expect((await pdf.getPage(1)).view).toEqual([0, 0, 612, 792]);
});

/** A PDF's objects, those in compressed streams too. */
function inflated(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  const streams = [...text.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    if (text.slice(index - 3, index) === "end") return "";
    try {
      return inflateSync(bytes.subarray(index + mark.length)).toString("latin1");
    } catch {
      return "";
    }
  });
  return text + streams.join("\n");
}

test("slides begin at headings, and carry all cells", async () => {
  const html = (await exported("en", { to: "slides" })).toString("utf8");
  const slides = html.slice(html.indexOf('<div class="slides">'), html.indexOf('id="notebook"'));
  expect(slides.match(/<section><div class="slide">/g)!.length).toBeGreaterThan(10);
  expect(slides.match(/class="cell code"/g)).toHaveLength(12);
});

test("a page carries its Chinese characters where it is asked to", async () => {
  const faces = async (options: Partial<ExportOptions>) =>
    [
      ...(await exported("zh", { to: "html", ...options }))
        .toString("utf8")
        .matchAll(/@font-face [^}]*unicode-range: ([^;]*);/g),
    ].map(([, range]) => range);
  expect(await faces({})).toEqual([]);
  const [regular, bold] = await faces({ embedFonts: true });
  // 梯, of 梯度, gradient.
  expect(regular).toContain("U+68af");
  // 整, of 整数, whole number, which the section's errors say and its text does not.
  expect(regular).toContain("U+6574");
  expect(bold).toBe(regular);
});

describe("what cannot be exported is said in a sentence, and nothing is written", () => {
  test.each<[object, string]>([
    [{ to: "docx" }, 'The format is "docx"; expected html, slides, pdf, md, ts, ipynb.'],
    [{ to: "html", variant: "parent" }, 'The variant is "parent"; expected student, teacher, key.'],
    [{ to: "pdf", paper: "A3" }, 'The paper is "A3"; expected A4, Letter.'],
    [
      { to: "html", allow: ["all"] },
      'The kind of problem to allow is "all"; expected stale, failed, static, alt, private.',
    ],
    [{ to: "html", output: "" }, 'The output is ""; expected the path of a file or of a folder.'],
  ])("%j", async (options, sentence) => {
    const output = join(folder, "never.html");
    await expect(exportNotebook(section("en"), { output, ...options } as ExportOptions)).rejects.toThrow(
      sentence,
    );
    expect(statSync(output, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("no browser for a PDF", async () => {
    const before = process.env.TSLAB_GRADIENTS_BROWSER;
    process.env.TSLAB_GRADIENTS_BROWSER = join(folder, "none");
    try {
      await expect(exported("en", { to: "pdf" })).rejects.toThrow(
        "A PDF needs a browser to print it, and none was found",
      );
    } finally {
      if (before === undefined) delete process.env.TSLAB_GRADIENTS_BROWSER;
      else process.env.TSLAB_GRADIENTS_BROWSER = before;
    }
  });
});

test("a browser that does not start is said in a sentence, and keeps its sandbox where it may", async () => {
  const { sandboxed } = await import("../../dist/export/writepdf");
  const tried: boolean[] = [];
  const launch = (sandbox: boolean): Promise<string> => {
    tried.push(sandbox);
    return sandbox ? Promise.reject(new Error("No usable sandbox!")) : Promise.resolve("started");
  };
  expect(await sandboxed(launch)).toBe("started");
  expect(tried).toEqual([true, false]);
  expect(await sandboxed((sandbox) => Promise.resolve(sandbox))).toBe(true);
  const never = (): Promise<never> => Promise.reject(new Error("spawn ENOENT\nCall log:\n  - at a place"));
  await expect(sandboxed(never)).rejects.toThrow(
    "The browser that prints PDFs did not start (spawn ENOENT).",
  );
});
