import type { Figure } from "../figures/figure";
import { dataOf, plotlyType } from "./bundle";
import { isMoving } from "./control/listeners";
import type { MimeBundle, Outlet } from "./display";
import { bundleOf } from "./pictures";

/** Two updates within this time, in milliseconds, are a movement. */
const together = 250;
/** After this time without another update the figure is at rest. */
const rest = 400;

/**
 * Where the figures of one id are shown. While they move only their data are sent, at once; the pictures are made when
 * the figure rests, since making them takes as long as several updates. What is sent is never older than what was.
 */
export class Place {
  private execution: object | null = null;
  /** The number of the newest figure. */
  private newest = 0;
  private updated = -Infinity;
  private queue: Promise<void> = Promise.resolve();
  /** Sends the pictures of the figure whose data alone were sent. */
  private finish: (() => Promise<void>) | null = null;
  private resting: NodeJS.Timeout | undefined;
  private readonly ends = new WeakSet<object>();

  constructor(private readonly id: string) {}

  /** Ends when the figure's data were sent. */
  show(figure: Figure, outlet: Outlet, update: boolean): Promise<void> {
    const number = ++this.newest;
    clearTimeout(this.resting);
    this.finish = null;
    const moves = isMoving() || performance.now() - this.updated < together;
    const light = moves && outlet.beforeEnd !== null;
    const done = this.queue.then(async () => {
      const known = this.execution !== null;
      const fresh = !update && this.execution !== outlet.execution;
      if (fresh) this.execution = outlet.execution;
      const bundle = named(light ? dataOf(figure) : await bundleOf(figure), this.id);
      if (update || known) {
        outlet.send(bundle, this.id, true);
        this.updated = performance.now();
      }
      if (fresh) outlet.send(bundle, this.id, false);
      if (light && number === this.newest) this.rest(figure, outlet);
    });
    this.queue = done.catch(() => {});
    return done;
  }

  /** The pictures follow once no newer figure comes, and at the latest when the cell ends. */
  private rest(figure: Figure, outlet: Outlet): void {
    const number = this.newest;
    this.finish = async () => {
      this.finish = null;
      clearTimeout(this.resting);
      const bundle = named(await bundleOf(figure), this.id);
      // A newer one may have come meanwhile.
      if (number === this.newest) outlet.send(bundle, this.id, true);
    };
    this.resting = setTimeout(() => void this.finish?.(), rest);
    if (this.ends.has(outlet.execution)) return;
    this.ends.add(outlet.execution);
    outlet.beforeEnd?.(async () => this.finish?.());
  }
}

/** Display ids are not saved with a notebook: a page that loads it must know which figure it is that is updated. */
function named({ data, metadata }: MimeBundle, id: string): MimeBundle {
  return { data, metadata: { ...metadata, [plotlyType]: { display_id: id } } };
}
