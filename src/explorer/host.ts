import type { ExploreSpec } from "../figures/explorespec";
import type { Net } from "./compute";
import type { Edit } from "./edits";
import type { ExploreWords } from "./explorerwords";

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
