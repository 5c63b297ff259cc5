/** A notebook of controls, the figure that follows them, and cells that fail. */
export const cells = [
  `import { ExampleDeepNeuralNetwork, control, getBackend, gradientFigure, layerGradients, manualSeed, show, tensor } from "tslab-gradients";
console.log(getBackend());`,
  `const width = control.intSlider({ label: "width", min: 1, max: 64, value: 3 });
const useShortcut = control.checkbox({ label: "shortcut connections" });
const gelu = control.dropdown({ label: "GELU", options: ["none", "tanh"] });
control.column(width, control.row(useShortcut, gelu))`,
  `const figure = () => {
  manualSeed(123);
  const sizes = [3, width.value, width.value, 1];
  const options = { useShortcut: useShortcut.value, gelu: gelu.value };
  const gradients = layerGradients(new ExampleDeepNeuralNetwork(sizes, options), tensor([[1, 0, -1]]));
  return gradientFigure([gradients], { title: JSON.stringify({ width: width.value, ...options }) });
};
await show(figure(), { id: "gradients" });
for (const each of [width, useShortcut, gelu]) each.onChange(() => show(figure(), { id: "gradients", update: true }));`,
  `const fails = control.button({ label: "fail" });
fails.onClick(() => {
  throw new RangeError("pressed");
});
fails`,
  `function expectWide(width: number): void {
  if (width < 100) throw new RangeError(\`The width is \${width}; expected 100 or more.\`);
}
expectWide(width.value);`,
  `const wrong: number = "3";`,
  `console.log("the width is", width.value);`,
];
