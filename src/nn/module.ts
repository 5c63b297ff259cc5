import type { Tensor } from "@tensorflow/tfjs-core";
import { Parameter } from "./parameter";
import { quote } from "./quote";
import { aligned, display, inspect } from "./text";

/**
 * A piece of a network. PyTorch: `nn.Module`.
 *
 * Parameters and modules held in its fields are its own, in the order in which they were set; the name of the field
 * becomes part of their names.
 */
export abstract class Module {
  /** Computes the module's output. PyTorch: `Module.forward`; call it as `model.forward(x)`. */
  abstract forward(...inputs: Tensor[]): Tensor;

  /** Every parameter with its name, such as `layers.0.0.weight`. PyTorch: `Module.named_parameters`. */
  namedParameters(): [name: string, parameter: Parameter][] {
    return contentsOf(this).parameters;
  }

  /** Every parameter. PyTorch: `Module.parameters`. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([name, parameter]) => {
      parameter.call(name);
      return parameter;
    });
  }

  /** As a cell's last expression a model shows as its table of parameters. */
  [display](): ModelBundle {
    return modelTable(this.constructor.name, this.namedParameters());
  }

  [inspect](): string {
    return this[display]()["text/plain"];
  }

  /** Forgets the gradients. PyTorch: `Module.zero_grad`. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.setGrad(null);
  }

  /** Frees the parameters at once; without it they go when nothing can reach the model any more. */
  dispose(): void {
    for (const parameter of this.parameters()) parameter.dispose();
  }
}

/** What belongs to a module: its parameters by name, and every module in it, itself the first. */
export interface Contents {
  parameters: [name: string, parameter: Parameter][];
  modules: Module[];
}

/**
 * Looks through a module's fields, in the order in which they were set.
 * @throws TypeError where it is no module.
 */
export function contentsOf(module: Module): Contents {
  if (!(module instanceof Module))
    throw new TypeError(`The model is ${quote(module)}; expected a module, such as new nn.Linear(3, 1).`);
  const parameters: [string, Parameter][] = [];
  const modules = [module];
  // A module may hold the one that holds it; each counts once, where it is met first.
  const seen = new Set<unknown>(modules);
  const visit = (module: Module, prefix: string): void => {
    for (const name of Object.keys(module)) {
      const value = (module as unknown as Record<string, unknown>)[name];
      if (typeof value !== "object" || seen.has(value)) continue;
      if (value instanceof Parameter) {
        seen.add(value);
        parameters.push([prefix + name, value]);
      } else if (value instanceof Module) {
        seen.add(value);
        modules.push(value);
        visit(value, `${prefix}${name}.`);
      }
    }
  };
  visit(module, "");
  return { parameters, modules };
}

/** A model as Jupyter shows it. */
interface ModelBundle {
  "text/plain": string;
  "text/html": string;
}

/** A model's parameters as a table: name, shape, dtype and how many numbers each holds. */
function modelTable(model: string, parameters: [name: string, parameter: Parameter][]): ModelBundle {
  const sizes = parameters.map(([, { size }]) => size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const count = (n: number): string => n.toLocaleString("en");
  const head = `${model}: ${count(total)} parameters`;
  const rows = [
    ["parameter", "shape", "dtype", "numbers"],
    ...parameters.map(([name, { shape, dtype }], i) => [
      name,
      `[${shape.join(", ")}]`,
      dtype,
      count(sizes[i]!),
    ]),
  ];
  if (parameters.length === 0) return { "text/plain": head, "text/html": `<p>${escape(head)}</p>` };
  const tag = (name: string) => (cell: string) =>
    `<${name} style="text-align: left">${escape(cell)}</${name}>`;
  const html = rows.map((row, i) => `<tr>${row.map(tag(i === 0 ? "th" : "td")).join("")}</tr>`).join("");
  return {
    "text/plain": `${head}\n${aligned(rows, [3])}`,
    "text/html": `<table><caption style="text-align: left">${escape(head)}</caption>${html}</table>`,
  };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
