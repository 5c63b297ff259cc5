import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as control from "../../dist/controls";
import { jupyterDisplay } from "../../dist/runtime/display";
import { show } from "../../dist/kernel/show";
import { FakeHost } from "./controlhost";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost().install()));
afterEach(() => FakeHost.remove());

describe("a control is closed", () => {
  it("by its method: it leaves the page and keeps its value", () => {
    const width = control.intSlider({ value: 3 });
    const heard = vi.fn();
    width.onChange(heard);
    host.take();
    width.close();
    width.close();
    width.value = 5;
    expect(host.take().map(({ type }) => type)).toEqual(["comm_close"]);
    expect([width.closed, width.value, heard.mock.calls.length]).toEqual([true, 5, 0]);
    expect(width[jupyterDisplay]()).toEqual({ "text/plain": "5 (from 0 to 100)" });
  });

  it("when its cell runs again, 1,000 times", async () => {
    const before = host.comms.size;
    const made: control.Widget[] = [];
    for (let i = 0; i < 1000; i++) {
      await host.run(
        `In[${i}]`,
        () => made.push(control.row(control.intSlider({ label: "a" }), control.checkbox())),
        "cell",
      );
    }
    const open = [...host.comms.values()].slice(before).filter(({ closed }) => !closed);
    // Three widgets, and the looks that all share.
    expect(open.length).toBeLessThan(10);
    expect(made.filter(({ closed }) => !closed)).toEqual([made.at(-1)]);
  });

  it("never by another cell that runs", async () => {
    const width = await host.run("In[1]", () => control.intSlider(), "one");
    await host.run("In[2]", () => control.intSlider(), "two");
    expect(width.closed).toBe(false);
  });

  it("when 1,000 newer ones are open", () => {
    const first = control.checkbox();
    for (let i = 0; i < 1000; i++) control.checkbox();
    expect(first.closed).toBe(true);
  });
});

describe("where comms are not there", () => {
  it("says so once, and values and listeners work", async () => {
    FakeHost.remove();
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      const width = control.intSlider({ label: "width", max: 64 });
      control.row(width, control.button());
      const heard: number[] = [];
      width.onChange((value) => void heard.push(value));
      width.onChange(() => {
        throw new Error("broken");
      });
      width.value = 8;
      width.value = 9;
      await show(width);
      expect(heard).toEqual([8, 9]);
      expect(printed.mock.calls).toEqual([["width: 9 (from 0 to 64)"]]);
      const sentences = said.mock.calls.map(([what]) => (what instanceof Error ? what.message : what));
      expect(sentences).toEqual([
        "Controls are shown by the tslab-gradients kernel alone: here they keep their values, which code can set.",
        "broken",
      ]);
    } finally {
      said.mockRestore();
      printed.mockRestore();
    }
  });
});
