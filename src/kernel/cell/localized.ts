import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** What TypeScript exports for its own programs, and does not declare. */
interface Localizable {
  setLocalizedDiagnosticMessages(messages: { [key: string]: string }): void;
}

/** From now on TypeScript complains in Chinese, in its own words. */
export function complainInChinese(): void {
  const file = join(dirname(require.resolve("typescript")), "zh-cn", "diagnosticMessages.generated.json");
  const messages = JSON.parse(readFileSync(file, "utf8")) as { [key: string]: string };
  (ts as unknown as Localizable).setLocalizedDiagnosticMessages(messages);
}
