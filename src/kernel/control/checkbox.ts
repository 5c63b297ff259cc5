import { layout, style } from "./appearance";
import { checkBoolean } from "./check";
import { type Control, type ControlOptions, PageControl } from "./control";
import { controlTraits } from "./model";

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
