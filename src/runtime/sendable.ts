import type { Json } from "../figures/figure";
import { quote } from "../nn/quote";
import type { MimeBundle } from "./display";

/** MIME types whose content is JSON; that of all others is text. nbformat: `mimebundle`. */
const json = /^application\/(?:.*\+)?json$/;

/** MIME types whose content is bytes, which a notebook holds as base64. */
const bytes = /^(?:image\/(?!svg\+xml$)|audio\/|video\/|application\/(?:pdf|octet-stream)$)/;
const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * A bundle as a notebook can hold it: text where the type wants text, bytes as base64, all else as JSON has it.
 * nbformat: `mimebundle`.
 * @throws TypeError naming the MIME type that cannot be sent and why.
 */
export function sendable({ data, metadata = {} }: { data: unknown; metadata?: unknown }): MimeBundle {
  const entries = Object.entries(objectOf("The output's data", data))
    .filter(([, content]) => content !== undefined)
    .map(([type, content]): [string, Json] => [type, contentOf(type, content)]);
  checkJson("The output's metadata", objectOf("The output's metadata", metadata));
  return { data: Object.fromEntries(entries), metadata: metadata as MimeBundle["metadata"] };
}

function contentOf(type: string, content: unknown): Json {
  const what = `The output's ${quote(type)}`;
  if (json.test(type)) {
    checkJson(what, content);
    return content as Json;
  }
  if (typeof content === "string" && (!bytes.test(type) || base64.test(content))) return content;
  if (ArrayBuffer.isView(content))
    return encoded(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
  if (content instanceof ArrayBuffer) return encoded(new Uint8Array(content));
  const expected = bytes.test(type) ? "bytes, or base64" : "a string";
  throw new TypeError(`${what} is ${quote(content)}; expected ${expected}.`);
}

function objectOf(what: string, value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`${what} is ${quote(value)}; expected an object.`);
}

function checkJson(what: string, value: unknown): void {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new TypeError(`${what} cannot be sent as JSON: ${reason}.`);
  }
  if (text === undefined) throw new TypeError(`${what} is ${quote(value)}; expected what JSON can hold.`);
}

/** A page has no `Buffer`. */
function encoded(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
