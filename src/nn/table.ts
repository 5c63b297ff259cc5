import type { Parameter } from "./parameter";
import { aligned } from "./shown";

/** A model as Jupyter shows it. */
export interface ModelBundle {
  "text/plain": string;
  "text/html": string;
}

/** A model's parameters as a table: name, shape, dtype and how many numbers each holds. */
export function modelTable(model: string, parameters: [name: string, parameter: Parameter][]): ModelBundle {
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
