import type { Frame } from "../runtime/ports";

/** A frame as bytes: its whole length, the length of its JSON, the JSON, and the buffers, whose lengths are in the JSON. */
export function encode({ buffers = [], ...json }: Frame): Buffer {
  const text = Buffer.from(
    wellFormedJson(buffers.length > 0 ? { ...json, bufferLengths: buffers.map((b) => b.byteLength) } : json),
  );
  const head = Buffer.allocUnsafe(8);
  const rest = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  head.writeUInt32LE(4 + text.length + rest, 0);
  head.writeUInt32LE(text.length, 4);
  return Buffer.concat([head, text, ...buffers]);
}

/** Puts frames together again, however the pipe cut them. */
export class FrameReader {
  private pending: Buffer[] = [];
  private length = 0;

  *read(chunk: Buffer): Generator<Frame> {
    this.pending.push(chunk);
    this.length += chunk.length;
    if (this.length < this.needed()) return;
    let all = this.pending.length === 1 ? chunk : Buffer.concat(this.pending);
    while (all.length >= 4 && all.length >= 4 + all.readUInt32LE(0)) {
      const end = 4 + all.readUInt32LE(0);
      yield decode(all.subarray(4, end));
      all = all.subarray(end);
    }
    this.pending = all.length > 0 ? [all] : [];
    this.length = all.length;
  }

  /** A large frame comes in many chunks: they are joined once, when it is whole. */
  private needed(): number {
    const first = this.pending[0]!;
    return first.length >= 4 ? 4 + first.readUInt32LE(0) : 0;
  }
}

function decode(bytes: Buffer): Frame {
  const start = 4 + bytes.readUInt32LE(0);
  const { bufferLengths, ...frame } = JSON.parse(bytes.toString("utf8", 4, start)) as Frame & {
    bufferLengths?: number[];
  };
  let offset = start;
  const buffers = (bufferLengths ?? []).map((length) => bytes.subarray(offset, (offset += length)));
  return { ...frame, buffers };
}

/**
 * JSON as it may leave the kernel: half of a surrogate pair, which is no character and which Jupyter could not save, is
 * U+FFFD, wherever it stands.
 */
export function wellFormedJson(value: unknown): string {
  const text = JSON.stringify(value);
  // A pair is written as it is, and its halves are escaped. An escaped backslash is taken with what it stands before.
  return /\\ud/.test(text)
    ? text.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) => (escape.length > 2 ? "\ufffd" : escape))
    : text;
}
