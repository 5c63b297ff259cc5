import type { KernelHost } from "../host";
import { Model, type State, layoutTraits, styleTraits } from "./model";

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
