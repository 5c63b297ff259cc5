/** A page's cells are told in English: its size leaves no room for the table of Chinese sentences. */
export function inChinese(): boolean {
  return false;
}

/** A sentence of ours as the page's reader is told it. */
export function inReadersWords(sentence: string): string {
  return sentence;
}
