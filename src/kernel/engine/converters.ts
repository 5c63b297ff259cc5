import type { Converter, createConverter } from "tslab/dist/converter";
import { withItsTypescript } from "./onetypescript";
import type { CellConverter } from "../cell/converter";

/**
 * What tslab's executor asks for: our converter for cells, and its own for `@browser` modules, made when one comes, since
 * it brings a TypeScript of its own.
 */
export function converterSet(node: CellConverter): { node: Converter; browser: Converter; close(): void } {
  let browser: Converter | null = null;
  return {
    // The executor only hands on what TypeScript says of a name: that it is of another version is nothing to it.
    node: node as unknown as Converter,
    get browser() {
      if (browser !== null) return browser;
      const name = "tslab/dist/converter";
      const own = withItsTypescript<{ createConverter: typeof createConverter }>(name);
      return (browser = own.createConverter({ isBrowser: true }));
    },
    close() {
      browser?.close();
    },
  };
}
