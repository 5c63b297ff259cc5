import type { CellView } from "./cell/cellview";
import { type Changes, figureKey, fromFragment, isOwn, type State, toFragment } from "./fragment";
import type { Live } from "./output/livefigures";
import type { Words } from "./pagewords";

/** A longer address, in characters, is left as it is: some browsers stop to answer with one. */
const longest = 16_000;
/** Milliseconds after which a figure is at rest. */
const rest = 250;

/** The page's address, and what it says of the cells and their live figures. */
export class Linked {
  /** States of figures that no run has shown yet, each with its cell's code. */
  private readonly waiting = new Map<string, { state: State; source: string }>();
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** The fragment as it was last read or written. */
  private known = "";

  constructor(
    private readonly cells: readonly CellView[],
    private readonly words: Words,
    private readonly say: (sentence: string) => void,
    private readonly follow: (isOn: boolean) => void,
  ) {
    addEventListener("hashchange", () => void this.open());
    // In slides the address says which one is shown.
    if (document.querySelector(".reveal")) return;
    for (const event of ["explored", "ran"]) document.addEventListener(event, () => this.rest());
  }

  /** What readers changed. */
  changes(): Changes {
    const edited = this.cells.filter(({ isEdited }) => isEdited);
    const figures = this.cells.flatMap(({ id, outputs }) =>
      outputs.lives.flatMap(({ edits }, i): [string, State][] =>
        edits === null ? [] : [[figureKey(id, i + 1), { ...edits }]],
      ),
    );
    return {
      code: Object.fromEntries(edited.map(({ id, source }) => [id, source])),
      figures: Object.fromEntries(figures),
    };
  }

  /** Code that came in a link is shown and marked; it is for the reader to run it. Figures show at once. */
  async open(): Promise<void> {
    const { cells, words } = this;
    this.known = location.hash;
    let changes: Changes | null;
    try {
      changes = await fromFragment(location.hash);
    } catch {
      return this.say(words.badLink);
    }
    if (changes === null) return;
    const { code, figures, follows } = changes;
    if (follows === false) this.follow(false);
    const changed = cells.filter(({ id, source }) => Object.hasOwn(code, id) && code[id] !== source);
    for (const cell of changed) cell.write(code[cell.id]!, words.fromLink);
    const sentences = changed.length > 0 ? [words.linked(changed.length)] : [];
    for (const [key, state] of Object.entries(figures)) sentences.push(...(await this.show(key, state)));
    if (sentences.length > 0) this.say(sentences.join(" "));
  }

  /** A cell shows a live figure: as the link says, where it does and the cell's code is still the same. */
  explores({ id, source }: CellView, live: Live, number: number): void {
    const key = figureKey(id, number);
    const waiting = this.waiting.get(key);
    this.waiting.delete(key);
    if (waiting?.source === source)
      void this.apply(live, waiting.state).then((sentences) => sentences.forEach(this.say));
  }

  private async show(key: string, state: State): Promise<string[]> {
    for (const cell of this.cells) {
      const { id, source, outputs } = cell;
      const number = key.startsWith(`${id}.`) ? Number(key.slice(id.length + 1)) : NaN;
      if (!Number.isInteger(number) || number < 1) continue;
      const live = outputs.lives[number - 1];
      if (live) return this.apply(live, state);
      this.waiting.set(key, { state, source });
      return [];
    }
    return [this.words.unknownFigure(key)];
  }

  /** @returns what is wrong with the state, as sentences */
  private async apply(live: Live, state: State): Promise<string[]> {
    try {
      await live.show(state);
      return [];
    } catch (reason) {
      return [this.words.badFigure(reason instanceof Error ? reason.message : String(reason))];
    }
  }

  private rest(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.write(), rest);
  }

  /** The address follows what readers do with figures, so that it can be copied, and the page loaded again. */
  private async write(): Promise<void> {
    const changes = this.changes();
    const hasFigures = Object.keys(changes.figures).length > 0;
    if (!hasFigures && !location.hash.includes("figure.")) return;
    const fragment = await toFragment(changes);
    // An address that was just entered is read first: its event may come after this.
    if (location.hash !== this.known) return;
    if (fragment.length > longest || (fragment === "" && !isOwn(location.hash))) return;
    history.replaceState(null, "", location.href.replace(/#.*$/, "") + fragment);
    this.known = location.hash;
  }
}
