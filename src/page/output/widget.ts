import type { Json } from "../../figures/figure";
import { element } from "../../explorer/element";

interface State {
  [trait: string]: Json | undefined;
}

/** What a control's view tells the worker. */
export type Send = (model: string, data: object) => void;

/** The models of the notebook's controls, as the worker describes them, and the plain inputs that show them. */
export class Widgets {
  private readonly states = new Map<string, State>();
  private readonly views = new Map<string, Set<(state: State) => void>>();

  constructor(private readonly send: Send) {}

  /** Whether there are controls that readers may move. */
  get areShown(): boolean {
    return this.states.size > 0;
  }

  /** Jupyter widget messaging: `comm_open`, `comm_msg`, `comm_close`. */
  hear(type: string, { comm_id: id, data }: { comm_id: string; data: State }): void {
    if (type === "comm_open") this.states.set(id, { ...(data.state as State) });
    else if (type === "comm_close") {
      this.states.delete(id);
      for (const show of this.views.get(id) ?? []) show({ disabled: true });
    } else if (data.method === "update" || data.method === "echo_update") {
      const state = data.state as State;
      Object.assign(this.states.get(id) ?? {}, state);
      for (const show of this.views.get(id) ?? []) show(state);
    }
  }

  /** A control as an input; null where its model is gone. */
  view(id: string): HTMLElement | null {
    const state = this.states.get(id);
    if (state === undefined) return null;
    const kind = String(state._model_name).replace(/Model$/, "");
    if (kind === "HBox" || kind === "VBox") {
      const children = (state.children as string[]).map((child) =>
        this.view(child.replace("IPY_MODEL_", "")),
      );
      return element("div", { className: `group ${kind}` }, ...children.filter((child) => child !== null));
    }
    if (kind === "Button") return this.button(id, state);
    const view =
      kind === "Dropdown"
        ? this.dropdown(id)
        : kind === "Checkbox"
          ? this.checkbox(id)
          : this.number(id, kind);
    return this.labelled(String(state.description ?? ""), kind, view);
  }

  private update(id: string, trait: string, value: Json): void {
    const state = this.states.get(id);
    if (state) state[trait] = value;
    this.send(id, { method: "update", state: { [trait]: value }, buffer_paths: [] });
  }

  private watch(id: string, show: (state: State) => void): void {
    const views = this.views.get(id) ?? new Set();
    this.views.set(id, views.add(show));
    show(this.states.get(id) ?? {});
  }

  private button(id: string, { description }: State): HTMLElement {
    const button = element("button", { type: "button", textContent: String(description ?? "") });
    button.onclick = () => this.send(id, { method: "custom", content: { event: "click" } });
    this.watch(id, (state) => {
      if (typeof state.disabled === "boolean") button.disabled = state.disabled;
    });
    return button;
  }

  private number(id: string, kind: string): HTMLElement[] {
    const isSlider = kind.endsWith("Slider");
    const input = element("input", { type: isSlider ? "range" : "number" });
    const shown = element("output");
    this.watch(id, (state) => {
      for (const bound of ["min", "max", "step"] as const)
        if (bound in state) input[bound] = state[bound] === null ? "any" : String(state[bound]);
      if ("value" in state) input.value = shown.value = String(state.value);
      if (typeof state.disabled === "boolean") input.disabled = state.disabled;
    });
    const changed = (): void => {
      if (input.value === "" || !Number.isFinite(input.valueAsNumber)) return;
      shown.value = input.value;
      this.update(id, "value", input.valueAsNumber);
    };
    if (isSlider && this.states.get(id)?.continuous_update !== false) input.oninput = changed;
    else input.onchange = changed;
    return isSlider ? [input, shown] : [input];
  }

  private dropdown(id: string): HTMLElement[] {
    const labels = (this.states.get(id)?._options_labels ?? []) as string[];
    const select = element("select", {}, ...labels.map((label) => element("option", { textContent: label })));
    this.watch(id, (state) => {
      if (typeof state.index === "number") select.selectedIndex = state.index;
      if (typeof state.disabled === "boolean") select.disabled = state.disabled;
    });
    select.onchange = () => this.update(id, "index", select.selectedIndex);
    return [select];
  }

  private checkbox(id: string): HTMLElement[] {
    const input = element("input", { type: "checkbox" });
    this.watch(id, (state) => {
      if (typeof state.value === "boolean") input.checked = state.value;
      if (typeof state.disabled === "boolean") input.disabled = state.disabled;
    });
    input.onchange = () => this.update(id, "value", input.checked);
    return [input];
  }

  private labelled(label: string, kind: string, view: HTMLElement[]): HTMLElement {
    if (label === "") view[0]!.setAttribute("aria-label", kind);
    const text = element("span", { textContent: label });
    return element(
      "label",
      { className: "control" },
      ...(kind === "Checkbox" ? [...view, text] : [text, ...view]),
    );
  }
}
