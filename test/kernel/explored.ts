import type { ExploreOptions } from "../../dist/index.js";
import { explore } from "../../dist/index.js";
import { FakeHost } from "./controlhost";

/** A display's content, as the kernel sends it. */
export interface Bundle {
  data: { [type: string]: unknown };
  metadata: { [type: string]: { [name: string]: unknown } };
}

export const exploreType = "application/vnd.tslab-gradients.explore+json";

/** What `explore` shows in a kernel. */
export async function explored(
  options?: ExploreOptions,
  settings?: { standalone?: boolean },
): Promise<Bundle> {
  const host = new FakeHost().install();
  try {
    await host.run("cell", () => explore(options, settings));
  } finally {
    FakeHost.remove();
  }
  const [sent, ...others] = host.sent;
  if (sent === undefined || others.length > 0) throw new Error(`${host.sent.length} messages came; not one.`);
  return sent.content as unknown as Bundle;
}
