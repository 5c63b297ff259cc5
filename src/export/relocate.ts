import { kindOf, type Address } from "./address";
import { addressesIn, replaced, type ReferenceUse } from "./addresses";
import { attributeAddresses } from "./attributes";
import type { Copies } from "./copies";
import type { Cell, Notebook, Output } from "./notebook";
import type { Surroundings } from "./surroundings";

/** Where the texts go. */
export type Destination = "notebook" | "one document";

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

/** What ends no address, in Markdown or in HTML. */
function plain(rest: string): string {
  return rest.replace(/[\s<>"'()\\`]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
