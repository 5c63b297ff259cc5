import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { kindOf } from "./address";
import { ExportError } from "./error";
import { asset } from "./html/assets";
import { fontFaces } from "./html/fonts";
import { rendered, type Rendered } from "./html/document";
import { withDrawings } from "./html/sanitize";
import type { Notebook } from "./notebook";
import type { Exported, Paper, Target } from "./writefiles";
import { documentHtml } from "./writepage";

const styles = `
svg { max-width: 100%; height: auto; }
details > summary { list-style: none; font-weight: 600; }
`;

/** A PDF, printed by a browser. */
export async function writePdf(notebook: Notebook, target: Target): Promise<Exported> {
  const { path, surroundings, paper, warn } = target;
  const whole = await rendered(notebook, basename(path), (cell) => {
    const inPage = surroundings.inPageOf(cell);
    return {
      ...inPage,
      link(address) {
        const moved = inPage.link(address);
        return kindOf(address) === "relative" ? besidePaper(moved ?? address) : moved;
      },
    };
  });
  const html = paperHtml(whole, await fontFaces(whole));
  const { pdf, undrawn } = await printed(html, paper);
  if (undrawn.length > 0)
    warn(
      `${path} shows ${JSON.stringify(undrawn.join(" "))} as boxes, since no font of this machine has them; expected one that does, such as Noto Sans CJK or Noto Emoji.`,
    );
  return { files: [{ path, content: pdf }], sources: [{ path, content: html }] };
}

/**
 * The notebook as a page to print: no scripts, everything open, pictures that are SVG as part of the page, so that they
 * stay lines and letters.
 */
export function paperHtml(rendered: Rendered, fonts: string): string {
  const sections = rendered.sections
    .filter((section) => section !== "")
    .map((section, i) =>
      withDrawings(
        section.replaceAll("<details", "<details open").replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, ""),
        `f${i}`,
      ),
    );
  const body = `<div class="columns"><main id="main" class="on-paper">\n${sections.join("\n")}\n</main></div>`;
  return documentHtml({ rendered, body, scripts: [], styles: `${fonts}\n${asset("page.css")}\n${styles}` });
}

/** Paper sizes, in millimetres. */
const sheets: { [paper in Paper]: { width: number; height: number } } = {
  A4: { width: 210, height: 297 },
  Letter: { width: 215.9, height: 279.4 },
};
const margin = { x: 16, y: 18 };

/** A PDF, and what it lacks. */
interface Printed {
  pdf: Buffer;
  /** Characters that no font of this machine has: boxes stand for them. */
  undrawn: string[];
}

/** In CSS pixels, of which an inch has 96. */
function pixels(millimetres: number): number {
  return Math.floor((millimetres * 96) / 25.4);
}

interface Found {
  executablePath: string;
  env: Record<string, string>;
}

/** The browser that prints: the system's, or the one that npm carried. @throws ExportError where there is none */
async function browser(): Promise<Found> {
  const file = join(__dirname, "..", "..", "src", "setup", "browser.mjs");
  const { findBrowser, setUpBrowser } = (await import(pathToFileURL(file).href)) as {
    findBrowser(): Found | undefined;
    setUpBrowser(): Promise<void>;
  };
  try {
    if (findBrowser() === undefined) await setUpBrowser();
  } catch {
    // That there is none is said below.
  }
  const found = findBrowser();
  if (found) return found;
  throw new ExportError(
    "A PDF needs a browser to print it, and none was found; expected Chrome or Chromium on the path, or its path in TSLAB_GRADIENTS_BROWSER.",
  );
}

/**
 * A browser writes no relative links into a PDF, so that the page to print has them as addresses of this host, which are made
 * relative in the PDF afterwards.
 */
const beside = "http://beside.invalid/";
/** Stands for `..`, which the browser would resolve. */
const up = "~up~";

/** A relative address as a page to print has it. */
function besidePaper(address: string): string {
  return beside + address.replace(/(?<=^|\/)\.\.(?=\/|$)/g, up);
}

