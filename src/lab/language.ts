import type { ITranslator } from "@jupyterlab/translation";

/** Whether JupyterLab's interface is Chinese; its language is a code such as "en" or "zh_CN". */
export function isChinese(translator: ITranslator | null): boolean {
  return /^zh(?:$|[_-])/i.test(translator?.languageCode ?? "");
}
