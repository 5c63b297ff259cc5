import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** TypeScript's own words for its messages. */
interface Localized {
  setLocalizedDiagnosticMessages(messages: { [key: string]: string } | undefined): void;
}

let chinese = false;

/** Whether complaints about cells are told in Chinese. */
export function inChinese(): boolean {
  return chinese;
}

/** From now on complaints about cells are told in Chinese, or in English. TypeScript brings its own words. */
export function speakChinese(wanted: boolean): void {
  if (wanted === chinese) return;
  chinese = wanted;
  const file = join(dirname(require.resolve("typescript")), "zh-cn", "diagnosticMessages.generated.json");
  const messages = wanted ? (JSON.parse(readFileSync(file, "utf8")) as { [key: string]: string }) : undefined;
  (ts as unknown as Localized).setLocalizedDiagnosticMessages(messages);
}
