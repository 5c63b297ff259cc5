import type { KernelHost } from "../host";
import { layout, style } from "./appearance";
import { type Range, checkBounds, checkNumber } from "./check";
import { type Control, type ControlOptions, PageControl } from "./control";
import { type State, controlTraits } from "./model";
import { numberKind } from "./number";

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
