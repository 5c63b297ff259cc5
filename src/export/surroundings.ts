import type { PageAddresses } from "./html/sanitize";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { dataOf, encodedPath, kindOf, meantBy, percentDecoded, type Meant } from "./address";
import { ExportError, nameOf, shortened } from "./error";
import { fileAddress, fileType, heldBytes } from "./picturetypes";
import { type Cell } from "./notebook";
import { textOf } from "./readnotebook";

/** A picture that a cell shows. */
interface Picture {
  /** Tells whether two pictures are the same. */
  key: string;
  name: string;
  mimeType: string;
  content: Uint8Array;
  /** `#` and what of it is shown. */
  rest: string;
}

interface Place {
  /** The notebook, as messages name it. */
  notebook: string;
  cells: readonly Cell[];
  /** The folder that its relative addresses start from. */
  folder: string;
  /** Where its export is to be. */
  output: string;
  /** Where another notebook's export is, or is to be; null where there is none. */
  exportOf(notebook: string): string | null;
  /** Whether a reader of the export can use a notebook. */
  readsNotebooks: boolean;
  warn(sentence: string): void;
}

/** A page's pictures are in it, and a browser takes no file much longer than this. */
const mostInPage = 100e6;

/** What lies around a notebook: the pictures that it shows and the files that it links to. */
export class Surroundings {
  /** The pictures' files that were read. */
  readonly sources = new Set<string>();
  private inPage = 0;

  constructor(private readonly place: Place) {}

  /** A picture of the notebook's folder or of its cell; null where it is the web's or the address's own, or none. */
  picture(address: string, cell: Cell): Picture | null {
    switch (kindOf(address)) {
      case "here":
      case "web":
        return null;
      case "data":
        if (dataOf(address) === null)
          this.complain(
            cell,
            "shows",
            address,
            "cannot be decoded; expected base64 or percent-encoded bytes",
          );
        return null;
      case "attachment":
        return this.attachment(address, cell);
      case "absolute":
        return this.none(address, cell, outside);
      case "relative":
        return this.file(address, cell);
    }
  }

  /** What a page holds of a picture: an address; null where it shows the picture's text instead. */
  private pictureInPage(address: string, cell: Cell): string | null {
    const kind = kindOf(address);
    const picture = this.picture(address, cell);
    if (kind === "web") return address;
    if (kind === "data") return dataOf(address) === null ? null : address;
    if (picture === null) return null;
    const { mimeType, content } = picture;
    this.inPage += content.length;
    if (this.inPage > mostInPage)
      throw new ExportError(
        `${this.place.notebook} shows pictures of more than ${mostInPage / 1e6} MB up to ${quoted(address)}; expected fewer or smaller ones, or \`--to md\`.`,
      );
    return fileAddress(mimeType, content);
  }

  /** What a cell's addresses lead to in a page. */
  inPageOf(cell: Cell): PageAddresses {
    return {
      picture: (address) => this.pictureInPage(address, cell),
      link: (address) => this.link(address, cell),
    };
  }

  /** A link's address in the export; null where it stays as it is. */
  link(address: string, cell: Cell): string | null {
    const kind = kindOf(address);
    if (kind === "absolute") this.complain(cell, "links to", address, nowhere);
    if (kind !== "relative") return null;
    const { folder, output, exportOf, readsNotebooks } = this.place;
    const meant = meantBy(address);
    const { path, rest } = meant.find(({ path }) => existsSync(resolve(folder, path))) ?? meant[0]!;
    const isThere = existsSync(resolve(dirname(output), path));
    if (/\.ipynb$/i.test(path)) {
      const other = exportOf(resolve(folder, path));
      if (other !== null) return besides(output, other) + rest;
      if (isThere && readsNotebooks) return null;
      const why = "is not exported beside it; expected the two to be exported together";
      this.complain(cell, "links to", address, why);
    } else if (!isThere) this.complain(cell, "links to", address, nowhere);
    return null;
  }

  /** Whether a relative address leads from the export to the same file as from the notebook. */
  isSameFromExport(address: string): boolean {
    const { folder, output } = this.place;
    return meantBy(address).some(({ path }) => {
      const [from, to] = [resolve(folder, path), resolve(dirname(output), path)];
      return existsSync(from) && existsSync(to) && realpathSync(from) === realpathSync(to);
    });
  }

  private attachment(address: string, cell: Cell): Picture | null {
    const own = "attachments" in cell ? cell.attachments : {};
    const name = address.slice("attachment:".length);
    const known = [percentDecoded(name), name]
      .flatMap((form) => [form, form.normalize("NFC"), form.normalize("NFD")])
      .find((form) => Object.hasOwn(own, form));
    const [mimeType, content] = Object.entries(own[known ?? ""] ?? {})[0] ?? [];
    if (known === undefined || mimeType === undefined)
      return this.none(address, cell, "is none of its attachments; expected the name of one");
    const bytes = heldBytes(mimeType, textOf(content));
    return { key: `${cell.id} ${known}`, name: `${cell.id}-${known}`, mimeType, content: bytes, rest: "" };
  }

  private file(address: string, cell: Cell): Picture | null {
    const { folder } = this.place;
    const found = meantBy(address).find(({ path }) => existsSync(resolve(folder, path)));
    if (found === undefined)
      return this.none(address, cell, "is not there; expected a picture in the notebook's folder");
    const path = resolve(folder, found.path);
    if (!isInside(folder, found)) return this.none(address, cell, outside);
    const stat = statSync(path);
    if (stat.isDirectory()) return this.none(address, cell, "is a folder; expected a picture");
    const mimeType = fileType(path);
    if (mimeType === null || !stat.isFile())
      return this.none(address, cell, "is no picture; expected a file such as figure.svg or figure.png");
    try {
      const content = readFileSync(path);
      const real = realpathSync(path);
      this.sources.add(real);
      return { key: real, name: basename(path), mimeType, content, rest: found.rest.replace(/^\?[^#]*/, "") };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return this.none(
        address,
        cell,
        `cannot be read (${code}); expected a picture in the notebook's folder`,
      );
    }
  }

  private none(address: string, cell: Cell, why: string): null {
    this.complain(cell, "shows", address, why);
    return null;
  }

  private complain(cell: Cell, does: string, address: string, why: string): void {
    const { notebook, cells, warn } = this.place;
    const index = cells.findIndex(({ id }) => id === cell.id);
    warn(`In ${notebook}, ${nameOf(cell, index)} ${does} ${quoted(address)}, which ${why}.`);
  }
}

const outside = "lies outside the notebook's folder; expected a picture in it";
const nowhere = "leads nowhere from the export; expected a file beside it";

function quoted(address: string): string {
  return JSON.stringify(shortened(address));
}

/** Whether the file lies in the folder once symbolic links are followed: nothing else of the machine goes into an export. */
function isInside(folder: string, { path }: Meant): boolean {
  const way = relative(realpathSync(folder), realpathSync(resolve(folder, path)));
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function besides(output: string, other: string): string {
  return encodedPath(relative(dirname(resolve(output)), resolve(other)).replaceAll(sep, "/"));
}
