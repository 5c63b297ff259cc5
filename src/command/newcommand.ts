import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { InputError } from "./commandmessages";

type Language = "en" | "zh";

/** What a lesson begins with; the cells run as they stand. */
const cells: { id: string; type: "markdown" | "code"; source: Record<Language, string> }[] = [
  {
    id: "title",
    type: "markdown",
    source: {
      en: "# {title}\n\nHow much gradient reaches each layer, and what changes it? Edit a cell, run it again with Shift+Enter, and look.",
      zh: "# {title}\n\n每一层能得到多少梯度，又是什么在改变它？编辑单元格，用 Shift+Enter 再次运行，看看结果。",
    },
  },
  {
    id: "networks",
    type: "code",
    source: {
      en: `import { ExampleDeepNeuralNetwork, gradientFigure, layerGradients, manualSeed, printGradients, show, tensor } from "tslab-gradients";

let layerSizes = [3, 3, 3, 3, 3, 1]; // the input's width, then each layer's
let sampleInput = tensor([[1, 0, -1]]);

manualSeed(123);
let plain = new ExampleDeepNeuralNetwork(layerSizes);
manualSeed(123);
let shortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: true });`,
      zh: `import { ExampleDeepNeuralNetwork, gradientFigure, layerGradients, manualSeed, printGradients, show, tensor } from "tslab-gradients";

let layerSizes = [3, 3, 3, 3, 3, 1]; // 输入的宽度，然后是每一层的宽度
let sampleInput = tensor([[1, 0, -1]]);

manualSeed(123);
let plain = new ExampleDeepNeuralNetwork(layerSizes);
manualSeed(123);
let shortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: true });`,
    },
  },
  {
    id: "gradients",
    type: "code",
    source: { en: "printGradients(plain, sampleInput);", zh: "printGradients(plain, sampleInput);" },
  },
  {
    id: "figure",
    type: "code",
    source: {
      en: "await show(gradientFigure([layerGradients(plain, sampleInput), layerGradients(shortcut, sampleInput)]));",
      zh: 'await show(gradientFigure([layerGradients(plain, sampleInput), layerGradients(shortcut, sampleInput)], { language: "zh" }));',
    },
  },
  {
    id: "next",
    type: "markdown",
    source: {
      en: "Try other sizes, such as `[3, 8, 8, 8, 1]`, or another seed. `npx tslab-gradients export` turns the notebook into a page whose cells run anywhere.",
      zh: "试试别的层大小，例如 `[3, 8, 8, 8, 1]`，或者换一个种子。`npx tslab-gradients export` 会把这份笔记本变成一个网页，里面的单元格在任何地方都能运行。",
    },
  },
];

/**
 * Writes a notebook to start from.
 * @param path ends in .ipynb; a file that is there is left alone
 * @throws InputError where the path or the language cannot be used.
 */
export function newCommand(path: string, language: string): void {
  if (language !== "en" && language !== "zh")
    throw new InputError(`The language is "${language}"; expected "en" or "zh".`);
  if (!path.endsWith(".ipynb"))
    throw new InputError(
      `The notebook is "${path}"; expected a name that ends in .ipynb, such as lesson.ipynb.`,
    );
  const title = basename(path, ".ipynb");
  const notebook = {
    cells: cells.map(({ id, type, source }) => ({
      cell_type: type,
      ...(type === "code" ? { execution_count: null } : {}),
      id,
      metadata: {},
      ...(type === "code" ? { outputs: [] } : {}),
      source: lines(source[language].replace("{title}", title)),
    })),
    metadata: {
      kernelspec: { display_name: "TypeScript (tslab-gradients)", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  try {
    writeFileSync(path, `${JSON.stringify(notebook, null, 1)}\n`, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "EEXIST"
        ? "is there already; expected a new name"
        : `cannot be written (${code}); expected a folder that is there and yours`;
    throw new InputError(`${path} ${reason}.`);
  }
  console.log(path);
}

/** As notebooks hold a text: each line with its end, but for the last. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
