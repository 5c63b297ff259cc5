import { createHmac, randomUUID } from "node:crypto";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the JSON of any message
export type Content = Record<string, any>;

/** A message of the kernel. */
export interface Received {
  type: string;
  content: Content;
  metadata: Content;
  parent: string;
  buffers: Buffer[];
}

/** What a cell did. */
export interface Ran {
  reply: Content;
  metadata: Content;
  outputs: Received[];
}

const delimiter = Buffer.from("<IDS|MSG>");

/** What a message says beside its type and content. */
export interface Envelope {
  id?: string;
  metadata?: Content;
  parent?: Content;
  /** What its header has in place of, or beside, the usual. */
  header?: Content;
  key: string;
  session: string;
}

/** The signed frames of a message. */
export function encode(
  type: string,
  content: unknown,
  { id = randomUUID(), metadata = {}, parent = {}, header = {}, key, session }: Envelope,
): Buffer[] {
  const whole = {
    msg_id: id,
    msg_type: type,
    session,
    username: "test",
    date: new Date().toISOString(),
    version: "5.3",
    ...header,
  };
  const parts = [whole, parent, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return [delimiter, Buffer.from(key === "" ? "" : hmac.digest("hex")), ...parts];
}

/** What the frames of a message say. */
export function decode(frames: Buffer[]): Received & { header: Content } {
  const at = frames.findIndex((frame) => frame.equals(delimiter));
  const [header, parent, metadata, content] = frames
    .slice(at + 2, at + 6)
    .map((frame) => JSON.parse(String(frame)) as Content);
  return {
    header: header!,
    type: header!.msg_type as string,
    parent: (parent!.msg_id as string | undefined) ?? "",
    metadata: metadata!,
    content: content!,
    buffers: frames.slice(at + 6),
  };
}

/** What a cell's outputs say on one of its streams. */
export function textOf(outputs: Received[], name = "stdout"): string {
  return outputs
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text as string)
    .join("");
}
