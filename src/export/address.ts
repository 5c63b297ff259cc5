/** An address in a text: what it leads to, and where it stands. */
export interface Address {
  kind: "picture" | "link";
  address: string;
  start: number;
  end: number;
}

type AddressKind = "here" | "web" | "data" | "attachment" | "relative" | "absolute";

/**
 * `here`: a place in the page itself. `data`: the address holds what it leads to. `attachment`: the cell holds it. `relative`
 * and `absolute`: a file's path, from the notebook's folder or from a drive's root.
 */
export function kindOf(address: string): AddressKind {
  if (/^$|^[#?]/.test(address)) return "here";
  if (/^data:/i.test(address)) return "data";
  if (/^attachment:/i.test(address)) return "attachment";
  // One letter is a drive of Windows, not a scheme.
  if (/^file:|^[a-z]:|^[/\\](?!\/)|^\\\\/i.test(address)) return "absolute";
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address) ? "web" : "relative";
}

/** As browsers decode it: a % that begins no escape stays, and bytes that are no text become U+FFFD. */
export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
  );
}

/** A path as an address that Markdown, HTML and file systems agree on. */
export function encodedPath(path: string): string {
  return path
    .split("/")
    .map((name) =>
      encodeURIComponent(name).replace(/[()'*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join("/");
}

/** A file that an address may mean, and what of the address says where in it. */
export interface Meant {
  path: string;
  /** `?` or `#` and what follows. */
  rest: string;
}

/**
 * The files that a relative address may mean, likeliest first: as a browser reads it, as it is written, with the other
 * system's slashes, and with accents as one or as two characters, which file systems store differently.
 */
export function meantBy(address: string): Meant[] {
  const head = address.replace(/[?#].*$/s, "");
  const rest = address.slice(head.length);
  const read = [percentDecoded(head), head].map((path) => ({ path, rest }));
  const whole = [percentDecoded(address), address].map((path) => ({ path, rest: "" }));
  const forms = [...read, ...whole].flatMap(({ path, rest }) =>
    [path, path.replaceAll("\\", "/")]
      .flatMap((form) => [form, form.normalize("NFC"), form.normalize("NFD")])
      .map((form) => ({ path: form, rest })),
  );
  return forms.filter(({ path }, i) => path !== "" && forms.findIndex((form) => form.path === path) === i);
}

/** What an address of the form `data:TYPE[;base64],…` holds; null where it cannot be decoded. */
export function dataOf(address: string): { mimeType: string; content: Buffer } | null {
  const [, type, base64, data] =
    /^data:([^;,]*)(?:;(?!base64,)[^;,]*)*(;base64)?,(.*)$/is.exec(address) ?? [];
  if (type === undefined || data === undefined) return null;
  const mimeType = type.trim().toLowerCase();
  if (base64 !== undefined) {
    const digits = percentDecoded(data).replace(/\s/g, "");
    const isWhole = /^[A-Za-z0-9+/]+={0,2}$/.test(digits) && digits.replace(/=+$/, "").length % 4 !== 1;
    return isWhole ? { mimeType, content: Buffer.from(digits, "base64") } : null;
  }
  const content = percentDecodedBytes(data);
  const isText = /^text\/|\+xml$|^$/.test(mimeType);
  const isWhole = content.length > 0 && !(isText && content.toString("utf8").includes("\ufffd"));
  return isWhole ? { mimeType, content } : null;
}

function percentDecodedBytes(text: string): Buffer {
  const parts = text.split(/((?:%[0-9a-f]{2})+)/i);
  return Buffer.concat(
    parts.map((part, i) =>
      i % 2 === 1 ? Buffer.from(part.replaceAll("%", ""), "hex") : Buffer.from(part, "utf8"),
    ),
  );
}
