import { quote } from "../nn/quote";
import type { KernelHost } from "../runtime/kernelhost";
import { type Control, type ControlOptions, PageControl, type Kind, checkBoolean } from "./control";
import { layout, style, type State, controlTraits } from "./widgetmodel";

/** What a slider can be told. */
export interface SliderOptions extends ControlOptions {
  /** The least value. By default 0. */
  min?: number;
  /** The greatest value. By default 100, and 1 for `floatSlider`. */
  max?: number;
  /** The value at first. By default `min`. */
  value?: number;
  /** The distance between the values that the slider stops at. By default 1, and a hundredth of the range for `floatSlider`. */
  step?: number;
}

/**
 * A slider over whole numbers. ipywidgets: IntSlider.
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function intSlider(options: SliderOptions = {}): Control<number> {
  return slider("control.intSlider", "IntSlider", true, options, 100, () => 1);
}

/**
 * A slider over numbers. ipywidgets: FloatSlider.
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function floatSlider(options: SliderOptions = {}): Control<number> {
  return slider("control.floatSlider", "FloatSlider", false, options, 1, ({ min, max }) => (max - min) / 100);
}

function slider(
  name: string,
  model: string,
  whole: boolean,
  options: SliderOptions,
  defaultMax: number,
  defaultStep: (range: Range) => number,
): Control<number> {
  const every: Range = { min: -Infinity, max: Infinity, whole };
  const { min = 0, max = defaultMax, value = min, ...rest } = options;
  const range = {
    min: checkNumber(min, `${name}'s min`, every),
    max: checkNumber(max, `${name}'s max`, every),
    whole,
  };
  checkBounds(name, range);
  checkNumber(value, `${name}'s value`, range);
  const { step = defaultStep(range) } = rest;
  checkNumber(step, `${name}'s step`, { ...every, min: whole ? 1 : Number.MIN_VALUE });
  const traits = (host: KernelHost): State => ({
    ...controlTraits(model),
    min,
    max,
    step,
    readout_format: whole ? "d" : readoutFormat(min, step),
    continuous_update: true,
    layout: layout(host, { width: "auto", max_width: "32em" }),
    style: style(host, "Slider", { description_width: "initial" }),
  });
  return new PageControl(numberKind(name, range, traits), rest, value);
}

/** As many digits as the values that the slider stops at have; d3-format's notation. */
function readoutFormat(min: number, step: number): string {
  const digits = Math.max(...[min, step].map(fractionDigits));
  return digits <= 6 ? `.${digits}f` : ".3g";
}

function fractionDigits(value: number): number {
  if (Number.isInteger(value)) return 0;
  return /^-?\d+\.(\d+)$/.exec(String(value))?.[1]?.length ?? Infinity;
}

/** What a number's box can be told. */
export interface NumberOptions extends ControlOptions {
  /** The least value. By default there is none. */
  min?: number;
  /** The greatest value. By default there is none. */
  max?: number;
  /** The value at first. By default 0, or the bound that is nearest to it. */
  value?: number;
  /** By how much the arrows change the value. By default 1 for whole numbers, and any. */
  step?: number;
  /** Whether it takes whole numbers alone. By default false. */
  whole?: boolean;
}

/**
 * A box to type a number into; the value changes when the reader has done so. ipywidgets: FloatText and IntText, and
 * BoundedFloatText and BoundedIntText where there are both bounds.
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function number(options: NumberOptions = {}): Control<number> {
  const name = "control.number";
  const { min, max, step, whole = false, ...rest } = options;
  checkBoolean(whole, `${name}'s whole`);
  const every: Range = { min: -Infinity, max: Infinity, whole };
  const range: Range = {
    min: min === undefined ? -Infinity : checkNumber(min, `${name}'s min`, every),
    max: max === undefined ? Infinity : checkNumber(max, `${name}'s max`, every),
    whole,
  };
  checkBounds(name, range);
  const { value = Math.min(Math.max(0, range.min), range.max) } = rest;
  checkNumber(value, `${name}'s value`, range);
  if (step !== undefined)
    checkNumber(step, `${name}'s step`, { ...every, min: whole ? 1 : Number.MIN_VALUE });
  const view = whole ? "IntText" : "FloatText";
  const traits = (host: KernelHost): State => ({
    ...controlTraits(min !== undefined && max !== undefined ? `Bounded${view}` : view, view),
    // The views of the unbounded models heed a single bound too.
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    step: step ?? (whole ? 1 : null),
    continuous_update: false,
    layout: layout(host, { width: "auto", max_width: "20em" }),
    style: style(host, "Description", { description_width: "initial" }),
  });
  return new PageControl(numberKind(name, range, traits), rest, value);
}

/** How numbers are held, whatever they are changed with. */
function numberKind(name: string, range: Range, traits: Kind<number>["traits"]): Kind<number> {
  const { min, max } = range;
  const bounds = boundsText(range);
  return {
    name,
    traits,
    trait: "value",
    toPage: (value) => value,
    fromPage(sent) {
      if (typeof sent !== "number") return undefined;
      // What a page rounds may be outside by a little.
      const value = Math.min(Math.max(sent, min), max);
      return isWithin(value, range) ? value : undefined;
    },
    check: (value, of) => checkNumber(value, of, range),
    text: (value) => (bounds === "" ? `${value}` : `${value} (${bounds})`),
  };
}

/** The numbers that are allowed. */
interface Range {
  min: number;
  max: number;
  /** Whole numbers alone. */
  whole: boolean;
}

/** @throws TypeError or RangeError, as in `width got 100; expected a whole number from 1 to 64.` */
function checkNumber(value: unknown, name: string, range: Range): number {
  const wrong = `${name} got ${quote(value)}; expected ${rangeText(range)}.`;
  if (typeof value !== "number") throw new TypeError(wrong);
  if (!isWithin(value, range)) throw new RangeError(wrong);
  return value;
}

function isWithin(value: number, { min, max, whole }: Range): boolean {
  return (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) && value >= min && value <= max;
}

/** "a whole number from 1 to 64" */
function rangeText(range: Range): string {
  const bounds = boundsText(range);
  if (bounds === "") return range.whole ? "a whole number" : "a finite number";
  return `${range.whole ? "a whole number" : "a number"} ${bounds}`;
}

/** "from 1 to 64", "of 1 or more", "of 64 or less", or nothing. */
function boundsText({ min, max }: Range): string {
  if (min === -Infinity) return max === Infinity ? "" : `of ${max} or less`;
  return max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
}

/** @throws RangeError where no number lies between the bounds. */
function checkBounds(name: string, { min, max }: Range): void {
  if (min >= max)
    throw new RangeError(`${name} got min ${min} and max ${max}; expected a min below the max.`);
}
