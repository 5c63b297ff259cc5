/** Sentences, or parts of them, in English and in Chinese. */
export interface Table {
  readonly [english: string]: string;
}

/** Sentences, and what may stand in them. */
export interface ChineseTable {
  sentences: Table;
  phrases: Table;
}

/** An entry of a table as what it matches. */
interface Pattern {
  matches: RegExp;
  /** The names of its slots, in their order. */
  slots: string[];
  chinese: string;
}

/** Ours are shorter: what is longer is not searched, which would take long. */
const longest = 2000;

const slot = /\{(\w)\}/g;

/**
 * What puts sentences of a table into Chinese; any other sentence stays as it is. `{0}`, `{1}` … in a table stand for what
 * stays as it is, `{a}`, `{b}` … for what may be a phrase or a sentence in turn.
 */
export function translator(sentences: Table, phrases: Table): (sentence: string) => string {
  const whole = patternsOf(sentences);
  const all = [...patternsOf(phrases), ...whole];
  return (sentence) => (sentence.length > longest ? sentence : translated(sentence, whole, all));
}

/** Those that say more come first: of two that match a sentence, the one with fewer words in its slots is meant. */
function patternsOf(table: Table): Pattern[] {
  const length = (english: string): number => english.replace(slot, "").length;
  return Object.entries(table)
    .sort(([a], [b]) => length(b) - length(a))
    .map(([english, chinese]) => {
      const source = english
        .split(slot)
        .map((text, i) => (i % 2 === 1 ? "(.*?)" : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
        .join("");
      const slots = [...english.matchAll(slot)].map(([, name]) => name!);
      return { matches: new RegExp(`^${source}$`, "s"), slots, chinese };
    });
}

function translated(text: string, patterns: readonly Pattern[], all: readonly Pattern[]): string {
  for (const { matches, slots, chinese } of patterns) {
    const found = matches.exec(text);
    if (found === null) continue;
    return chinese.replace(/ ?\{(\w)\} ?/g, (place, name: string) => {
      const value = found[slots.indexOf(name) + 1]!;
      const said = /\d/.test(name) ? value : translated(value, all, all);
      // Between Chinese and Chinese there is no space.
      const before = place.startsWith(" ") && isLatin(said[0]) ? " " : "";
      const after = place.endsWith(" ") && isLatin(said.at(-1)) ? " " : "";
      return `${before}${said}${after}`;
    });
  }
  return text;
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && character < "\u2e80";
}
