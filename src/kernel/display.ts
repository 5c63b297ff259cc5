import type { Json } from "../figures/figure";

/** One output: the same content in several forms, of which a front end shows the best it can. */
export interface MimeBundle {
  data: { [mimeType: string]: Json };
  metadata: { [mimeType: string]: Json };
}

/** tslab's sender of the running cell's `display_data`, or of `update_display_data`. */
export type Sender = (content: MimeBundle & { transient: { display_id?: string } }, update: boolean) => void;

/**
 * The sender of the cell that runs now, or null outside a kernel. Every execution has one of its own, so that two
 * senders differ where their cells do.
 */
export function currentSender(): Sender | null {
  // The kernel may have been started from another copy of tslab than the one this package would find.
  const loaded = Object.entries(require.cache).find(([file]) =>
    /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file),
  );
  const jupyter = loaded?.[1]?.exports as { lastWriteDisplayData?: Sender | null } | undefined;
  return jupyter?.lastWriteDisplayData ?? null;
}
