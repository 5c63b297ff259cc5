import type { Kernel, Message, NotebookPanel, Comm } from "@jupyterlab/notebook";
import { isObject } from "../figures/readfigure";
import type { Dependence } from "../runtime/stalecells";

/** What is done with what a notebook's kernel says. */
interface KernelEars {
  /** A message came. */
  heard(message: Message): void;
  /** There is another kernel, or none, or it starts anew: its variables are gone. */
  renewed(kernel: Kernel | null): void;
}

const ends = new Set(["restarting", "autorestarting", "terminating", "dead"]);

/** Listens to a notebook's kernel, whichever it is at the time. */
export function listenToKernel({ sessionContext }: NotebookPanel, ears: KernelEars): void {
  let listened: Kernel | null = null;
  const hear = (_: unknown, { msg, direction }: { msg: Message; direction: string }): void => {
    if (direction === "recv") ears.heard(msg);
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
}

/** What the kernel says with a message of a cell that ran; null where it says nothing. */
export function runTold({ channel, header, metadata, content }: Message): Run | null {
  if (channel !== "shell" || header.msg_type !== "execute_reply") return null;
  const own = isObject(metadata) ? metadata["tslab-gradients"] : undefined;
  if (!isObject(own)) return null;
  const { cell, source: hash } = own;
  const { execution_count: count } = content;
  const dependence = dependenceIn(own["dependence"]);
  if (typeof cell !== "string" || typeof hash !== "string" || typeof count !== "number") return null;
  return dependence === null ? null : { cell, hash, count, dependence };
}

/** What a kernel knows of cells that it may not have run. */
interface Knowledge {
  /** How sources hang together by their names. */
  dependences: Dependence[];
  /** The ids of the cells that it has run. */
  ran: string[];
}

/** Asks the kernel about cells' sources; null where it is another kernel, which cannot tell. */
export async function askKernel(kernel: Kernel, sources: readonly string[]): Promise<Knowledge | null> {
  if ((await kernel.info).implementation !== "tslab-gradients") return null;
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
