let chineseOf: ((sentence: string) => string) | null = null;

/** Whether what cells are told is told in Chinese. */
export function inChinese(): boolean {
  return chineseOf !== null;
}

/** A sentence of ours as the reader is told it; any other as it is. */
export function inReadersWords(sentence: string): string {
  return chineseOf === null ? sentence : chineseOf(sentence);
}

/** @param translate gives a sentence of ours in Chinese, and any other as it is */
export function speakChinese(translate: (sentence: string) => string): void {
  chineseOf = translate;
}
