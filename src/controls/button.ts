import type { Json } from "../figures/figure";
import { checkBoolean, checkLabel, checkListener, type ControlOptions } from "./control";
import { Listeners } from "./listeners";
import { PageWidget, type Widget } from "./widgets";
import { layout, style, controlTraits } from "./widgetmodel";

/** Something to press. */
export interface Button extends Widget {
  readonly label: string;
  /** Whether the reader can see it, but not press it. */
  disabled: boolean;
  /**
   * Calls the listener when it is pressed, on behalf of the cell that gave it. Presses while it is still at work are
   * one more call. @returns what ends it.
   */
  onClick(listener: () => void | Promise<void>): () => void;
  /** Presses it from code. */
  click(): void;
}

/**
 * A button. ipywidgets: Button.
 * @throws TypeError naming the option that is wrong.
 */
export function button(options: ControlOptions = {}): Button {
  return new PageButton(options);
}

class PageButton extends PageWidget implements Button {
  readonly label: string;
  private isDisabled: boolean;
  private readonly listeners = new Listeners<void>();

  constructor({ label = "", disabled = false }: ControlOptions) {
    checkLabel(label, "control.button");
    checkBoolean(disabled, "control.button's disabled");
    super((host) => ({
      ...controlTraits("Button"),
      description: label,
      disabled,
      layout: layout(host, { width: "max-content" }),
      style: style(host, "Button"),
    }));
    this.label = label;
    this.isDisabled = disabled;
  }

  get disabled(): boolean {
    return this.isDisabled;
  }

  set disabled(disabled: boolean) {
    this.isDisabled = checkBoolean(disabled, "The button's disabled");
    this.model?.update({ disabled });
  }

  onClick(listener: () => void | Promise<void>): () => void {
    checkListener(listener, "The button's onClick");
    return this.listeners.add(listener);
  }

  click(): void {
    this.listeners.tell(undefined, false);
  }

  override close(): void {
    this.listeners.clear();
    super.close();
  }

  override custom(content: Json | undefined): void {
    const event = (content as { event?: unknown } | null | undefined)?.event;
    if (event === "click" && !this.isDisabled) this.listeners.tell(undefined, false);
  }

  override text(): string {
    return `[${this.label}]`;
  }
}
