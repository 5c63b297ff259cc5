import type { Model, Series, SeriesGradient } from "./figure";
import { isDrawn, isUnder, short } from "./figuretext";
import type { Words } from "./figurewords";

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

/** What a pointer over a layer is told: its mean |gradient|, and mean |δ| where it is known. */
export function valuesOf({ mean, delta }: SeriesGradient, words: Words): string {
  const lines = [`${words.meanGradient} ${short(mean)}`];
  if (delta !== undefined) lines.push(`${words.meanDelta} ${short(delta)}`);
  return lines.join("<br>");
}

/** A value and where it stands, in words. */
export interface Told {
  value: number;
  at: string;
}

/** What a reader who cannot see a log axis is told of its values, in their order: how they run, and which are not drawn. */
export function trend(lead: string, what: string, values: Told[], words: Words): string[] {
  const seen = values.filter(({ value }) => isDrawn(value));
  const under = values.filter(({ value }) => isUnder(value));
  const unseen = values.length - seen.length - under.length;
  const [low, high] = extremes(seen);
  const sentences: string[] = [];
  if (low !== undefined && high !== undefined) {
    const falls = seen.indexOf(high) < seen.indexOf(low);
    const [from, to] = falls ? [high, low] : [low, high];
    const say = falls ? words.falls : words.rises;
    sentences.push(
      low === high
        ? words.is(what, short(low.value), low.at)
        : say(what, short(from.value), from.at, short(to.value), to.at),
    );
  }
  if (under.length > 0) sentences.push(words.under(what, under.length, under[0]!.at, under.at(-1)!.at));
  if (unseen > 0) sentences.push(words.unseen(what, unseen));
  return sentences.map((sentence) => lead + sentence);
}

/** The entries with the smallest and the largest value, the first of equals. */
export function extremes<T extends { value: number }>(
  values: T[],
): [low: T | undefined, high: T | undefined] {
  let [low, high] = [values[0], values[0]];
  for (const entry of values) {
    if (low === undefined || entry.value < low.value) low = entry;
    if (high === undefined || entry.value > high.value) high = entry;
  }
  return [low, high];
}

/** The sentences of every model, its layers in the order in which the gradient passes them: the last first. */
export function gradientSentences(series: Series[], words: Words): string[] {
  return series.flatMap((entry, i) => {
    const values = entry.gradients.map(({ name, mean }) => ({ value: mean, at: layerOf(name, words) }));
    return trend(leadOf(entry, i, words), words.mean, values.reverse(), words);
  });
}

/** A layer in words: layer 4 for `layers.4.0.weight`; a name of another form as it is. */
export function layerOf(name: string, words: Words): string {
  const number = /^layers\.(\d+)\.0\.weight$/.exec(name)?.[1];
  return number === undefined ? name : words.layer(number);
}

/** A layer on an axis: `layers.4` for `layers.4.0.weight`. */
export function tick(name: string): string {
  return name.replace(/\.\d+\.weight$/, "");
}
