import { notInPage } from "../../figures/drawntypes";
import { phrases, sentences } from "../../kernel/chinese/cellsentences";
import { percentDecoded } from "../address";
import { asset } from "./assets";
import type { Rendered } from "./document";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import subsetFont from "subset-font";

/** The build puts them there. */
const folder = join(__dirname, "..", "..", "fonts");
const weights = [
  { weight: 400, file: join(folder, "NotoSansSC_400Regular.ttf") },
  { weight: 700, file: join(folder, "NotoSansSC_700Bold.ttf") },
];

/** As the figures and styles ask for it; a machine's own font of that name is not needed then. */
const chineseFamily = "Noto Sans SC";

/** The code points that it has glyphs for. */
let held: Set<number> | undefined;

/** Font faces with the Chinese characters of what is printed, so that it looks the same on every machine. */
export async function fontFaces(whole: Rendered): Promise<string> {
  return facesFor(textOf(whole));
}

/** The same for a page whose cells run: with those of what its figures may show and its cells be told. */
export async function liveFontFaces(whole: Rendered): Promise<string> {
  const { explores, content } = whole;
  const text = textOf(whole);
  const inFigures = /\p{Script=Han}/u.test(text) ? notInPage.zh([]) : "";
  const told = content.chinese === undefined ? [] : [sentences, phrases].flatMap(Object.values);
  const inExplorer = explores && content.language === "zh" ? asset("explore.js") : "";
  return facesFor(text + inFigures + told.join("") + inExplorer);
}

async function facesFor(text: string): Promise<string> {
  const characters = new Set(
    text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201d\u2026]/gu),
  );
  if (characters.size === 0) return "";
  // Only characters that it has: for others the browser is to look in other fonts.
  held ??= new Set((create(readFileSync(weights[0]!.file)) as Font).characterSet);
  const own = [...characters]
    .filter((each) => held!.has(each.codePointAt(0)!))
    .sort()
    .join("");
  if (own === "") return "";
  const range = [...own].map((character) => `U+${character.codePointAt(0)!.toString(16)}`).join(",");
  const faces = weights.map(async ({ weight, file }) => {
    const font = await subsetFont(readFileSync(file), own, { targetFormat: "woff2" });
    const address = `data:font/woff2;base64,${font.toString("base64")}`;
    return `@font-face { font-family: "${chineseFamily}"; font-weight: ${weight}; src: url("${address}") format("woff2"); unicode-range: ${range}; }`;
  });
  // As the first of the fonts: after others, some browsers do not draw the text again once it is loaded.
  return [...(await Promise.all(faces)), `:root { --first: "${chineseFamily}",; }`].join("\n");
}

/** All that a page may show, the interface and the letters in pictures too. */
function textOf({ sections, words }: Rendered): string {
  const text = sections.join("").replace(/;base64,[A-Za-z0-9+/=]*/g, "");
  return text + percentDecoded(text) + JSON.stringify(words) + Object.values(words).map(String).join("");
}
