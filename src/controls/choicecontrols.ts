import { quote } from "../nn/quote";
import { checkBoolean, type Control, type ControlOptions, PageControl } from "./control";
import { layout, style, controlTraits } from "./widgetmodel";

/** What a checkbox can be told. */
export interface CheckboxOptions extends ControlOptions {
  /** Whether it is ticked at first. By default false. */
  value?: boolean;
}

/**
 * A box to tick. ipywidgets: Checkbox.
 * @throws TypeError naming the option that is wrong.
 */
export function checkbox(options: CheckboxOptions = {}): Control<boolean> {
  const name = "control.checkbox";
  const { value = false } = options;
  checkBoolean(value, `${name}'s value`);
  return new PageControl<boolean>(
    {
      name,
      traits: (host) => ({
        ...controlTraits("Checkbox"),
        indent: false,
        layout: layout(host, { width: "auto" }),
        style: style(host, "Checkbox"),
      }),
      trait: "value",
      toPage: (ticked) => ticked,
      fromPage: (sent) => (typeof sent === "boolean" ? sent : undefined),
      check: checkBoolean,
      text: (ticked) => (ticked ? "yes" : "no"),
    },
    options,
    value,
  );
}

/** What a dropdown can be told. */
export interface DropdownOptions<T> extends ControlOptions {
  /** The values to choose from; or an object, whose keys are what the page shows for its values. */
  options: readonly T[] | { readonly [label: string]: T };
  /** The one chosen at first. By default the first. */
  value?: T;
}

/**
 * A list to choose one of. ipywidgets: Dropdown.
 * @throws TypeError or RangeError naming the option that is wrong: there are none, or two that look the same.
 */
export function dropdown<T extends string | number | boolean>(
  options: DropdownOptions<T> & { options: readonly T[] },
): Control<T>;
export function dropdown<T>(
  options: DropdownOptions<T> & { options: { readonly [label: string]: T } },
): Control<T>;
export function dropdown<T>(options: DropdownOptions<T>): Control<T> {
  const name = "control.dropdown";
  const choices = choicesOf(options?.options, name);
  const values = choices.map(([, value]) => value);
  const labels = choices.map(([label]) => label);
  const indexOf = (value: unknown): number => values.findIndex((other) => Object.is(other, value));
  const check = (value: unknown, of: string): T => {
    const index = indexOf(value);
    if (index >= 0) return values[index]!;
    throw new RangeError(`${of} got ${quote(value)}; expected one of ${quote(labels)}.`);
  };
  const { value = values[0]! } = options;
  check(value, `${name}'s value`);
  return new PageControl<T>(
    {
      name,
      traits: (host) => ({
        ...controlTraits("Dropdown"),
        _options_labels: labels,
        layout: layout(host, { width: "auto", max_width: "20em" }),
        style: style(host, "Description", { description_width: "initial" }),
      }),
      trait: "index",
      toPage: indexOf,
      fromPage: (sent) => (typeof sent === "number" ? values[sent] : undefined),
      check,
      text: (chosen) => `${labels[indexOf(chosen)]} (of ${labels.join(", ")})`,
    },
    options,
    value,
  );
}

/** Labels and their values, in the order of the list. */
function choicesOf<T>(options: DropdownOptions<T>["options"], name: string): [string, T][] {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `${name}'s options are ${quote(options)}; expected an array, or an object of labels.`,
    );
  if (!Array.isArray(options)) {
    const labelled = Object.entries(options as { [label: string]: T });
    if (labelled.length > 0) return labelled;
  }
  const list = Array.isArray(options) ? (options as unknown[]) : [];
  if (list.length === 0) throw new RangeError(`${name}'s options are empty; expected one or more.`);
  const seen = new Set<string>();
  return list.map((value, i) => {
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new TypeError(
        `${name}'s options[${i}] is ${quote(value)}; expected a string, a number, true or false.`,
      );
    const label = String(value);
    if (seen.has(label))
      throw new RangeError(`${name}'s options[${i}] is ${quote(label)} again; expected every label once.`);
    seen.add(label);
    return [label, value as T];
  });
}
