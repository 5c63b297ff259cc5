import type { KernelHost } from "../host";
import { layout, style } from "./appearance";
import { type Range, boundsText, checkBoolean, checkBounds, checkNumber, isWithin } from "./check";
import { type Control, type ControlOptions, type Kind, PageControl } from "./control";
import { type State, controlTraits } from "./model";

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
export function numberKind(name: string, range: Range, traits: Kind<number>["traits"]): Kind<number> {
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
