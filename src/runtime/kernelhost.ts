import type { Json } from "../figures/figure";
import { quote } from "../nn/quote";

/** What rides on a message beside its content. */
export interface MessageExtras {
  metadata?: { [key: string]: Json };
  /** Binary frames after the content. */
  buffers?: Uint8Array[];
}

/** A message that came on a comm. Jupyter: `comm_msg`, `comm_open`, `comm_close`. */
export interface CommMessage {
  data: { [key: string]: Json };
  metadata: { [key: string]: Json };
  buffers: Uint8Array[];
}

/** One end of a comm: a line between the kernel and something in the page. */
export interface Comm {
  readonly id: string;
  readonly targetName: string;
  /** Whether it is closed, by either end. */
  readonly closed: boolean;
  /** Jupyter: `comm_msg`. @throws Error where the comm is closed. */
  send(data: { [key: string]: Json }, extras?: MessageExtras): void;
  /** Jupyter: `comm_close`. Closing twice does nothing. */
  close(data?: { [key: string]: Json }, extras?: MessageExtras): void;
  /** The listener runs on behalf of the cell that gave it: what it prints shows there. */
  onMessage(listener: (message: CommMessage) => void | Promise<void>): void;
  onClose(listener: (message: CommMessage) => void | Promise<void>): void;
}

/** One run of a cell, as the code in it may know it. */
export interface HostExecution {
  /** The id that the front end gave the cell, the same in every run of it. JupyterLab sends one. */
  readonly cell: string | null;
}

/** What the project's own kernel offers to the code that runs in it. */
export interface KernelHost {
  /** The execution this code belongs to, also in its timers and awaits; null before the first cell. */
  execution(): HostExecution | null;
  /** Does this before the running execution ends, such as sending what would else come late; nothing once it is over. */
  beforeEnd(work: () => Promise<void>): void;
  /** Sends an IOPub message, such as `display_data`, on behalf of that execution. */
  publish(type: string, content: { [key: string]: Json }, extras?: MessageExtras): void;
  /** Jupyter: `comm_open`, towards the page. */
  openComm(targetName: string, data?: { [key: string]: Json }, extras?: MessageExtras): Comm;
  /** What is done when the page opens a comm to this target. */
  onCommOpen(targetName: string, listener: (comm: Comm, message: CommMessage) => void | Promise<void>): void;
  /** Jupyter: `input_request`. @throws Error where the front end takes no input. */
  input(prompt: string, password: boolean): Promise<string>;
}

/** Where the kernel puts its host: a symbol, since cells may load another copy of this package than the kernel. */
export const hostKey = Symbol.for("tslab-gradients.kernel");

/** Where a package that cells load puts what it has to do while nobody waits, such as collecting garbage. */
export const pauseKey = Symbol.for("tslab-gradients.pause");

/** The project's own kernel, or null on stock tslab and outside a kernel. */
export function currentHost(): KernelHost | null {
  return (globalThis as { [hostKey]?: KernelHost })[hostKey] ?? null;
}

/**
 * Empties what is shown under the cell; with `wait` only when something new comes, so that nothing flickers. On stock
 * tslab, which knows no such message, nothing happens. Jupyter: `clear_output`.
 */
export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  currentHost()?.publish("clear_output", { wait });
}

/** How a line is asked for. */
export interface InputOptions {
  /** The line is not shown while it is typed. */
  password?: boolean;
}

/**
 * Asks the reader for a line, under the cell. Jupyter: `input_request`.
 * @throws TypeError where the prompt is not a string; Error where nobody can be asked, as in nbconvert or on stock tslab.
 */
export async function input(prompt = "", { password = false }: InputOptions = {}): Promise<string> {
  if (typeof prompt !== "string")
    throw new TypeError(`input got the prompt ${quote(prompt)}; expected a string.`);
  const host = currentHost();
  if (host === null)
    throw new Error("input can ask only in the kernel of tslab-gradients; this is another one.");
  return host.input(prompt, password);
}
