import qrcode from "qrcode-generator";
import { element } from "./element";
import type { Words } from "./words";

/** The code of edited cells, by the cell's id. */
export interface Edits {
  [cell: string]: string;
}

const start = "#code=";
/** More than this, in characters, no camera reads. */
const longestCode = 2000;

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes])
    .stream()
    .pipeThrough(stream as ReadableWritablePair<Uint8Array, BufferSource>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/** Edits as the fragment of an address: JSON, deflated, base64url. */
export async function toFragment(edits: Edits): Promise<string> {
  if (Object.keys(edits).length === 0) return "";
  const bytes = await through(
    new TextEncoder().encode(JSON.stringify(edits)),
    new CompressionStream("deflate-raw"),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return start + text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @returns null where the fragment holds no code @throws Error where it cannot be read */
export async function fromFragment(fragment: string): Promise<Edits | null> {
  if (!fragment.startsWith(start)) return null;
  const text = atob(fragment.slice(start.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const json: unknown = JSON.parse(
    new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"))),
  );
  if (typeof json !== "object" || json === null) throw new Error("The fragment holds no edits.");
  return Object.fromEntries(Object.entries(json).filter(([, code]) => typeof code === "string")) as Edits;
}

/** Shows the link to hand out, and its QR code where the page is on the web. */
export function shareDialog(address: string, words: Words): HTMLDialogElement {
  const isWeb = /^https?:/.test(address);
  const field = element("input", {
    type: "text",
    readOnly: true,
    value: address,
    aria: { label: words.share },
  });
  const said = element("p", { aria: { live: "polite" } });
  const copy = element("button", { type: "button", textContent: words.copy });
  copy.onclick = () => {
    field.select();
    void (navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("none"))).catch(() =>
      document.execCommand("copy"),
    );
    said.textContent = words.copied;
  };
  const parts: Node[] = [element("p", { textContent: words.shareText }), field, copy, said];
  if (!isWeb) parts.push(element("p", { textContent: words.shareFile }));
  else if (address.length > longestCode) parts.push(element("p", { textContent: words.noQr }));
  else parts.push(qrPicture(address, words));
  return dialogOf(words.share, parts, words);
}

function qrPicture(address: string, words: Words): HTMLElement {
  const code = qrcode(0, "L");
  code.addData(address);
  code.make();
  const url = `data:image/svg+xml,${encodeURIComponent(code.createSvgTag({ cellSize: 4, margin: 16, scalable: true }))}`;
  return element("img", { className: "qr", src: url, alt: words.qr });
}

export function dialogOf(title: string, parts: Node[], words: Words): HTMLDialogElement {
  const close = element("button", { type: "submit", textContent: words.close });
  const dialog = element(
    "dialog",
    { aria: { label: title } },
    element("h2", { textContent: title }),
    ...parts,
    element("form", { method: "dialog" }, close),
  );
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
