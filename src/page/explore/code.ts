import type { ExploreSpec } from "../../figures/explore";
import type { ExploreWords } from "./words";

/** The section's cells for a state, under their headings; they run in a notebook by themselves. */
export function codeOf(
  { layerSizes, seed, gelu, input, target, shortcuts }: ExploreSpec,
  { headings }: ExploreWords,
): string {
  const form = gelu === "none" ? "" : `, gelu: "${gelu}"`;
  const useShortcut = shortcuts.every(Boolean) ? "true" : `[${shortcuts.join(", ")}]`;
  const seedText = Number.isSafeInteger(Number(seed)) ? seed : `${seed}n`;
  return `// ${headings[0]}
import {
  ExampleDeepNeuralNetwork,
  backward,
  manualSeed,
  nn,
  pythonFloat,
  tensor,
  tf,
  type Tensor,
} from "tslab-gradients";

let layerSizes = [${layerSizes.join(", ")}];
let sampleInput = tensor(${JSON.stringify(input).replaceAll(",", ", ")});
manualSeed(${seedText});
let modelWithoutShortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: false${form} });

// ${headings[1]}
function printGradients(model: nn.Module, x: Tensor): void {
  const loss = new nn.MSELoss();
  backward(model, () => {
    const output = model.forward(x);
    return loss.forward(output, tf.fill(output.shape, ${target}));
  });

  const lines: string[] = [];
  for (const [name, parameter] of model.namedParameters()) {
    if (!name.includes("weight")) continue;
    const mean = tf.mean(tf.abs(parameter.grad!)).dataSync()[0];
    lines.push(\`\${name} has gradient mean of \${pythonFloat(mean)}\`);
  }
  console.log(lines.join("\\n"));
}

// ${headings[2]}
printGradients(modelWithoutShortcut, sampleInput);

// ${headings[3]}
manualSeed(${seedText});
let modelWithShortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: ${useShortcut}${form} });
printGradients(modelWithShortcut, sampleInput);
`;
}
