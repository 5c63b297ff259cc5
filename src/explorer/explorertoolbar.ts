import type { ExploreSpec } from "../figures/explorespec";
import type { Host } from "./edits";
import { element } from "./element";
import type { ExploreWords } from "./explorerwords";
import type { Player } from "./play";

/** What the buttons do beyond an edit. */
export interface Commands {
  undo(): void;
  redo(): void;
  reset(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

/** The buttons: undo, redo, reset, copy as code, and the play. */
export class ExploreToolbar {
  readonly node: HTMLElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly play: HTMLButtonElement;
  private readonly code = element("textarea", { className: "code", readOnly: true, hidden: true, rows: 12 });

  constructor(
    private readonly host: Host,
    private readonly commands: Commands,
    private readonly player: Player,
  ) {
    const { words } = host;
    const button = (text: string, name: string, press: () => void): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent: text, className: name });
      made.onclick = press;
      return made;
    };
    this.undo = button(words.undo, "undo", () => commands.undo());
    this.redo = button(words.redo, "redo", () => commands.redo());
    this.play = button(words.play, "play", () => player.toggle());
    const bar = element(
      "div",
      { className: "tools" },
      this.undo,
      this.redo,
      button(words.reset, "reset", () => commands.reset()),
      element("span", { className: "gap" }),
      button(words.back, "back", () => player.step(-1)),
      this.play,
      button(words.forward, "forward", () => player.step(1)),
      button(words.everything, "everything", () => player.showAll()),
      element("span", { className: "gap" }),
      button(words.copy, "copy", () => void this.copy()),
    );
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.title);
    this.code.setAttribute("aria-label", words.copy);
    this.node = element("div", { className: "commands" }, bar, this.code);
  }

  render(): void {
    const { words } = this.host;
    this.undo.disabled = !this.commands.canUndo();
    this.redo.disabled = !this.commands.canRedo();
    this.play.textContent = this.player.isPlaying ? words.pause : words.play;
    if (!this.code.hidden) this.code.value = codeOf(this.host.spec, words);
  }

  private async copy(): Promise<void> {
    const { words, spec } = this.host;
    const code = codeOf(spec, words);
    try {
      await navigator.clipboard.writeText(code);
      this.code.hidden = true;
      this.host.say(words.copied(words.headings[0], words.headings[3]));
    } catch {
      // No clipboard without a secure page, or without the reader's leave.
      this.code.value = code;
      this.code.hidden = false;
      this.code.select();
      this.host.say(words.copyFailed);
    }
  }
}

/** The section's cells for a state, under their headings; they run in a notebook by themselves. */
function codeOf(
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
