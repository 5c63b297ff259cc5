// @ts-check
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { create } from "fontkit";
import subsetFont from "subset-font";

const figures = fileURLToPath(new URL("..", import.meta.url));
/** All weights of the font, 92 MB, of which the package carries two. */
const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/package.json"));
const font = join(fonts, "400Regular", "NotoSansSC_400Regular.ttf");

/**
 * The weights in which figures, pages, slides and paper are written, with their licence.
 * @param {string} outDir
 */
export function copyFonts(outDir) {
  mkdirSync(outDir, { recursive: true });
  for (const file of [font, join(fonts, "700Bold", "NotoSansSC_700Bold.ttf"), join(fonts, "LICENSE_FONT")])
    copyFileSync(file, join(outDir, file.slice(dirname(file).length + 1)));
}

/** What plotly.js writes itself: the width of nothing after an exponent, a minus, a prefix and a times sign. */
const plotlyOwn = ["\u200b", "\u2212", "\u03bc", "\u00d7"];

/**
 * Makes the font of what the package itself writes in figures, in both languages, and the widths of its characters:
 * the whole font is 10 MB, and a hundred times slower to read.
 * @param {string} outDir
 */
export async function bundleFont(outDir) {
  const sources = readdirSync(figures, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(figures, name), "utf8"));
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
  const beyond = [...sources.join("")].filter((character) => character > "\x7f");
  const characters = [...new Set([...ascii, ...plotlyOwn, ...beyond])].sort();
  const bytes = readFileSync(font);
  const whole = /** @type {import("fontkit").Font} */ (create(bytes));
  const advances = characters.map((character) => [
    character,
    whole.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / whole.unitsPerEm,
  ]);
  writeFileSync(join(outDir, "advances.json"), JSON.stringify(Object.fromEntries(advances)));
  writeFileSync(
    join(outDir, "font.ttf"),
    await subsetFont(bytes, characters.join(""), { targetFormat: "truetype" }),
  );
}

/**
 * Makes one file of the program that draws still figures and its modules, as a function of its `require` and its
 * folder. Compiled code, and what few figures need, is required where it is.
 * @param {string} outDir where the program's modules are
 */
export async function bundlePainter(outDir) {
  await build({
    entryPoints: [join(outDir, "painter.js")],
    outfile: join(outDir, "painter.bundle.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["./machinecode", "@resvg/resvg-js", "fontkit", "subset-font", "canvas"],
    banner: { js: "(function (exports, require, __dirname) {" },
    footer: { js: "})" },
    nodePaths: [fileURLToPath(new URL("../../../node_modules", import.meta.url))],
    minifyWhitespace: true,
    lineLimit: 200,
    logLevel: "warning",
  });
}
