import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as control from "../../dist/controls";
import { FakeHost } from "./controlhost";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost().install()));
afterEach(() => FakeHost.remove());

describe("bad input is named in one sentence", () => {
  const width = () => control.intSlider({ label: "width", min: 1, max: 64 });
  it.each<[string, () => unknown, string]>([
    [
      "min above max",
      () => control.intSlider({ min: 5, max: 1 }),
      "control.intSlider got min 5 and max 1; expected a min below the max.",
    ],
    [
      "no range",
      () => control.number({ min: 5, max: 5 }),
      "control.number got min 5 and max 5; expected a min below the max.",
    ],
    [
      "NaN",
      () => control.floatSlider({ min: Number.NaN }),
      "control.floatSlider's min got NaN; expected a finite number.",
    ],
    [
      "infinite",
      () => control.number({ max: Infinity }),
      "control.number's max got Infinity; expected a finite number.",
    ],
    [
      "value outside",
      () => control.intSlider({ min: 1, max: 64, value: 100 }),
      "control.intSlider's value got 100; expected a whole number from 1 to 64.",
    ],
    [
      "not whole",
      () => control.intSlider({ value: 1.5 }),
      "control.intSlider's value got 1.5; expected a whole number from 0 to 100.",
    ],
    [
      "step",
      () => control.intSlider({ step: 0 }),
      "control.intSlider's step got 0; expected a whole number of 1 or more.",
    ],
    [
      "a string",
      () => control.number({ value: "3" as never }),
      'control.number\'s value got "3"; expected a finite number.',
    ],
    [
      "label",
      () => control.checkbox({ label: 3 as never }),
      "control.checkbox got the label 3; expected a string.",
    ],
    [
      "tick",
      () => control.checkbox({ value: 1 as never }),
      "control.checkbox's value got 1; expected true or false.",
    ],
    [
      "no options",
      () => control.dropdown({ options: [] }),
      "control.dropdown's options are empty; expected one or more.",
    ],
    [
      "no labels",
      () => control.dropdown({ options: {} }),
      "control.dropdown's options are empty; expected one or more.",
    ],
    [
      "options missing",
      () => control.dropdown(undefined as never),
      "control.dropdown's options are undefined; expected an array, or an object of labels.",
    ],
    [
      "the same twice",
      () => control.dropdown({ options: ["a", "b", "a"] }),
      'control.dropdown\'s options[2] is "a" again; expected every label once.',
    ],
    [
      "an object",
      () => control.dropdown({ options: [{}] as never }),
      "control.dropdown's options[0] is {}; expected a string, a number, true or false.",
    ],
    [
      "not an option",
      () => control.dropdown({ options: ["a"], value: "b" }),
      'control.dropdown\'s value got "b"; expected one of ["a"].',
    ],
    [
      "set outside",
      () => (width().value = 100),
      'The control "width"\'s value got 100; expected a whole number from 1 to 64.',
    ],
    [
      "disabled",
      () => (width().disabled = "yes" as never),
      'The control "width"\'s disabled got "yes"; expected true or false.',
    ],
    [
      "listener",
      () => width().onChange(3 as never),
      'The control "width"\'s onChange got 3; expected a function.',
    ],
    ["child", () => control.row(width(), 3 as never), "control.row's argument 1 is 3; expected a control."],
    [
      "click",
      () => control.button().onClick(null as never),
      "The button's onClick got null; expected a function.",
    ],
  ])("%s", (_, make, sentence) => {
    expect(make).toThrow(sentence);
    try {
      make();
    } catch (error) {
      expect((error as Error).message).toBe(sentence);
      expect(["TypeError", "RangeError"]).toContain((error as Error).name);
    }
  });

  it("and what is refused opens nothing in the page", () => {
    host.take();
    expect(() => control.intSlider({ value: -1 })).toThrow();
    expect(() => control.checkbox({ label: 3 as never })).toThrow();
    expect(host.sent).toEqual([]);
  });
});
