import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** What TypeScript exports for its own programs, and does not declare. */
interface Localizable {
  setLocalizedDiagnosticMessages(messages: { [key: string]: string } | undefined): void;
}

/** TypeScript's complaints in Chinese, in its own words, or in English. */
export function localizeTypescript(chinese: boolean): void {
  const file = join(dirname(require.resolve("typescript")), "zh-cn", "diagnosticMessages.generated.json");
  const messages = chinese
    ? (JSON.parse(readFileSync(file, "utf8")) as { [key: string]: string })
    : undefined;
  (ts as unknown as Localizable).setLocalizedDiagnosticMessages(messages);
}
