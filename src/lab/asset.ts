/** Where the extension's files lie: known only while its first script runs. */
const folder = new URL(".", (document.currentScript as HTMLScriptElement).src);

/** The address of one of the extension's files. */
export function asset(name: string): string {
  return new URL(name, folder).href;
}
