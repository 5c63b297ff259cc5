import type { Json } from "../figures/figure";
import { currentHost } from "./kernelhost";

/** One output: the same content in several forms, of which a front end shows the best it can. */
export interface MimeBundle {
  data: { [mimeType: string]: Json };
  metadata: { [mimeType: string]: Json };
}

/** tslab's sender of the running cell's `display_data`, or of `update_display_data`. */
export type Sender = (content: MimeBundle & { transient: { display_id?: string } }, update: boolean) => void;

export { display as jupyterDisplay } from "../nn/text";

/** Where the running code's outputs go. */
export interface Outlet {
  /** Whose outputs they are: every execution has an object of its own. */
  execution: object;
  /** Jupyter: `display_data`, or `update_display_data` of what has that id. */
  send(bundle: MimeBundle, displayId: string | null, update: boolean): void;
  /** What is done when the execution's own code has ended, before the front end is told; null where nothing can be. */
  beforeEnd: ((work: () => Promise<void>) => void) | null;
}

/** The outlet of the cell that the running code belongs to, or null outside a kernel. */
export function currentOutlet(): Outlet | null {
  const host = currentHost();
  if (host !== null) {
    const send: Outlet["send"] = ({ data, metadata }, displayId, update) =>
      host.publish(typeOf(update), { data, metadata, transient: transientOf(displayId) });
    const beforeEnd: Outlet["beforeEnd"] = (work) => host.beforeEnd(work);
    return { execution: host.execution() ?? host, send, beforeEnd };
  }
  const sender = currentSender();
  if (sender === null) return null;
  const send: Outlet["send"] = (bundle, displayId, update) =>
    sender({ ...bundle, transient: transientOf(displayId) }, update);
  return { execution: sender, send, beforeEnd: null };
}

function typeOf(update: boolean): string {
  return update ? "update_display_data" : "display_data";
}

function transientOf(displayId: string | null): { display_id?: string } {
  return displayId === null ? {} : { display_id: displayId };
}

/** The stock kernel's sender: every execution has one of its own, so that two senders differ where their cells do. */
function currentSender(): Sender | null {
  // The kernel may have been started from another copy of tslab than the one this package would find.
  const loaded = Object.entries(require.cache).find(([file]) =>
    /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file),
  );
  const jupyter = loaded?.[1]?.exports as { lastWriteDisplayData?: Sender | null } | undefined;
  return jupyter?.lastWriteDisplayData ?? null;
}
