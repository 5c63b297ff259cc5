import type { Json } from "../figures/figure";
import { quote } from "../nn/quote";
import type { KernelHost } from "../runtime/kernelhost";
import { type Listener, Listeners } from "./listeners";
import { PageWidget, type Widget } from "./widgets";
import type { State } from "./widgetmodel";

/** What every control can be told. */
export interface ControlOptions {
  /** What the page shows beside it. By default nothing. */
  label?: string;
  /** Whether the reader can see it, but not change it. By default false. */
  disabled?: boolean;
}

/** Something in the page that holds a value, which the reader and the code can change. */
export interface Control<T> extends Widget {
  readonly label: string;
  /**
   * The value now. Setting it updates the page and calls the listeners.
   * @throws TypeError or RangeError where the control cannot hold it; the value stays as it was.
   */
  value: T;
  /** Whether the reader can see it, but not change it. */
  disabled: boolean;
  /**
   * Calls the listener with each new value, on behalf of the cell that gave it. While it is still at work on one, only
   * the newest value is kept for it. What it throws is an error of that cell, and it is called again.
   * @returns what ends it.
   */
  onChange(listener: (value: T) => void | Promise<void>): () => void;
}

/** How one kind of control holds its value. */
export interface Kind<T> {
  /** The factory's name, such as `control.intSlider`. */
  name: string;
  /** The traits but for those that all controls have. */
  traits(host: KernelHost): State;
  /** The trait that carries the value. */
  trait: "value" | "index";
  /** The value as the trait's, and back; undefined where the page sent none that is right. */
  toPage(value: T): Json;
  fromPage(sent: Json): T | undefined;
  /** @throws TypeError or RangeError where the control cannot hold the value; `name` says whose it is. */
  check(value: unknown, name: string): T;
  /** What stands for it where it cannot be drawn, after its label. */
  text(value: T): string;
}

export class PageControl<T> extends PageWidget implements Control<T> {
  readonly label: string;
  private current: T;
  private isDisabled: boolean;
  private readonly listeners = new Listeners<T>();

  constructor(
    private readonly kind: Kind<T>,
    { label = "", disabled = false }: ControlOptions,
    value: T,
  ) {
    checkLabel(label, kind.name);
    checkBoolean(disabled, `${kind.name}'s disabled`);
    super((host) => ({
      ...kind.traits(host),
      description: label,
      disabled,
      [kind.trait]: kind.toPage(value),
    }));
    this.label = label;
    this.current = value;
    this.isDisabled = disabled;
  }

  get value(): T {
    return this.current;
  }

  set value(value: T) {
    this.kind.check(value, `${this.name}'s value`);
    if (Object.is(value, this.current)) return;
    this.current = value;
    this.model?.update({ [this.kind.trait]: this.kind.toPage(value) });
    this.listeners.tell(value, false);
  }

  get disabled(): boolean {
    return this.isDisabled;
  }

  set disabled(disabled: boolean) {
    this.isDisabled = checkBoolean(disabled, `${this.name}'s disabled`);
    this.model?.update({ disabled });
  }

  onChange(listener: Listener<T>): () => void {
    checkListener(listener, `${this.name}'s onChange`);
    return this.listeners.add(listener);
  }

  override close(): void {
    this.listeners.clear();
    super.close();
  }

  /** The page's state is checked before it is used; where it is wrong the page is told what is right. */
  override changed(state: State): void {
    const { trait, toPage, fromPage } = this.kind;
    const sent = state[trait];
    if (sent === undefined) return;
    const value = this.isDisabled ? undefined : fromPage(sent);
    const changes = value !== undefined && !Object.is(value, this.current);
    if (changes) this.current = value;
    const right = { [trait]: toPage(this.current) };
    if (right[trait] === sent) this.model?.follow(right);
    else this.model?.update(right);
    if (changes) this.listeners.tell(this.current, true);
  }

  override text(): string {
    const value = this.kind.text(this.current);
    return this.label === "" ? value : `${this.label}: ${value}`;
  }

  /** How an error names it. */
  private get name(): string {
    return this.label === "" ? this.kind.name : `The control ${JSON.stringify(this.label)}`;
  }
}

/** @throws TypeError where it is no string. */
export function checkLabel(label: unknown, name: string): string {
  if (typeof label === "string") return label;
  throw new TypeError(`${name} got the label ${quote(label)}; expected a string.`);
}

/** @throws TypeError where it is neither true nor false. */
export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${name} got ${quote(value)}; expected true or false.`);
}

/** @throws TypeError where it is no function. */
export function checkListener(listener: unknown, name: string): void {
  if (typeof listener === "function") return;
  throw new TypeError(`${name} got ${quote(listener)}; expected a function.`);
}
