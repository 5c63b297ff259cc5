import type { Explorer, ExplorerLibrary, ExploreSpec } from "../../figures/explorespec";
import { element } from "../../explorer/element";
import type { State } from "../fragment";
import { loadScript } from "../scripts";
import { explain, whenNear } from "./plotview";
import { isDark, onThemeChange } from "../theme";

let loading: Promise<ExplorerLibrary> | undefined;

/** The live figure's program, which a page holds where its notebook shows one. */
function explorers(): Promise<ExplorerLibrary> {
  loading ??= loadScript("script-explore").then(
    () => (window as unknown as { tslabGradientsExplorer: ExplorerLibrary }).tslabGradientsExplorer,
  );
  return loading;
}

/** Whether the page can draw live figures. */
export function drawsLive(): boolean {
  return document.getElementById("script-explore") !== null;
}

const lives = new Set<Live>();
onThemeChange(() => lives.forEach((live) => live.recolour()));

/** A live figure in the page, drawn when it comes near. */
export class Live {
  private explorer: Explorer | undefined;
  private seeing: Promise<void> | undefined;
  private edited: ExploreSpec | null = null;
  private readonly lookAway: () => void;
  /** Why it is not drawn. */
  private problem = "";

  /** @param node a `figure`, perhaps with a still picture that the drawing takes the place of */
  constructor(
    readonly node: HTMLElement,
    private readonly spec: unknown,
  ) {
    lives.add(this);
    this.lookAway = whenNear(node, () => void this.see());
  }

  static fresh(spec: unknown): Live {
    return new Live(element("figure", { className: "explore" }), spec);
  }

  /** What the reader made of it; null where it is as it came. */
  get edits(): ExploreSpec | null {
    return JSON.stringify(this.edited) === JSON.stringify(this.spec) ? null : this.edited;
  }

  /** The state that it shows. */
  get content(): unknown {
    return this.edited ?? this.spec;
  }

  /** Draws it, where that has not been done. A state that is none is explained in its place. */
  see(): Promise<void> {
    this.seeing ??= this.draw().catch((reason: unknown) => this.explain(reason));
    return this.seeing;
  }

  /**
   * Shows a state from outside; what it does not say stays, but for what depends on the layers' sizes.
   * @throws Error with a sentence where it is none; the last one stays then
   */
  async show(state: State): Promise<void> {
    await this.see();
    const { explorer } = this;
    if (!explorer) throw new Error(this.problem);
    const fitting = state.layerSizes === undefined ? {} : { input: undefined, shortcuts: undefined };
    const next = { ...explorer.spec, ...fitting, ...state };
    // It says itself what is wrong.
    explorer.update(next);
    (await explorers()).read(next);
  }

  recolour(): void {
    this.explorer?.setDark(isDark());
  }

  /** To be called when it is no longer in the page. */
  dispose(): void {
    lives.delete(this);
    this.lookAway();
    this.explorer?.dispose();
  }

  private async draw(): Promise<void> {
    const library = await explorers();
    const place = element("div", { className: "drawing" });
    this.node.append(place);
    this.explorer = library.mount(place, this.spec, {
      dark: isDark(),
      onChange: (spec) => {
        this.edited = spec;
        this.node.dispatchEvent(new CustomEvent("explored", { bubbles: true }));
      },
    });
    for (const still of this.node.querySelectorAll(":scope > :not(script, .drawing)")) still.remove();
  }

  private explain(reason: unknown): void {
    this.problem = reason instanceof Error ? reason.message : String(reason);
    explain(this.node, reason);
  }
}
