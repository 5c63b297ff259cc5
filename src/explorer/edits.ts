import { type ExploreSpec, exploreSpec } from "../figures/explorespec";
import { sampleRow } from "../nn/architecture";
import type { Net } from "./compute";
import type { ExploreWords } from "./explorerwords";

/** States to go back to and forth again. */
export class History<S> {
  private past: S[] = [];
  private future: S[] = [];
  private merging: string | null = null;

  constructor(
    private current: S,
    private readonly most = 200,
  ) {}

  get now(): S {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** @param merge steps of one movement, such as a drag, have the same name and are undone at once */
  push(state: S, merge: string | null = null): void {
    if (merge === null || merge !== this.merging) this.past = [...this.past, this.current].slice(-this.most);
    this.merging = merge;
    this.current = state;
    this.future = [];
  }

  /** The movement is over: the next step of its name is another one. */
  settle(): void {
    this.merging = null;
  }

  undo(): S {
    const before = this.past.pop();
    if (before !== undefined) {
      this.future.push(this.current);
      this.current = before;
    }
    this.settle();
    return this.current;
  }

  redo(): S {
    const after = this.future.pop();
    if (after !== undefined) {
      this.past.push(this.current);
      this.current = after;
    }
    this.settle();
    return this.current;
  }
}

/** A change of a state: another state, or an error where there can be none. */
export type Edit = (spec: ExploreSpec) => ExploreSpec;

/** The state with some of it replaced, checked; the input and the shortcuts follow the sizes. */
export function changed(spec: ExploreSpec, change: Partial<ExploreSpec>): ExploreSpec {
  const next = { ...spec, ...change };
  const width = next.layerSizes[0] ?? 0;
  const input = change.input ?? next.input.map((row) => fitted(row, width));
  const shortcuts = next.layerSizes.slice(1).map((_, i) => next.shortcuts[i] ?? true);
  return { ...exploreSpec({ ...next, input, shortcuts, seed: BigInt(next.seed) }), seed: next.seed };
}

function spliced<T>(list: readonly T[], at: number, removed: number, ...added: T[]): T[] {
  return [...list.slice(0, at), ...added, ...list.slice(at + removed)];
}

/** The row as long as the first layer is wide: cut, or continued as the section's sample goes on. */
function fitted(row: number[], width: number): number[] {
  if (row.length === width) return row;
  return row.length > width ? row.slice(0, width) : [...row, ...sampleRow(width).slice(row.length)];
}

/** @param row 0 for the input's width, i + 1 for the output of layer i */
export const setWidth =
  (row: number, width: number): Edit =>
  (spec) =>
    changed(spec, { layerSizes: spec.layerSizes.map((size, i) => (i === row ? width : size)) });

/** A new layer before layer `at`, which leaves the width as it is. */
export const addLayer =
  (at: number): Edit =>
  (spec) =>
    changed(spec, {
      layerSizes: spliced(spec.layerSizes, at + 1, 0, spec.layerSizes[at]!),
      shortcuts: spliced(spec.shortcuts, at, 0, true),
    });

/** Without layer `at`; the network's input and output stay as wide as they are. */
export const removeLayer =
  (at: number): Edit =>
  (spec) => {
    const isLast = at === spec.layerSizes.length - 2;
    return changed(spec, {
      layerSizes: spliced(spec.layerSizes, isLast ? at : at + 1, 1),
      shortcuts: spliced(spec.shortcuts, at, 1),
    });
  };

/** Switches layer `at`'s shortcut off or on. */
export const toggleShortcut =
  (at: number, on?: boolean): Edit =>
  (spec) =>
    changed(spec, {
      shortcuts: spec.shortcuts.map((before, i) => (i === at ? (on ?? !before) : before)),
    });

/** Mends layer `at`: its output becomes as wide as its input, and its shortcut is there. */
export const equalWidths =
  (at: number): Edit =>
  (spec) =>
    toggleShortcut(at, true)(setWidth(at + 1, spec.layerSizes[at]!)(spec));

/** What the parts of the figure ask of it. */
export interface Host {
  readonly spec: ExploreSpec;
  readonly nets: readonly [Net, Net];
  readonly words: ExploreWords;
  /** The row that is edited: 0 for the input, i + 1 for layer i. */
  readonly chosen: number;
  choose(row: number): void;
  /** Applies an edit; a sentence where it cannot be. @param merge edits of one movement are undone at once */
  change(edit: Edit, merge?: string): string | null;
  /** A movement is over. */
  settle(): void;
  /** Something to read out, such as what was copied. */
  say(sentence: string): void;
}
