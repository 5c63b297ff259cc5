import { closeCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Frame } from "../../runtime/ports";
import type { PageCell } from "../pagecontent";
import { editorOf } from "../editor";
import { element } from "../../explorer/element";
import type { Live } from "../output/livefigures";
import { Outputs } from "../output/outputs";
import type { Widgets } from "../output/widget";
import { type Asked, askFirst } from "./predict";
import type { Session } from "../session";
import type { Words } from "../pagewords";
import { type CellNames, namesOf } from "./neededcells";

/** What a cell asks of its page. */
export interface CellHost {
  session: Session;
  widgets: Widgets;
  words: Words;
  names(): string[];
  next(cell: CellView): void;
  /** The cells that have not run, above this one, which give what it uses. */
  lacking(cell: CellView): CellView[];
  /** A run of the cell shows a live figure, the one of this number in it. */
  explores(cell: CellView, live: Live, number: number): void;
}

/** A code cell in the page: its code, its editor, its outputs. */
export class CellView {
  readonly outputs: Outputs;
  source: string;
  count: number | null;
  hasRun = false;
  /** The code as it was in the page, in the link it was opened with, or in the last saved copy. */
  kept: string;
  private editor: EditorView | null = null;
  private readonly code: HTMLElement;
  private readonly counter: HTMLElement;
  private readonly mark = element("span", { className: "mark", hidden: true });
  private readonly button: HTMLButtonElement;
  private readonly asked: Asked | null = null;
  /** Says which cells are to be run first. */
  private readonly needs = element("div", { className: "needs", hidden: true });
  private read: { source: string; names: CellNames } | null = null;
  private runs = 0;

  constructor(
    readonly section: HTMLElement,
    private readonly cell: PageCell,
    private readonly host: CellHost,
  ) {
    const { words } = host;
    ({ source: this.source, count: this.count } = cell);
    this.kept = this.source;
    this.code = section.querySelector<HTMLElement>(".code")!;
    this.counter = section.querySelector<HTMLElement>(".count")!;
    const output = section.querySelector<HTMLElement>(".output")!;
    this.outputs = new Outputs(output, host.widgets, words, (live, number) =>
      host.explores(this, live, number),
    );
    this.button = element("button", {
      type: "button",
      className: "run",
      textContent: words.run,
      title: words.runTitle,
    });
    this.button.onclick = () => void this.run();
    this.nameButton();
    const leave = element("span", { className: "leave", textContent: words.leave });
    leave.ariaHidden = "true";
    section.querySelector(".side")!.append(this.button, this.mark, leave);
    this.needs.setAttribute("role", "status");
    this.code.after(this.needs);
    const details = section.querySelector<HTMLDetailsElement>("details.guess-first");
    const telling = document.querySelectorAll<HTMLElement>(`[data-after="${CSS.escape(section.id)}"]`);
    if (cell.predict && details) this.asked = askFirst(details, cell.predict, words, [...telling]);
  }

  get id(): string {
    return this.cell.id;
  }

  get isEdited(): boolean {
    return this.source !== this.cell.source;
  }

  get countText(): string {
    return this.count === null ? "In [ ]" : `In [${this.count}]`;
  }

  /** What it gives to other cells and takes from them, as far as it can be read. */
  get names(): CellNames {
    if (this.read?.source !== this.source) this.read = { source: this.source, names: namesOf(this.source) };
    return this.read.names;
  }

  /** Puts an editor in the place of the code, where none is yet. */
  edit(): void {
    if (this.editor) return;
    const { words } = this.host;
    const label = `${words.code} ${this.countText}`;
    this.editor = editorOf(this.source, label, words.leave, {
      run: () => void this.run(),
      runAndGo: () => {
        void this.run();
        this.host.next(this);
      },
      leave: () => this.section.focus(),
      changed: (source) => this.changed(source),
      names: () => this.host.names(),
      members: (path) => this.host.session.members(path),
    });
    this.code.replaceChildren(this.editor.dom);
  }

  focus(): void {
    this.edit();
    this.editor?.focus();
    this.section.scrollIntoView({ block: "nearest" });
  }

  /** Other code for it, which came in a link. @param mark says so */
  write(source: string, mark: string): void {
    this.edit();
    this.editor!.dispatch({ changes: { from: 0, to: this.editor!.state.doc.length, insert: source } });
    this.kept = source;
    this.label(mark);
  }

  /** @returns whether it ran without an error */
  async run(): Promise<boolean> {
    const lacking = this.host.lacking(this);
    this.require(lacking);
    return lacking.length === 0 && this.execute();
  }

  /** Says which cells are to be run first, with a button that runs them. */
  private require(lacking: CellView[]): void {
    this.needs.hidden = lacking.length === 0;
    this.needs.replaceChildren();
    if (lacking.length === 0) return;
    const { words } = this.host;
    const cells = lacking.map(({ countText }) => countText);
    const button = element("button", {
      type: "button",
      textContent: words.runNeeds(cells, this.countText),
    });
    button.onclick = async () => {
      for (const cell of [...lacking, this]) if (!(await cell.run())) break;
    };
    this.needs.append(element("p", { textContent: words.needs(cells) }), button);
  }

  private execute(): Promise<boolean> {
    if (this.editor) closeCompletion(this.editor);
    const mine = ++this.runs;
    this.section.dataset.state = "waiting";
    return this.host.session
      .run(this.id, this.source, {
        started: (count) => {
          this.count = count;
          this.counter.textContent = "In [*]";
          this.asked?.show(false);
          this.section.dataset.state = "running";
          this.hasRun = true;
          this.outputs.begin();
        },
        // What an earlier run of the cell still says has no place left.
        heard: (frame: Frame) => mine === this.runs && this.hear(frame),
        ended: (ok) => {
          // What went wrong is nothing to guess.
          this.asked?.show(!ok);
          this.counter.textContent = this.countText;
          this.nameButton();
          delete this.section.dataset.state;
          this.outputs.end();
          this.section.dispatchEvent(new CustomEvent("ran", { bubbles: true }));
        },
      })
      .finally(() => delete this.section.dataset.state);
  }

  private hear(frame: Frame): void {
    const type = String(frame.type);
    if (type.startsWith("comm_"))
      this.host.widgets.hear(type, frame.content as Parameters<Widgets["hear"]>[1]);
    else if (frame.op === "input") this.ask(frame);
    else this.outputs.hear(frame);
  }

  /** Jupyter: `input_request`. */
  private ask({ token, content }: Frame): void {
    const { words, session } = this.host;
    const { prompt, password } = content as { prompt: string; password: boolean };
    const line = element("input", { type: password ? "password" : "text", autocomplete: "off" });
    line.setAttribute("aria-label", prompt === "" ? words.input : prompt);
    const form = element(
      "form",
      { className: "ask" },
      prompt,
      line,
      element("button", { textContent: words.send }),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      form.replaceWith(`${prompt}${password ? "·".repeat(line.value.length) : line.value}\n`);
      session.send({ op: "line", token, value: line.value });
    };
    this.outputs.node.append(form);
    line.focus();
  }

  private changed(source: string): void {
    this.source = source;
    this.label(this.isEdited ? this.host.words.edited : "");
    this.section.dispatchEvent(new CustomEvent("edited", { bubbles: true }));
  }

  private nameButton(): void {
    this.button.ariaLabel = this.host.words.runCell(this.countText);
  }

  private label(mark: string): void {
    this.mark.textContent = mark;
    this.mark.hidden = mark === "";
  }
}
