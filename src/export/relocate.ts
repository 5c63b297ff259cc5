import { basename, dirname, extname, join } from "node:path";
import { type Address, encodedPath, kindOf } from "./address";
import { addressesIn, attributeAddresses, type ReferenceUse, replaced } from "./findaddresses";
import type { Cell, Notebook, Output } from "./notebook";
import type { Surroundings } from "./surroundings";
import type { ExportFile } from "./writefiles";

/** Where the texts go. */
type Destination = "notebook" | "one document";

/**
 * The notebook with addresses that lead on from where its export is to be: its pictures are copied there, but for those
 * that a notebook finds from there too or holds itself.
 */
export function relocated(
  notebook: Notebook,
  surroundings: Surroundings,
  copies: Copies,
  to: Destination,
): Notebook {
  const labels = new Map<string, string>();
  const other = ({ kind, address }: Address, cell: Cell): string | null => {
    if (kind === "link") return surroundings.link(address, cell);
    const picture = surroundings.picture(address, cell);
    if (picture === null) return null;
    const stays = kindOf(address) === "attachment" || surroundings.isSameFromExport(address);
    if (to === "notebook" && stays) return null;
    return copies.add(picture.key, picture.name, picture.content) + plain(picture.rest);
  };
  const edits = (addresses: readonly Address[], cell: Cell) =>
    addresses.flatMap((address) => {
      const text = other(address, cell);
      return text === null ? [] : [{ ...address, text }];
    });
  const markdown = (source: string, cell: Cell): string => {
    const text = source.replace(/\r\n?/g, "\n");
    const { addresses, uses } = addressesIn(text);
    const moved = edits(addresses, cell);
    const definedAs = ({ label, title, address }: ReferenceUse): string => {
      const given = moved.find((edit) => edit.address === address)?.text ?? address;
      const known = labels.get(label) ?? JSON.stringify([given, title]);
      labels.set(label, known);
      return known === JSON.stringify([given, title]) ? "" : destination(given, title);
    };
    const clashes = to === "notebook" ? [] : uses.map((use) => ({ ...use, text: definedAs(use) }));
    return replaced(text, [...moved, ...clashes.filter(({ text }) => text !== "")]);
  };
  const html = (source: string, cell: Cell): string =>
    replaced(source, edits(attributeAddresses(source), cell));
  const output = (given: Output, cell: Cell): Output => {
    if (!("data" in given)) return given;
    const data = { ...given.data };
    if (typeof data["text/html"] === "string") data["text/html"] = html(data["text/html"], cell);
    if (typeof data["text/markdown"] === "string")
      data["text/markdown"] = markdown(data["text/markdown"], cell);
    return { ...given, data };
  };
  const cells = notebook.cells.map((cell): Cell => {
    if (cell.type === "code") return { ...cell, outputs: cell.outputs.map((given) => output(given, cell)) };
    const { format, raw_mimetype: type = format } = cell.metadata;
    if (cell.type === "markdown" || type === "text/markdown")
      return { ...cell, source: markdown(cell.source, cell) };
    return type === "text/html" ? { ...cell, source: html(cell.source, cell) } : cell;
  });
  return { ...notebook, cells };
}

/** In one document a label means what its first definition says: what a later cell means by it is written out. */
function destination(address: string, title: string): string {
  const shown = /^[^\s<>()\\]+$/.test(address) ? address : `<${address.replace(/[<>\\]/g, "\\$&")}>`;
  return title === "" ? `(${shown})` : `(${shown} "${title.replace(/["\\]/g, "\\$&")}")`;
}

/** With escapes for the characters that would end an address in Markdown or in HTML. */
function plain(rest: string): string {
  return rest.replace(/[\s<>"'()\\`]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The pictures beside an exported file, in a folder of their own: each once, and no two by one name. */
export class Copies {
  readonly files: ExportFile[] = [];
  private readonly folder: string;
  private readonly addresses = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param path where the exported file is to be */
  constructor(private readonly path: string) {
    this.folder = `${basename(path).replace(/\.[^.]*$/, "")}_files`;
  }

  /**
   * @param key what is the same picture
   * @returns its address from the exported file
   */
  add(key: string, name: string, content: string | Uint8Array): string {
    const known = this.addresses.get(key);
    if (known !== undefined) return known;
    const free = this.freeName(name);
    this.files.push({ path: join(dirname(this.path), this.folder, free), content });
    const address = encodedPath(`${this.folder}/${free}`);
    this.addresses.set(key, address);
    return address;
  }

  /** One that every system can store, and that differs in more than letters' case, which some do not tell apart. */
  private freeName(name: string): string {
    const plain = name.replace(/[<>:"|?*\\/\p{Cc}]/gu, "-").replace(/[. ]+$/, "");
    const extension = extname(plain).slice(0, 20);
    const stem = plain.slice(0, plain.length - extname(plain).length).slice(0, 60) || "picture";
    for (let n = 1; ; n++) {
      const free = `${stem}${n === 1 ? "" : `-${n}`}${extension}`;
      const form = free.normalize("NFC").toLowerCase();
      if (this.taken.has(form)) continue;
      this.taken.add(form);
      return free;
    }
  }
}
