import { type Converter, createConverter } from "tslab/dist/converter";
import type { CellConverter } from "../cell/converter";

/** What tslab's executor asks for: our converter for cells, and its own for `@browser` modules, made when one comes. */
export function converterSet(node: CellConverter): { node: Converter; browser: Converter; close(): void } {
  let browser: Converter | null = null;
  return {
    node,
    get browser() {
      return (browser ??= createConverter({ isBrowser: true }));
    },
    close() {
      node.close();
      browser?.close();
    },
  };
}
