import type { Model, SeriesGradient } from "./figure";
import { short } from "./number";
import { modelColors } from "./palette";
import type { Words } from "./words";

/** The name that a figure gives a model. */
export function labelOf({ label, useShortcut }: Model, index: number, words: Words): string {
  return (
    label ?? (useShortcut === undefined ? words.model(index + 1) : useShortcut ? words.with : words.without)
  );
}

/** How a sentence on a model begins. */
export function leadOf(model: Model, index: number, words: Words): string {
  return words.lead(
    labelOf(model, index, words),
    model.label === undefined && model.useShortcut !== undefined,
  );
}

export function colorOf(index: number): string {
  return modelColors[index % modelColors.length]!;
}

const symbols = ["circle", "square", "diamond", "cross", "star"] as const;

/** The shape of a model's points, which tells models apart where colours do not. */
export function symbolOf(index: number): string {
  return symbols[index % symbols.length]!;
}

/** What a pointer over a layer is told: its mean |gradient|, and mean |δ| where it is known. */
export function valuesOf({ mean, delta }: SeriesGradient, words: Words): string {
  const lines = [`${words.meanGradient} ${short(mean)}`];
  if (delta !== undefined) lines.push(`${words.meanDelta} ${short(delta)}`);
  return lines.join("<br>");
}
