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
import { type Account, accountOf } from "../follow/account";
import type { FollowedCell, Listener, Standing } from "../follow/draft";

import type { Session } from "../session";
import type { Words } from "../pagewords";

/** What a cell asks of its page. */
export interface CellHost {
  session: Session;
  widgets: Widgets;
  words: Words;
  names(): string[];
  next(cell: CellView): void;
  /** Runs a cell with what it needs. @returns whether it ran without an error */
  run(cell: CellView): Promise<boolean>;
  /** Runs all that is out of date. */
  update(): void;
  /** The cell's code is another, and at rest. */
  edited(): void;
  /** A run of the cell shows a live figure, the one of this number in it. */
  explores(cell: CellView, live: Live, number: number): void;
}

/** An edit is at rest after this, in milliseconds. */
const rest = 300;

/** A code cell in the page: its code, its editor, its outputs, and how it stands. */
export class CellView implements FollowedCell {
  readonly outputs: Outputs;
  source: string;
  count: number | null;
  hasRun = false;
  isFromLink = false;
  /** Whether what shows below it is not what its code gives. */
  isStale = false;
  readonly isManual: boolean;
  readonly original: string | null;
  readonly gaveFirst: ReadonlySet<string>;
  /** The code as it was in the page, in the link it was opened with, or in the last saved copy. */
  kept: string;
  private editor: EditorView | null = null;
  private readonly code: HTMLElement;
  private readonly counter: HTMLElement;
  private readonly mark = element("span", { className: "mark", hidden: true });
  private readonly state = element("span", { className: "state" });
  private readonly button: HTMLButtonElement;
  private readonly asked: Asked | null = null;
  /** Says why the cell is not up to date, with what can be done. */
  private readonly note = element("div", { className: "standing", hidden: true });
  private noted = "";
  private read: { source: string; account: Account } | null = null;
  private runs = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;

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
    this.button.onclick = () => void host.run(this);
    this.nameButton();
    const leave = element("span", { className: "leave", textContent: words.leave });
    leave.ariaHidden = "true";
    section.querySelector(".side")!.append(this.state, this.button, this.mark, leave);
    this.isManual = cell.isManual ?? false;
    this.original = cell.isStale ? null : cell.source;
    this.gaveFirst = this.account.assigns;
    this.note.setAttribute("role", "status");
    this.code.after(this.note);
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

  /** What it gives to other cells and takes from them, as far as its text tells. */
  get account(): Account {
    if (this.read?.source !== this.source)
      this.read = { source: this.source, account: accountOf(this.source) };
    return this.read.account;
  }

  /** Puts an editor in the place of the code, where none is yet. */
  edit(): void {
    if (this.editor) return;
    const { words } = this.host;
    const label = `${words.code} ${this.countText}`;
    this.editor = editorOf(this.source, label, words, {
      run: () => void this.host.run(this),
      runAndGo: () => {
        void this.host.run(this);
        this.host.next(this);
      },
      leave: () => this.section.focus(),
      changed: (source) => this.changed(source),
      // What hangs on a number follows while it is pulled.
      pulled: () => this.atRest(),
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
    clearTimeout(this.resting);
    this.kept = source;
    this.isFromLink = true;
    this.label(mark);
  }

  /** What a new run of the cell tells. */
  listener(): Listener {
    if (this.editor) closeCompletion(this.editor);
    clearTimeout(this.resting);
    const mine = ++this.runs;
    return {
      started: (count) => {
        this.count = count;
        this.counter.textContent = "In [*]";
        this.asked?.show(false);
        this.say("running");
        this.tell("");
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
        this.say("");
        if (ok === null) this.outputs.stay();
        this.outputs.end();
        this.section.dispatchEvent(new CustomEvent("ran", { bubbles: true }));
      },
    };
  }

  /** Says how the cell stands: a word beside its number, and a sentence where there is something to do. */
  show(standing: Standing): void {
    const { words } = this.host;
    const { kind } = standing;
    this.isStale = kind !== "current" && kind !== "failed";
    if (kind === "current" || kind === "queued" || kind === "failed") {
      this.say(kind === "queued" ? "waiting" : kind === "failed" ? "failed" : "");
      return this.tell("");
    }
    this.say(kind === "waits" || kind === "slow" ? "waits" : kind === "syntax" ? "" : "stale");
    const { host } = this;
    const runs = (cell: FollowedCell, text: string): void =>
      this.tell(text, words.runThis((cell as CellView).countText), () => void host.run(cell as CellView));
    switch (kind) {
      case "waits": {
        const cell = standing.cell as CellView;
        if (standing.why === "failed") return this.tell(words.waitsFor(cell.countText));
        return runs(
          cell,
          standing.why === "link" ? words.waitsForLink(cell.countText) : words.waitsForSlow(cell.countText),
        );
      }
      case "slow":
        return runs(this, words.slow);
      case "stopped":
        return this.tell(words.tooLong);
      case "syntax":
        return this.tell(words.noCode(standing.sentence));
      case "fromLink":
        return this.tell("");
      case "stale":
        return this.tell(words.outOfDate, words.update, () => host.update());
    }
  }

  private tell(text: string, action = "", act?: () => void): void {
    if (this.noted === text + action) return;
    this.noted = text + action;
    this.note.hidden = text === "";
    const parts: HTMLElement[] = text === "" ? [] : [element("p", { textContent: text })];
    if (act) {
      const button = element("button", { type: "button", textContent: action });
      button.onclick = act;
      parts.push(button);
    }
    this.note.replaceChildren(...parts);
  }

  /** The state, in a word beside the number. */
  private say(state: "" | "running" | "waiting" | "waits" | "stale" | "failed"): void {
    if (state === "") delete this.section.dataset.state;
    else this.section.dataset.state = state;
    this.state.textContent = state === "" ? "" : this.host.words.states[state];
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
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.atRest(), rest);
  }

  private atRest(): void {
    clearTimeout(this.resting);
    this.host.edited();
  }

  private nameButton(): void {
    this.button.ariaLabel = this.host.words.runCell(this.countText);
  }

  private label(mark: string): void {
    this.mark.textContent = mark;
    this.mark.hidden = mark === "";
  }
}
