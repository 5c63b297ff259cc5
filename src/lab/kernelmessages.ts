import type { Kernel, Message, NotebookPanel, Comm } from "@jupyterlab/notebook";
import { isObject } from "../figures/readfigure";
import type { Dependence } from "../runtime/stalecells";

/** What is done with what a notebook's kernel says. */
interface KernelEars {
  /** A message came. */
  heard(message: Message): void;
  /** This page sent one. */
  sent?(message: Message): void;
  /** There is another kernel, or none, or it starts anew: its variables are gone. */
  renewed(kernel: Kernel | null): void;
}

const ends = new Set(["restarting", "autorestarting", "terminating", "dead"]);

/** Listens to a notebook's kernel, whichever it is at the time. */
export function listenToKernel({ sessionContext }: NotebookPanel, ears: KernelEars): void {
  let listened: Kernel | null = null;
  const hear = (_: unknown, { msg, direction }: { msg: Message; direction: string }): void => {
    if (direction === "recv") ears.heard(msg);
    else ears.sent?.(msg);
  };
  const hearStatus = (_: unknown, status: string): void => {
    if (ends.has(status)) ears.renewed(listened);
  };
  const listen = (kernel: Kernel | null): void => {
    listened?.anyMessage.disconnect(hear);
    listened?.statusChanged.disconnect(hearStatus);
    listened = kernel;
    kernel?.anyMessage.connect(hear);
    kernel?.statusChanged.connect(hearStatus);
    ears.renewed(kernel);
  };
  listen(sessionContext.session?.kernel ?? null);
  sessionContext.kernelChanged.connect((_, { newValue }) => listen(newValue));
}

/** A run of a cell, as the kernel tells of it. */
export interface Run {
  cell: string;
  /** Of the source that ran. */
  hash: string;
  count: number;
  dependence: Dependence;
  /** What ended it before its end. */
  failed: "error" | "interrupt" | null;
  /** How long it took by the kernel's clock; null for one that this page did not ask for. */
  seconds: number | null;
}

/** The runs that a page has asked its kernel for. */
export class RunQueue {
  /** Those that are not over, by their requests' ids: what of them is still to come, and when they began. */
  private readonly open = new Map<string, { rest: Set<string>; began: number | null }>();
  private waiting: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.open.size === 0;
  }

  /** Resolves when nothing runs or waits. */
  async emptied(): Promise<void> {
    while (!this.isEmpty) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  sent({ header }: Message): void {
    if (header.msg_type === "execute_request")
      this.open.set(header.msg_id, { rest: new Set(["reply", "idle"]), began: null });
  }

  /** Takes what the kernel says; returns the run that it tells the end of. */
  heard(message: Message): Run | null {
    const { header, parent_header: parent, content } = message;
    const asked = this.open.get(parent.msg_id ?? "");
    const date = Date.parse(header.date);
    if (asked !== undefined && header.msg_type === "execute_input") asked.began = date;
    const run = runTold(message);
    if (run !== null && typeof asked?.began === "number") run.seconds = (date - asked.began) / 1000;
    // JupyterLab takes a run for over when both have come, in either order.
    if (header.msg_type === "execute_reply") this.over(parent.msg_id, "reply");
    if (header.msg_type === "status" && content["execution_state"] === "idle")
      this.over(parent.msg_id, "idle");
    return run;
  }

  /** The kernel that was asked is gone, and answers nothing more. */
  clear(): void {
    this.open.clear();
    this.release();
  }

  private over(id: string | undefined, what: string): void {
    const asked = this.open.get(id ?? "");
    asked?.rest.delete(what);
    if (asked?.rest.size === 0) this.open.delete(id!);
    if (this.isEmpty) this.release();
  }

  private release(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** What the kernel says with a message of a cell that ran; null where it says nothing. */
function runTold({ channel, header, metadata, content }: Message): Run | null {
  if (channel !== "shell" || header.msg_type !== "execute_reply") return null;
  const own = isObject(metadata) ? metadata["tslab-gradients"] : undefined;
  if (!isObject(own)) return null;
  const { cell, source: hash } = own;
  const { execution_count: count } = content;
  const dependence = dependenceIn(own["dependence"]);
  if (typeof cell !== "string" || typeof hash !== "string" || typeof count !== "number") return null;
  if (dependence === null) return null;
  const { status, ename } = content;
  const failed = status === "ok" ? null : ename === "Interrupted" ? "interrupt" : "error";
  return { cell, hash, count, dependence, failed, seconds: null };
}

/** What a kernel knows of cells that it may not have run. */
interface Knowledge {
  /** How sources hang together by their names. */
  dependences: Dependence[];
  /** The ids of the cells that it has run. */
  ran: string[];
}

/** Whether a kernel is this project's, which tells how cells hang together. */
export async function isOurs(kernel: Kernel): Promise<boolean> {
  return (await kernel.info).implementation === "tslab-gradients";
}

/** Asks the kernel about cells' sources; null where it is another kernel, which cannot tell. */
export async function askKernel(kernel: Kernel, sources: readonly string[]): Promise<Knowledge | null> {
  if (!(await isOurs(kernel))) return null;
  const comm: Comm = kernel.createComm("tslab-gradients.dependences");
  return new Promise((resolve) => {
    comm.onMsg = ({ content }) => {
      const { dependences, ran } = isObject(content["data"]) ? content["data"] : {};
      const told = Array.isArray(dependences) ? dependences.flatMap((each) => dependenceIn(each) ?? []) : [];
      resolve(told.length === sources.length && isNames(ran) ? { dependences: told, ran } : null);
    };
    comm.onClose = () => resolve(null);
    comm.open({ sources });
  });
}

function dependenceIn(value: unknown): Dependence | null {
  if (!isObject(value)) return null;
  const { declares, uses, changes } = value;
  return isNames(declares) && isNames(uses) && isNames(changes) ? { declares, uses, changes } : null;
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