/** A page printed, with page numbers, bookmarks from its headings and tags for screen readers. */
async function printed(html: string, paper: Paper): Promise<Printed> {
  const found = await browser();
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-"));
  const clear = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  const forget = lastAtExit(() => {
    // A browser that is being ended may still finish one step, and make its folder anew.
    for (let tries = 0; tries < 20; tries++) {
      clear();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25);
      if (!existsSync(folder)) return;
    }
  });
  try {
    return await withTemporaryFolder(folder, () => printedBy(found, html, paper));
  } finally {
    clear();
    forget();
  }
}

/**
 * Does something at the process's end, also where Ctrl+C or another signal ends it: after whatever others do there, such as
 * the browser's library, which ends the browser only then.
 * @returns what takes it back
 */
function lastAtExit(work: () => void): () => void {
  const behind = (event: string | symbol): void => {
    if (event !== "exit") return;
    process.off("exit", work);
    // The other listener is added after this.
    queueMicrotask(() => {
      process.off("newListener", behind);
      process.on("exit", work);
      process.on("newListener", behind);
    });
  };
  process.on("exit", work);
  process.on("newListener", behind);
  return () => {
    process.off("newListener", behind);
    process.off("exit", work);
  };
}

/** The browser's library leaves its files behind where it is ended while it starts. */
async function withTemporaryFolder<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const names = ["TMPDIR", "TMP", "TEMP"];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = folder;
  try {
    return await run();
  } finally {
    names.forEach((name, i) => {
      if (before[i] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[i];
    });
  }
}

async function printedBy({ executablePath, env }: Found, html: string, paper: Paper): Promise<Printed> {
  const { chromium } = await import("playwright-core");
  const whole = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
  const chrome = await sandboxed((chromiumSandbox) =>
    chromium.launch({
      executablePath,
      env: Object.fromEntries(whole) as Record<string, string>,
      args: ["--disable-gpu"],
      chromiumSandbox,
    }),
  );
  try {
    const context = await chrome.newContext({
      javaScriptEnabled: false,
      offline: true,
      colorScheme: "light",
    });
    const sheet = sheets[paper];
    const height = pixels(sheet.height - 2 * margin.y);
    const page = await context.newPage();
    await page.setViewportSize({ width: pixels(sheet.width - 2 * margin.x), height });
    await page.setContent(html, { timeout: 120_000 });
    await page.emulateMedia({ media: "print" });
    const undrawn = await page.evaluate<string[]>(`${asset("paper.js")}\npaper.setOut(${height})`);
    const pdf = withOwnLinks(
      await page.pdf({
        format: paper,
        printBackground: true,
        outline: true,
        tagged: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: `<div style="width:100%;text-align:center;font:8pt Arial,'DejaVu Sans',sans-serif;color:#5b6675"><span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
        margin: {
          top: `${margin.y}mm`,
          bottom: `${margin.y}mm`,
          left: `${margin.x}mm`,
          right: `${margin.x}mm`,
        },
      }),
    );
    return { pdf, undrawn };
  } catch (error) {
    throw new ExportError(`The browser could not print the page (${firstLine(error)}).`);
  } finally {
    await chrome.close();
  }
}

/**
 * A browser with its sandbox, or without one where the system allows none: as root, and in many containers.
 * @throws ExportError where it starts in neither way
 */
export async function sandboxed<Browser>(launch: (sandbox: boolean) => Promise<Browser>): Promise<Browser> {
  try {
    return await launch(true);
  } catch {
    try {
      return await launch(false);
    } catch (error) {
      throw new ExportError(`The browser that prints PDFs did not start (${firstLine(error)}).`);
    }
  }
}

function firstLine(error: unknown): string {
  return String((error as Error).message).split("\n")[0]!;
}

const backslash = 0x5c;

/** Makes those links relative. A PDF lists where its objects stand, so that a shorter link is filled up with blanks. */
function withOwnLinks(pdf: Buffer): Buffer {
  const begin = Buffer.from(`(${beside}`);
  for (let at = pdf.indexOf(begin); at >= 0; at = pdf.indexOf(begin, at + 1)) {
    let end = pdf.indexOf(")", at);
    while (pdf[end - 1] === backslash) end = pdf.indexOf(")", end + 1);
    const address = pdf.toString("latin1", at + begin.length, end).replaceAll(up, "..");
    pdf.write(`(${address})`.padEnd(end + 1 - at, " "), at, "latin1");
  }
  return pdf;
}
