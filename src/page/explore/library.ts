import type { ExploreSpec } from "../../figures/explore";

/** A live figure in a page. */
export interface Explorer {
  /** The state as the reader has left it. */
  readonly spec: ExploreSpec;
  setDark(isDark: boolean): void;
  /** Another state; where it is not valid the figure says so and stays as it is. */
  update(spec: unknown): void;
  dispose(): void;
}

/** What the page is told and tells. */
export interface MountOptions {
  dark: boolean;
  /** The reader has changed the state. */
  onChange?(spec: ExploreSpec): void;
}

/** What the script of the live figure offers, as `tslabGradientsExplorer`. */
export interface ExplorerLibrary {
  /** @throws TypeError or RangeError where `spec` is no state; nothing is drawn then. */
  mount(node: HTMLElement, spec: unknown, options: MountOptions): Explorer;
}
