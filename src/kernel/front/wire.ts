import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { wellFormedJson } from "../pipe";
import type { Outbox } from "./sockets";

/** A message's header. Jupyter: "Message header", protocol 5.5. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export type Content = Record<string, unknown>;

export interface Message {
  /** Whom a reply goes to: ZeroMQ's routing prefix. */
  identities: Buffer[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

/** JupyterLab's id of the cell, where it sends one. */
export function cellOf({ metadata: { cellId } }: Message): string | null {
  return typeof cellId === "string" ? cellId : null;
}

/** The version of the messaging protocol that the kernel speaks. */
export const protocolVersion = "5.5";

const delimiter = Buffer.from("<IDS|MSG>");
/** How many signatures are remembered, so that a message that was taken is not taken again. */
const remembered = 1 << 16;

/** A message that must not be acted upon. */
export class MessageError extends Error {}

/** Messages as ZeroMQ frames, signed. Jupyter: "The wire protocol". */
export class Wire {
  private readonly session = randomUUID();
  private readonly seen = new Set<string>();

  constructor(
    private readonly key: string,
    private readonly hash: string,
  ) {}

  /** @throws MessageError where frames are missing, the signature is wrong or was seen before, or the JSON is none. */
  read(frames: Buffer[]): Message {
    const start = frames.findIndex((frame) => frame.equals(delimiter));
    if (start < 0) throw new MessageError("it has no delimiter");
    const [signature, ...parts] = frames.slice(start + 1);
    if (signature === undefined || parts.length < 4) throw new MessageError("frames are missing");
    // Nothing is parsed before the signature is known to be right.
    this.check(signature, parts);
    const [header, parent, metadata, content] = parts.slice(0, 4).map(jsonObject) as [
      Content,
      Content,
      Content,
      Content,
    ];
    for (const name of ["msg_id", "msg_type"] as const) {
      if (typeof header[name] !== "string") throw new MessageError(`its header has no ${name}`);
    }
    return {
      identities: frames.slice(0, start),
      header: header as unknown as Header,
      parent: parent as Message["parent"],
      metadata,
      content,
      buffers: parts.slice(4),
    };
  }

  private check(signature: Buffer, parts: Buffer[]): void {
    if (this.key === "") return;
    const expected = Buffer.from(this.sign(parts));
    if (expected.length !== signature.length || !timingSafeEqual(expected, signature))
      throw new MessageError("its signature is wrong");
    const text = signature.toString("latin1");
    if (this.seen.has(text)) throw new MessageError("it came before");
    this.seen.add(text);
    if (this.seen.size > remembered) this.seen.delete(this.seen.values().next().value as string);
  }

  /** The frames of a new message. */
  frames(
    type: string,
    content: Content,
    parent: Message["parent"],
    extras: { identities?: Buffer[]; metadata?: Content; buffers?: Uint8Array[] } = {},
  ): Buffer[] {
    const header: Header = {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.session,
      username: parent.username ?? "kernel",
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    const parts = [header, parent, extras.metadata ?? {}, content].map((part) =>
      Buffer.from(wellFormedJson(part)),
    );
    for (const buffer of extras.buffers ?? []) parts.push(Buffer.from(buffer));
    const signature = Buffer.from(this.key === "" ? "" : this.sign(parts.slice(0, 4)));
    return [...(extras.identities ?? []), delimiter, signature, ...parts];
  }

  /** Jupyter signs header, parent, metadata and content, not the buffers. */
  private sign(parts: Buffer[]): string {
    const hmac = createHmac(this.hash, this.key);
    for (const part of parts.slice(0, 4)) hmac.update(part);
    return hmac.digest("hex");
  }
}

function jsonObject(frame: Buffer): Content {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString("utf8"));
  } catch {
    throw new MessageError("a part of it is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MessageError("a part of it is not a JSON object");
  return value as Content;
}

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
