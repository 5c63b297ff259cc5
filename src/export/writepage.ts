import { basename } from "node:path";
import { escapeHtml, inertJson, inertScript } from "../kernel/escape";
import { asset, packedAsset, policyHash } from "./html/assets";
import { liveFontFaces } from "./html/fonts";
import { rendered, type Rendered } from "./html/document";
import type { Heading } from "./html/prosehtml";
import type { Notebook } from "./notebook";
import { type Exported, searchable, type Target } from "./writefiles";

/** A live page in one file. */
export async function writePage(notebook: Notebook, target: Target): Promise<Exported> {
  const { path, surroundings, embedFonts } = target;
  const whole = await rendered(notebook, basename(path), (cell) => surroundings.inPageOf(cell));
  return searchable({ path, content: pageHtml(whole, embedFonts ? await liveFontFaces(whole) : "") });
}

/** The notebook as a page whose cells can be edited and run. @param fonts font faces for its text */
export function pageHtml(rendered: Rendered, fonts = ""): string {
  const { sections, words, prose, content } = rendered;
  const contents = contentsHtml(prose.headings, words.contents);
  const body = `<a class="skip" href="#main">${words.skip}</a>
<header class="bar"><span class="title">${escapeHtml(content.title)}</span><div id="tools" role="toolbar" aria-label="${escapeHtml(content.title)}"></div></header>
<p id="notice" role="status" hidden></p>
<div class="columns">
${contents}<main id="main" tabindex="-1">
${sections.filter((section) => section !== "").join("\n")}
</main>
</div>`;
  return documentHtml({
    rendered,
    body,
    scripts: liveScripts(rendered),
    styles: `${fonts}${asset("page.css")}`,
  });
}

function contentsHtml(headings: readonly Heading[], title: string): string {
  const shown = headings.filter(({ level }) => level <= 3);
  if (shown.length < 2) return "";
  const items = shown.map(
    ({ id, level, html }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(encodeURIComponent(id))}">${html}</a></li>`,
  );
  return `<nav class="contents" id="contents" aria-label="${escapeHtml(title)}"><details open><summary>${escapeHtml(title)}</summary><ul>
${items.join("\n")}
</ul></details></nav>
<script>${fold}</script>
`;
}

/** What a page is made of. */
interface Parts {
  rendered: Rendered;
  body: string;
  /** Names of assets, and whether each is started with the page. */
  scripts: { name: string; starts: boolean }[];
  styles: string;
}

/** One file, with nothing fetched: what its policy forbids too. */
export function documentHtml({ rendered, body, scripts, styles }: Parts): string {
  const { content } = rendered;
  const policy = [
    "default-src 'none'",
    `script-src ${policyHash(boot)} ${policyHash(fold)} blob: 'unsafe-eval'`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "media-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const inert = scripts.map(({ name, starts }) => {
    const id = `id="script-${name}"`;
    // Packed it has two fifths of its size; it is unpacked only where a figure moves.
    if (name === "plotly")
      return `<script type="text/plain" ${id} data-packed>${packedAsset("plotly.js")}</script>`;
    return `<script type="text/plain" ${id}${starts ? " data-start" : ""}>${inertScript(asset(`${name}.js`))}</script>`;
  });
  return `<!doctype html>
<html lang="${content.language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="tslab-gradients">
<title>${escapeHtml(content.title)}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
<script>${boot}</script>
</head>
<body>
${body}
<script type="application/json" id="notebook">${inertJson(content)}</script>
${inert.join("\n")}
</body>
</html>
`;
}

/** What makes a page's cells run and its figures move; nothing where there are none. */
export function liveScripts({ runs, explores }: Rendered): Parts["scripts"] {
  if (!runs) return [];
  return [
    { name: "page", starts: true },
    { name: "worker", starts: false },
    { name: "plotly", starts: false },
    ...(explores ? [{ name: "explore", starts: false }] : []),
  ];
}

/** Sets the reader's theme before anything shows, and starts the page's script after its first paint. */
const boot = `(() => {
  try {
    const theme = localStorage.getItem("tslab-gradients-theme");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {}
  document.documentElement.classList.add("scripted");
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => {
    for (const source of document.querySelectorAll("script[data-start]")) {
      const script = document.createElement("script");
      script.dataset.live = "";
      script.async = false;
      script.src = URL.createObjectURL(new Blob([source.textContent], { type: "text/javascript" }));
      document.head.append(script);
    }
  })));
})();`;

/** Folds the list of contents where it would stand above the text, before anything shows. */
const fold = `(() => {
  const list = document.querySelector(".contents details");
  const stacked = matchMedia("(max-width: 64rem)");
  const follow = () => (list.open = !stacked.matches);
  stacked.addEventListener("change", follow);
  follow();
})();`;
