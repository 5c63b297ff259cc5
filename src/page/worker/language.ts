import { type ChineseTable, translator } from "../../kernel/chinese/translator";

let chineseOf: ((sentence: string) => string) | null = null;

/** Whether what cells are told is told in Chinese. */
export function inChinese(): boolean {
  return chineseOf !== null;
}

/** A sentence of ours as the page's reader is told it; any other as it is. */
export function inReadersWords(sentence: string): string {
  return chineseOf === null ? sentence : chineseOf(sentence);
}

export function speakChinese({ sentences, phrases }: ChineseTable): void {
  chineseOf = translator(sentences, phrases);
}
