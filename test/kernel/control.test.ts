import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as control from "../../dist/controls";
import { jupyterDisplay } from "../../dist/runtime/display";
import { show } from "../../dist/kernel/show";
import { FakeHost, dataOf } from "./controlhost";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost().install()));
afterEach(() => FakeHost.remove());

describe("the page gets", () => {
  it("IntSlider, its layout and style", () => {
    const width = control.intSlider({ label: "width", min: 1, max: 64, value: 3 });
    const models = host.sent.map(({ type, content, metadata }) => {
      expect([type, content.target_name, metadata]).toEqual([
        "comm_open",
        "jupyter.widget",
        { version: "2.1.0" },
      ]);
      return (content.data as { state: Record<string, unknown> }).state;
    });
    expect(models.map((state) => state["_model_name"])).toEqual([
      "LayoutModel",
      "SliderStyleModel",
      "IntSliderModel",
    ]);
    expect(models[2]).toEqual({
      _model_module: "@jupyter-widgets/controls",
      _model_module_version: "2.0.0",
      _model_name: "IntSliderModel",
      _view_module: "@jupyter-widgets/controls",
      _view_module_version: "2.0.0",
      _view_name: "IntSliderView",
      description: "width",
      disabled: false,
      min: 1,
      max: 64,
      value: 3,
      step: 1,
      readout_format: "d",
      continuous_update: true,
      layout: "IPY_MODEL_comm1",
      style: "IPY_MODEL_comm2",
    });
    expect(width[jupyterDisplay]()).toEqual({
      "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: "comm3" },
      "text/plain": "width: 3 (from 1 to 64)",
    });
    expect(inspect(width)).toBe("width: 3 (from 1 to 64)");
  });

  it("one layout and style for sliders that look alike", () => {
    for (let i = 0; i < 3; i++) control.intSlider();
    expect(host.sent.length).toBe(5);
  });

  it.each([
    [() => control.floatSlider({ min: 0, max: 2, step: 0.25 }), "FloatSlider", ".2f"],
    [() => control.floatSlider({ min: 0, max: 1e-9 }), "FloatSlider", ".3g"],
    [() => control.floatSlider(), "FloatSlider", ".2f"],
    [() => control.number({ min: 0, max: 1 }), "BoundedFloatText", undefined],
    [() => control.number({ min: 0 }), "FloatText", undefined],
    [() => control.number({ whole: true }), "IntText", undefined],
    [() => control.number({ min: 0, max: 9, whole: true }), "BoundedIntText", undefined],
    [() => control.checkbox(), "Checkbox", undefined],
    [() => control.dropdown({ options: ["none", "tanh"] }), "Dropdown", undefined],
    [() => control.button({ label: "go" }), "Button", undefined],
    [() => control.row(control.checkbox()), "HBox", undefined],
    [() => control.column(), "VBox", undefined],
  ])("%s as %s", (make, name, format) => {
    make();
    const [state] = host
      .take()
      .slice(-1)
      .map(({ content }) => (content.data as { state: Record<string, unknown> }).state);
    expect(state!["_model_name"]).toBe(`${name}Model`);
    expect(state!["_view_name"]).toBe(`${name.replace("Bounded", "")}View`);
    expect(state!["readout_format"]).toBe(format);
  });

  it("a row's controls by reference", () => {
    const [a, b] = [control.checkbox({ label: "a" }), control.checkbox({ label: "b", value: true })];
    const row = control.row(a, b);
    const [sent] = host.take().slice(-1);
    const { children } = (sent!.content.data as { state: { children: string[] } }).state;
    expect(children).toEqual([a, b].map((each) => `IPY_MODEL_${host.lineTo(each).id}`));
    expect(inspect(row)).toBe("a: no   b: yes");
    row.close();
    expect(a.closed).toBe(false);
  });

  it("the widget by show, with the text for other front ends", async () => {
    await host.run("In[1]", () => show(control.checkbox({ label: "shortcut" })));
    const [sent] = host.take().slice(-1);
    expect(sent).toMatchObject({ type: "display_data", execution: "In[1]" });
    expect(sent!.content).toMatchObject({ data: { "text/plain": "shortcut: no" }, transient: {} });
  });

  it("all models when it was loaded again, or one", () => {
    const width = control.intSlider({ value: 7 });
    const gone = control.checkbox();
    gone.close();
    host.take();
    const page = host.open("jupyter.widget.control");
    page.hear({ method: "request_states" });
    const [reply] = dataOf(host.take()) as unknown as [
      { method: string; states: Record<string, { state: object }> },
    ];
    expect(reply.method).toBe("update_states");
    expect(reply.states[host.lineTo(width).id]).toMatchObject({
      model_name: "IntSliderModel",
      model_module: "@jupyter-widgets/controls",
      model_module_version: "2.0.0",
      state: { value: 7, _view_name: "IntSliderView" },
    });
    expect(
      Object.values(reply.states).map(({ state }) => (state as { _model_name: string })._model_name),
    ).not.toContain("CheckboxModel");
    host.lineTo(width).hear({ method: "request_state" });
    expect(dataOf(host.take())).toMatchObject([{ method: "update", state: { value: 7, min: 0 } }]);
  });
});

