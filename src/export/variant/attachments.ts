import type { TextCell } from "../notebook";

/** The cell's pictures that a source names: the others would be in a file and seen by none. */
export function namedAttachments(cell: TextCell, source: string): TextCell["attachments"] {
  const isNamed = (name: string): boolean =>
    [name, encodeURI(name), encodeURIComponent(name)].some((form) => names(source, form));
  return Object.fromEntries(Object.entries(cell.attachments).filter(([name]) => isNamed(name)));
}

function names(source: string, form: string): boolean {
  const address = `attachment:${form}`;
  for (let at = source.indexOf(address); at >= 0; at = source.indexOf(address, at + 1)) {
    const after = source.slice(at + address.length);
    // Not the start of a longer name.
    if (!/^(?:%|-|\w|\.\w)/.test(after)) return true;
  }
  return false;
}
