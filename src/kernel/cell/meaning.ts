import ts from "typescript";
import type { Declaration, Meaning } from "./declared";
import { localsOf } from "./internals";
import type { Checked } from "./program";

/** Whether a name that the cell declares or imports is a value, a type, or both. */
export function meaningOf({ checker, cell }: Checked, name: string): Meaning {
  const local = localsOf(cell).get(ts.escapeLeadingUnderscores(name));
  if (local === undefined) return { value: true, type: false };
  const symbol = local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local;
  return {
    value: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    type: (symbol.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) !== 0,
  };
}

/** A `var` of a block, which belongs to the cell's top though no declaration file would name it. */
export function hoisted({ checker, cell }: Checked, name: string): Declaration[] {
  const symbol = localsOf(cell).get(ts.escapeLeadingUnderscores(name));
  if (symbol === undefined || !(symbol.flags & ts.SymbolFlags.FunctionScopedVariable)) return [];
  const type = checker.typeToString(
    checker.getTypeOfSymbolAtLocation(symbol, cell),
    cell,
    ts.TypeFormatFlags.NoTruncation,
  );
  return [{ name, value: true, type: false, text: `declare var ${name}: ${type};` }];
}