describe("a value", () => {
  it("that code sets goes to the page and the listeners, once", () => {
    const width = control.intSlider({ label: "width", min: 1, max: 64 });
    const heard: number[] = [];
    const end = width.onChange((value) => void heard.push(value));
    host.take();
    width.value = 8;
    width.value = 8;
    expect(dataOf(host.take())).toEqual([{ method: "update", state: { value: 8 }, buffer_paths: [] }]);
    end();
    width.value = 9;
    expect([width.value, heard]).toEqual([9, [8]]);
  });

  it("that a reader sets is echoed to the other pages", () => {
    const width = control.intSlider({ max: 64 });
    const heard: number[] = [];
    width.onChange((value) => void heard.push(value));
    host.take();
    host.move(width, 8);
    host.move(width, 8);
    expect([width.value, heard]).toEqual([8, [8]]);
    expect(dataOf(host.take())).toEqual(
      Array(2).fill({ method: "echo_update", state: { value: 8 }, buffer_paths: [] }),
    );
  });

  it("that the page got wrong is ignored, and the page is told what is right", () => {
    const width = control.intSlider({ max: 64, value: 3 });
    const heard = vi.fn();
    width.onChange(heard);
    for (const wrong of ["8", null, true, [8], { value: 8 }, 3.5, Number.NaN]) {
      host.take();
      host.move(width, wrong);
      expect(dataOf(host.take())).toEqual([{ method: "update", state: { value: 3 }, buffer_paths: [] }]);
    }
    expect(heard).not.toHaveBeenCalled();
    host.take();
    host.move(width, 1000);
    expect(width.value).toBe(64);
    expect(dataOf(host.take())).toEqual([{ method: "update", state: { value: 64 }, buffer_paths: [] }]);
    for (const nonsense of [
      {},
      { method: 1 },
      { method: "update" },
      { method: "update", state: [] },
      { method: "no" },
    ])
      host.lineTo(width).hear(nonsense as never);
    host.lineTo(width).hear({ method: "update", state: { description: "<b>", min: -5 } });
    expect([dataOf(host.take()), width.value]).toEqual([[], 64]);
  });

  it("cannot be changed from the page while it is disabled", () => {
    const ticked = control.checkbox({ disabled: true });
    host.move(ticked, true);
    expect(ticked.value).toBe(false);
    ticked.disabled = false;
    host.move(ticked, true);
    expect(ticked.value).toBe(true);
  });

  it("of a dropdown is one of its options, whatever their kind", () => {
    const gelu = control.dropdown({ options: ["none", "tanh"], value: "tanh" });
    const sizes = control.dropdown({ label: "net", options: { small: [3, 3, 1], large: [3, 256, 1] } });
    host.move(gelu, 0, "index");
    host.move(sizes, 1, "index");
    expect([gelu.value, sizes.value]).toEqual(["none", [3, 256, 1]]);
    for (const wrong of [2, -1, null, "tanh", 0.5]) host.move(gelu, wrong, "index");
    expect(gelu.value).toBe("none");
    expect(inspect(sizes)).toBe("net: large (of small, large)");
  });
});
