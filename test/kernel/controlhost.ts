import { AsyncLocalStorage } from "node:async_hooks";
import type { Widget } from "../../dist/controls";
import { jupyterDisplay } from "../../dist/runtime/display";
import {
  type Comm,
  type CommMessage,
  type KernelHost,
  type MessageExtras,
  hostKey,
} from "../../dist/runtime/kernelhost";

type Data = Parameters<Comm["send"]>[0];
type Listener = (message: CommMessage) => void | Promise<void>;

/** A message that the kernel sent, with the execution it belongs to. */
export interface Sent {
  type: string;
  content: Data;
  metadata: Data;
  execution: string | null;
}

interface Execution {
  name: string;
  cell: string | null;
  ends: (() => Promise<void>)[];
}

/** A kernel without processes or sockets, and the page at its other end. */
export class FakeHost implements KernelHost {
  readonly sent: Sent[] = [];
  readonly comms = new Map<string, FakeComm>();
  private readonly targets = new Map<string, (comm: Comm, message: CommMessage) => void | Promise<void>>();
  private readonly executions = new AsyncLocalStorage<Execution>();
  private number = 0;

  /** Puts it where code in a cell finds the kernel. */
  install(): this {
    (globalThis as { [hostKey]?: KernelHost })[hostKey] = this;
    return this;
  }

  static remove(): void {
    Reflect.deleteProperty(globalThis, hostKey);
  }

  /** Runs code as a cell; `cell` is JupyterLab's id of it. */
  async run<T>(name: string, code: () => T | Promise<T>, cell: string | null = null): Promise<T> {
    const execution: Execution = { name, cell, ends: [] };
    return this.executions.run(execution, async () => {
      const value = await code();
      for (const end of execution.ends) await end();
      return value;
    });
  }

  execution(): Execution | null {
    return this.executions.getStore() ?? null;
  }

  beforeEnd(work: () => Promise<void>): void {
    this.execution()?.ends.push(work);
  }

  publish(type: string, content: Data, { metadata = {} }: MessageExtras = {}): void {
    const copy = structuredClone(content);
    this.sent.push({ type, content: copy, metadata, execution: this.execution()?.name ?? null });
  }

  openComm(targetName: string, data: Data = {}, extras: MessageExtras = {}): FakeComm {
    const comm = new FakeComm(this, `comm${++this.number}`, targetName);
    this.publish("comm_open", { comm_id: comm.id, target_name: targetName, data }, extras);
    return comm;
  }

  onCommOpen(targetName: string, listener: (comm: Comm, message: CommMessage) => void | Promise<void>): void {
    this.targets.set(targetName, listener);
  }

  input(): Promise<string> {
    return Promise.reject(new Error("no input here"));
  }

  /** The page opens a comm. */
  open(targetName: string): FakeComm {
    const comm = new FakeComm(this, `page${++this.number}`, targetName);
    void this.targets.get(targetName)?.(comm, { data: {}, metadata: {}, buffers: [] });
    return comm;
  }

  /** The line to a widget's model, as a page has it. */
  lineTo(widget: Widget): FakeComm {
    const view = widget[jupyterDisplay]()["application/vnd.jupyter.widget-view+json"];
    return this.comms.get((view as { model_id: string }).model_id)!;
  }

  /** A reader changes a widget, or the page gets it wrong. */
  move(widget: Widget, value: unknown, trait = "value"): void {
    this.lineTo(widget).hear({ method: "update", state: { [trait]: value } as never, buffer_paths: [] });
  }

  /** What was sent since the last call, but for the models of looks. */
  take(): Sent[] {
    return this.sent
      .splice(0)
      .filter(
        ({ content }) =>
          !/Style|Layout/.test(
            String(((content.data as Data | undefined)?.state as Data | undefined)?._model_name),
          ),
      );
  }
}

export class FakeComm implements Comm {
  closed = false;
  private readonly messages: Listener[] = [];
  private readonly closes: Listener[] = [];

  constructor(
    private readonly host: FakeHost,
    readonly id: string,
    readonly targetName: string,
  ) {
    host.comms.set(id, this);
  }

  send(data: Data, extras?: MessageExtras): void {
    if (this.closed) throw new Error("closed");
    this.host.publish("comm_msg", { comm_id: this.id, data }, extras);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.host.publish("comm_close", { comm_id: this.id, data: {} });
  }

  onMessage(listener: Listener): void {
    this.messages.push(listener);
  }

  onClose(listener: Listener): void {
    this.closes.push(listener);
  }

  /** The page says something on it. */
  hear(data: Data): void {
    for (const listener of this.messages) void listener({ data, metadata: {}, buffers: [] });
  }

  /** The page closes it. */
  hangUp(): void {
    this.closed = true;
    for (const listener of this.closes) void listener({ data: {}, metadata: {}, buffers: [] });
  }
}

/** What messages on comms say. */
export const dataOf = (messages: Sent[]) => messages.map(({ content }) => content.data);
