import type { Json } from "../figures/figure";
import { currentExecution, type Execution, within } from "./execution";
import { type MessageExtras, type Comm, type CommMessage, hostKey, type KernelHost } from "./kernelhost";
import { ports } from "./ports";
import { sendable } from "./sendable";

type Data = { [key: string]: Json };

/** Messages that show something of a cell's own making. */
const shows = new Set(["display_data", "update_display_data"]);

/**
 * Publishes on behalf of the running code's cell.
 * @throws TypeError where it is something to show that cannot be sent.
 */
export function publish(
  type: string,
  content: Data,
  { metadata = {}, buffers = [] }: MessageExtras = {},
): void {
  const { data, metadata: about } = content;
  const sent = shows.has(type) ? { ...content, ...sendable({ data, metadata: about }) } : content;
  ports.tell({ op: "publish", parent: currentExecution()?.id ?? 0, type, content: sent, metadata, buffers });
}

/** Prints for the cell that the running code belongs to. Jupyter: `stream`. */
export function print(name: "stdout" | "stderr", text: string): void {
  ports.tell({ op: "stream", parent: currentExecution()?.id ?? 0, name, text });
}

/** Who waits for a line, by the number of the question. */
const waiting = new Map<number, (line: string) => void>();
let questions = 0;

/** Jupyter: `input_request`; resolves to the line that the reader gave. */
export function askForLine(prompt: string, password: boolean): Promise<string> {
  const execution = currentExecution();
  if (execution === null || !execution.allowStdin) {
    return Promise.reject(new Error("input cannot ask: the program that runs this notebook takes no input."));
  }
  const token = ++questions;
  ports.tell({ op: "input", parent: execution.id, token, content: { prompt, password } });
  return new Promise((resolve) => waiting.set(token, resolve));
}

export function hearLine(token: number, line: string): void {
  waiting.get(token)?.(line);
  waiting.delete(token);
}

type Listener = (message: CommMessage) => void | Promise<void>;
type OpenListener = (comm: Comm, message: CommMessage) => void | Promise<void>;
/** A listener and the execution that gave it. */
type Bound<L> = { listener: L; owner: Execution | null };

const openComms = new Map<string, OpenComm>();
const targets = new Map<string, Bound<OpenListener>>();

class OpenComm implements Comm {
  closed = false;
  readonly messages: Bound<Listener>[] = [];
  readonly closes: Bound<Listener>[] = [];

  constructor(
    readonly id: string,
    readonly targetName: string,
  ) {
    openComms.set(id, this);
  }

  send(data: Data, extras?: MessageExtras): void {
    if (this.closed)
      throw new Error(`The comm ${this.id} to ${this.targetName} is closed; nothing can be sent on it.`);
    publish("comm_msg", { comm_id: this.id, data }, extras);
  }

  close(data: Data = {}, extras?: MessageExtras): void {
    if (this.closed) return;
    this.end();
    publish("comm_close", { comm_id: this.id, data }, extras);
  }

  onMessage(listener: Listener): void {
    this.messages.push({ listener, owner: currentExecution() });
  }

  onClose(listener: Listener): void {
    this.closes.push({ listener, owner: currentExecution() });
  }

  end(): void {
    this.closed = true;
    openComms.delete(this.id);
  }
}

/** A page from plain http has no `randomUUID`. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** Jupyter: `comm_open` towards the page. */
export function openComm(targetName: string, data: Data = {}, extras?: MessageExtras): Comm {
  const comm = new OpenComm(newId(), targetName);
  publish("comm_open", { comm_id: comm.id, target_name: targetName, data }, extras);
  return comm;
}

export function onCommOpen(targetName: string, listener: OpenListener): void {
  targets.set(targetName, { listener, owner: currentExecution() });
}

/** Jupyter: `comm_info_reply`'s comms. */
export function commInfo(targetName: string | null): { [id: string]: { target_name: string } } {
  const comms = [...openComms.values()].filter(
    (comm) => targetName === null || comm.targetName === targetName,
  );
  return Object.fromEntries(comms.map((comm) => [comm.id, { target_name: comm.targetName }]));
}

/** A message from the page; it is done when the listeners are. */
export async function hearComm(
  type: string,
  content: { comm_id: string; target_name?: string; data: Data },
  rest: { metadata: Data; buffers: Uint8Array[] },
  failed: (error: unknown) => void,
): Promise<void> {
  const message: CommMessage = { data: content.data, ...rest };
  const call = async (owner: Execution | null, run: () => void | Promise<void>): Promise<void> => {
    await within(owner, async () => {
      try {
        await run();
      } catch (error) {
        failed(error);
      }
    });
  };
  if (type === "comm_open") {
    const target = targets.get(content.target_name ?? "");
    // Jupyter: an open that nobody expects is answered with a close.
    if (target === undefined) return publish("comm_close", { comm_id: content.comm_id, data: {} });
    const comm = new OpenComm(content.comm_id, content.target_name ?? "");
    return call(target.owner, () => target.listener(comm, message));
  }
  const comm = openComms.get(content.comm_id);
  if (comm === undefined) return;
  if (type === "comm_close") comm.end();
  const bound = type === "comm_close" ? comm.closes : comm.messages;
  await Promise.all(bound.map(({ listener, owner }) => call(owner, () => listener(message))));
}

/** Offers the kernel, or the page, to the code of the cells. */
export function offerHost(): void {
  const host: KernelHost = {
    execution: currentExecution,
    beforeEnd: (work) => currentExecution()?.ends?.push(work),
    publish,
    openComm,
    onCommOpen,
    input: askForLine,
  };
  (globalThis as { [hostKey]?: KernelHost })[hostKey] = host;
}
