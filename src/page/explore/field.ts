import { element } from "../element";
import { FieldError } from "./parse";

/** A text field whose value is taken when it is left or Enter is pressed; what is wrong stands below it. */
export class Field {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly problem = element("span", { className: "problem", hidden: true });
  private shown = "";

  /** @param take takes the text. @throws FieldError, or returns a sentence, where it cannot be taken */
  constructor(
    label: string,
    name: string,
    private readonly take: (text: string) => string | null,
    visible = true,
  ) {
    this.input = element("input", { type: "text", name, autocomplete: "off", spellcheck: false });
    if (!visible) this.input.setAttribute("aria-label", label);
    this.problem.setAttribute("role", "alert");
    const text = visible ? [element("span", { textContent: label })] : [];
    this.node = element("label", { className: `field ${name}` }, ...text, this.input, this.problem);
    this.input.onchange = () => this.commit();
    this.input.onkeydown = (event) => {
      if (event.key === "Escape") this.show(this.shown);
    };
  }

  /** The last good value; a value that is being typed, or was wrong, stays. */
  show(text: string, force = true): void {
    if (!force && this.input.matches(":focus") && this.input.value !== this.shown) return;
    this.shown = text;
    this.input.value = text;
    this.explain("");
  }

  private commit(): void {
    try {
      this.explain(this.take(this.input.value) ?? "");
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.explain(error.message);
    }
  }

  private explain(sentence: string): void {
    this.problem.textContent = sentence;
    this.problem.hidden = sentence === "";
    this.input.setAttribute("aria-invalid", String(sentence !== ""));
  }
}
