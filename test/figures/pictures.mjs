// Draws the committed pictures anew: `npm run pictures` writes them, the test compares them.
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import section from "../../dist/index.js";
import png from "../../dist/figures/still/png.js";
import svg from "../../dist/figures/still/svg.js";

const { ExampleDeepNeuralNetwork, gradientFigure, layerGradients, manualSeed, networkFigure, tensor } =
  section;

/** The section's two networks, without and with shortcuts. */
function bothNetworks() {
  return [false, true].map((useShortcut) => {
    manualSeed(123);
    const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut });
    return layerGradients(model, tensor([[1, 0, -1]]));
  });
}

/**
 * Every committed picture by its path from the project's root.
 * @returns {Promise<[string, Buffer][]>}
 */
export async function pictures() {
  const series = bothNetworks();
  /** @type {[string, Buffer][]} */
  const found = [];
  for (const language of /** @type {const} */ (["en", "zh"])) {
    const network = await svg.figureSvg(networkFigure(series, { language }));
    found.push([`notebooks/${language}/figure-4-12.svg`, Buffer.from(`${network}\n`)]);
    const bars = await svg.figureSvg(gradientFigure(series, { language }));
    found.push([`docs/gradients${language === "zh" ? ".zh" : ""}.png`, await png.svgPng(bars)]);
  }
  return found;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, content] of await pictures()) {
    writeFileSync(path, content);
    console.log(`${path} (${content.length} bytes)`);
  }
}
