import { mostLayers, mostParameters, mostRows, mostWidth } from "../figures/explorespec";
import type { Approximate } from "../nn/architecture";
import { changed, type Host } from "./edits";
import { element } from "./element";
import type { ExploreWords } from "./explorerwords";

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

/** The form above the networks: sizes, seed, GELU, input, target. */
export class Fields {
  readonly node: HTMLElement;
  private readonly sizes: Field;
  private readonly seed: Field;
  private readonly input: Field;
  private readonly target: Field;
  private readonly gelu = element("select", { name: "gelu" });

  constructor(private readonly host: Host) {
    const { words } = host;
    this.sizes = new Field(words.sizes, "sizes", (text) => {
      const layerSizes = readSizes(text, words);
      return host.change((spec) => changed(spec, { layerSizes }));
    });
    this.seed = new Field(words.seed, "seed", (text) => {
      const seed = readSeed(text, words);
      return host.change((spec) => changed(spec, { seed }));
    });
    this.input = new Field(words.input, "input", (text) => {
      const input = readInput(text, host.spec.layerSizes[0]!, words);
      return host.change((spec) => changed(spec, { input }));
    });
    this.target = new Field(words.target, "target", (text) => {
      const target = readNumber(text, words);
      return host.change((spec) => changed(spec, { target }));
    });
    this.gelu.append(
      element("option", { value: "none", textContent: words.exact }),
      element("option", { value: "tanh", textContent: words.tanh }),
    );
    this.gelu.onchange = () => {
      host.change((spec) => changed(spec, { gelu: this.gelu.value as Approximate }));
    };
    const gelu = element(
      "label",
      { className: "field gelu" },
      element("span", { textContent: words.gelu }),
      this.gelu,
    );
    this.node = element(
      "div",
      { className: "fields" },
      this.sizes.node,
      this.seed.node,
      gelu,
      this.input.node,
      this.target.node,
    );
  }

  render(): void {
    const { layerSizes, seed, gelu, input, target } = this.host.spec;
    this.sizes.show(layerSizes.join(", "));
    this.seed.show(seed);
    this.gelu.value = gelu;
    this.input.show(input.map((row) => row.join(", ")).join("; "));
    this.target.show(String(target));
  }
}

/** What a reader typed cannot be taken; the message is a sentence in the reader's language. */
class FieldError extends Error {}

const shown = (text: string): string => (text.length > 24 ? `${text.slice(0, 22)}…` : text);
// Full-width digits, commas and signs come of Chinese input methods.
const plain = (text: string): string =>
  text.normalize("NFKC").replaceAll("，", ",").replaceAll("、", ",").trim();

/** One width. @throws FieldError */
export function readWidth(text: string, words: ExploreWords): number {
  const value = plain(text);
  const width = /^[+-]?\d+(\.\d+)?(e\+?\d+)?$/i.test(value) ? Number(value) : NaN;
  if (!Number.isInteger(width) || width < 1 || width > mostWidth)
    throw new FieldError(words.badWidth(shown(value), mostWidth));
  return width;
}

/** `3, 3, 1`, also with brackets, blanks or line breaks, as it is pasted. @throws FieldError */
function readSizes(text: string, words: ExploreWords): number[] {
  const entries = plain(text)
    .replace(/^[[(]+|[\])]+;?$/g, "")
    .split(/[\s,;]+/)
    .filter((entry) => entry !== "");
  if (entries.length < 2) throw new FieldError(words.fewSizes(entries.length));
  if (entries.length - 1 > mostLayers) throw new FieldError(words.manyLayers(entries.length - 1, mostLayers));
  const sizes = entries.map((entry) => readWidth(entry, words));
  const parameters = sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i]! + 1) * size, 0);
  if (parameters > mostParameters) throw new FieldError(words.manyParameters(parameters, mostParameters));
  return sizes;
}

/** A seed as PyTorch takes it. @throws FieldError */
function readSeed(text: string, words: ExploreWords): string {
  const value = plain(text).replace(/n$/, "");
  const isWhole = /^[+-]?\d{1,20}$/.test(value);
  const seed = isWhole ? BigInt(value) : 0n;
  if (!isWhole || seed < -(2n ** 63n) || seed >= 2n ** 64n) throw new FieldError(words.badSeed(shown(value)));
  return String(seed);
}

/** Rows of numbers: `1, 0, -1`, one a line or behind a semicolon, or as JSON. @throws FieldError */
function readInput(text: string, width: number, words: ExploreWords): number[][] {
  const rows = plain(text)
    .replace(/\]\s*,\s*\[/g, ";")
    .split(/[;\n]+/)
    .map((row) =>
      row
        .replace(/[[\]]/g, " ")
        .split(/[\s,]+/)
        .filter((entry) => entry !== ""),
    )
    .filter((row) => row.length > 0);
  if (rows.length === 0 || rows.length > mostRows)
    throw new FieldError(words.badRows(rows.length, mostRows, width));
  return rows.map((row) => {
    if (row.length !== width) throw new FieldError(words.badRow(row.length, width));
    return row.map((entry) => readNumber(entry, words));
  });
}

/** One finite number that float32 can hold. @throws FieldError */
function readNumber(text: string, words: ExploreWords): number {
  const value = plain(text);
  const number = value === "" ? NaN : Number(value);
  if (!Number.isFinite(Math.fround(number))) throw new FieldError(words.badNumber(shown(value)));
  return number;
}
