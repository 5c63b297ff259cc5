import type { Json } from "../figures/figure";
import type { Comm, CommMessage, KernelHost } from "../runtime/kernelhost";

/** A widget model's state, by the names that ipywidgets gives its traits. */
export interface State {
  [trait: string]: Json;
}

/** What a model's owner does with what the page says. */
export interface Hearer {
  /** The reader changed these traits. */
  changed(state: State): void;
  /** ipywidgets: a `custom` message, such as a button's click. */
  custom(content: Json | undefined): void;
}

const controls = { module: "@jupyter-widgets/controls", version: "2.0.0" };
const base = { module: "@jupyter-widgets/base", version: "2.0.0" };

/** The traits that name a control's model and view, such as IntSliderModel and IntSliderView. */
export function controlTraits(name: string, view = name): State {
  return traits(controls, `${name}Model`, controls, `${view}View`);
}

/** The traits of a style's model, such as SliderStyleModel. */
function styleTraits(name: string): State {
  return traits(controls, `${name}StyleModel`, base, "StyleView");
}

/** The traits of LayoutModel. */
const layoutTraits = traits(base, "LayoutModel", base, "LayoutView");

function traits(module: typeof base, model: string, viewModule: typeof base, view: string): State {
  return {
    _model_module: module.module,
    _model_module_version: module.version,
    _model_name: model,
    _view_module: viewModule.module,
    _view_module_version: viewModule.version,
    _view_name: view,
  };
}

/** The models that the page can show, by id. */
const models = new Map<string, Model>();
/** The kernels that answer a page that asks for all models. */
const answering = new WeakSet<KernelHost>();

/** A model of Jupyter's widgets and the line to its copies in the pages. Jupyter widget messaging protocol 2.1. */
export class Model {
  private readonly comm: Comm;

  constructor(
    host: KernelHost,
    private readonly state: State,
    hearer: Hearer | null = null,
  ) {
    answerPages(host);
    const data = { state, buffer_paths: [] };
    this.comm = host.openComm("jupyter.widget", data, { metadata: { version: "2.1.0" } });
    models.set(this.id, this);
    this.comm.onMessage(({ data }) => this.hear(data, hearer));
    this.comm.onClose(() => void models.delete(this.id));
  }

  get id(): string {
    return this.comm.id;
  }

  get closed(): boolean {
    return this.comm.closed;
  }

  /** How another model's state refers to this one. */
  get reference(): string {
    return `IPY_MODEL_${this.id}`;
  }

  /** Changes traits here and in the pages. */
  update(state: State): void {
    Object.assign(this.state, state);
    this.send({ method: "update", state, buffer_paths: [] });
  }

  /** Takes over what one page changed, and tells the others. */
  follow(state: State): void {
    Object.assign(this.state, state);
    this.send({ method: "echo_update", state, buffer_paths: [] });
  }

  close(): void {
    models.delete(this.id);
    this.comm.close();
  }

  /** What a page needs to make the model anew. */
  describe(): State {
    const { _model_name, _model_module, _model_module_version } = this.state;
    return {
      model_name: _model_name!,
      model_module: _model_module!,
      model_module_version: _model_module_version!,
      state: this.state,
    };
  }

  private hear({ method, state, content }: CommMessage["data"], hearer: Hearer | null): void {
    if (method === "request_state") this.update(this.state);
    else if (method === "custom") hearer?.custom(content);
    else if (method === "update" && isState(state)) hearer?.changed(state);
  }

  private send(data: State): void {
    if (!this.comm.closed) this.comm.send(data);
  }
}

/** A page that was loaded again asks on this target for all models, so that its outputs show them again. */
function answerPages(host: KernelHost): void {
  if (answering.has(host)) return;
  answering.add(host);
  host.onCommOpen("jupyter.widget.control", (comm) =>
    comm.onMessage(({ data }) => {
      if (data.method !== "request_states") return;
      const states = Object.fromEntries([...models].map(([id, model]) => [id, model.describe()]));
      comm.send({ method: "update_states", states, buffer_paths: [] });
    }),
  );
}

function isState(value: Json | undefined): value is State {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One model for all controls that look alike: a control of its own then costs the page one model, not three. */
const shared = new WeakMap<KernelHost, Map<string, Model>>();

/** A reference to a layout: CSS properties by the names that LayoutModel gives them. */
export function layout(host: KernelHost, properties: State): string {
  return look(host, { ...layoutTraits, ...properties });
}

/** A reference to a style, such as "Slider" for SliderStyleModel. */
export function style(host: KernelHost, name: string, properties: State = {}): string {
  return look(host, { ...styleTraits(name), ...properties });
}

function look(host: KernelHost, state: State): string {
  const models = shared.get(host) ?? new Map<string, Model>();
  shared.set(host, models);
  const key = JSON.stringify(state);
  const known = models.get(key);
  if (known !== undefined && !known.closed) return known.reference;
  const made = new Model(host, state);
  models.set(key, made);
  return made.reference;
}
