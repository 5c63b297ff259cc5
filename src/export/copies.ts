import { basename, dirname, extname, join } from "node:path";
import { encodedPath } from "./address";
import type { ExportFile } from "./write";

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
