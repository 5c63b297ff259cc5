import type { Content, Message, Wire } from "./message";
import type { Outbox } from "./sockets";

type Parent = Message["parent"];
type Extras = { metadata?: Content; buffers?: Uint8Array[] };

/** How long text waits for more of the same cell, in milliseconds, and how much of it goes into one message. */
const patience = 10;
const largestText = 1 << 20;

/** What all front ends hear. Text of one cell that comes in many small pieces goes out in few messages. */
export class IoPub {
  private pending: { parent: Parent; name: string; text: string[]; length: number } | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly wire: Wire,
    private readonly outbox: Outbox,
  ) {}

  publish(type: string, content: Content, parent: Parent, extras: Extras = {}): void {
    this.flush();
    this.outbox.send(this.wire.frames(type, content, parent, { identities: [Buffer.from(type)], ...extras }));
  }

  /** Tells those who subscribed to this topic that they hear the kernel. Jupyter: `iopub_welcome`, JEP 65. */
  welcome(topic: string): void {
    this.flush();
    const content = { subscription: topic };
    this.outbox.send(this.wire.frames("iopub_welcome", content, {}, { identities: [Buffer.from(topic)] }));
  }

  /** Jupyter: `status`. */
  status(state: "starting" | "busy" | "idle", parent: Parent): void {
    this.publish("status", { execution_state: state }, parent);
  }

  /** Jupyter: `stream`. */
  stream(name: string, text: string, parent: Parent): void {
    const { pending } = this;
    if (pending !== null && pending.parent === parent && pending.name === name) {
      pending.text.push(text);
      pending.length += text.length;
      if (pending.length >= largestText) this.flush();
      return;
    }
    this.flush();
    this.pending = { parent, name, text: [text], length: text.length };
    this.timer = setTimeout(() => this.flush(), patience);
  }

  flush(): void {
    const { pending } = this;
    if (pending === null) return;
    this.pending = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.publish("stream", { name: pending.name, text: pending.text.join("") }, pending.parent);
  }
}
