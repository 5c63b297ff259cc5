import type { Message } from "@jupyterlab/notebook";
import { isObject } from "../../figures/read";

/** What the kernel says of stale cells with a message: their ids, or null where it says nothing. */
export function staleCells({ channel, header, metadata }: Message): string[] | null {
  if (channel !== "shell" || header.msg_type !== "execute_reply") return null;
  const own = isObject(metadata) ? metadata["tslab-gradients"] : undefined;
  const stale = isObject(own) ? own["stale"] : undefined;
  if (!Array.isArray(stale)) return null;
  return stale.filter((id): id is string => typeof id === "string");
}
