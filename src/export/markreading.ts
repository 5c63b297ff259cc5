export type Verb = "BEGIN" | "END";
export type What = "SOLUTION" | "HIDDEN TESTS";

/** A text read as a mark. */
export interface Reading {
  verb: Verb;
  what: What;
  /**
   * `exact`: it is one, however it is decorated. `near`: whoever wrote it can hardly have meant anything else.
   * `perhaps`: it may be a remark, unless another one answers it.
   */
  certainty: "exact" | "near" | "perhaps";
}

/** The text with one form for each character (full-width letters as plain ones) and without invisible characters. */
export function plainOf(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff]/g, "");
}

/** What a comment, or a line without its sign, says as a mark; null where it is none. */
export function readingOf(text: string): Reading | null {
  // A mark has few words; the longest lines are pictures.
  if (text.length > 300) return null;
  const said = inEnglish(withoutPoints(text));
  const words = said.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? [];
  const found = wordsFound(words) ?? spacedOut(words);
  if (found === null) return behindWords(said);
  const { verb, what, used, isForward, isOurs, wrong } = found;
  const own = words.slice(0, used).join("");
  const isShouted = own === own.toUpperCase();
  // SOLUTION BEGINS HERE
  const isAlone = words.length === used || (!isForward && /^here$/i.test(words.slice(used).join(" ")));
  const isPlain = plain.test(said);
  const certain = (certainty: Reading["certainty"]): Reading => ({ verb, what, certainty });
  if (isOurs && wrong === 0) return certain(isAlone && isPlain ? "exact" : isShouted ? "near" : "perhaps");
  if (isShouted) return isAlone || (isForward && isOurs) ? certain("near") : null;
  if (!isAlone || !isPlain) return null;
  return isOurs && wrong <= 2 ? certain("near") : wrong === 0 ? certain("perhaps") : null;
}

/** A task's points and number, such as `(2 pts)` or `3.1`, which may stand beside a mark. */
const points =
  /[([]\s*\d+(?:[.,]\d+)?\s*(?:pts?|points?|marks?|分)?\.?\s*[)\]]|(?<![\p{L}\p{N}])\d+(?:[.,]\d+)?\s*(?:pts?|points?|marks?|分)(?!\p{L})|(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*(?![\p{L}\p{N}])/giu;
export function withoutPoints(text: string): string {
  return text.replace(points, " ");
}

/** A mark behind a few words that have to do with something else: TODO, the exercise's name. */
function behindWords(said: string): Reading | null {
  const last =
    /^\W*(?:[\w-]+[^\w"'`]+){1,3}(?<verb>BEGIN|END)[\s_-]+(?<what>SOLUTION|HIDDEN[\s_-]+TEST)S?\W*$/;
  const { verb, what } = last.exec(said)?.groups ?? {};
  if (what === undefined) return null;
  return { verb: verb as Verb, what: what === "SOLUTION" ? what : "HIDDEN TESTS", certainty: "near" };
}

/** Words with what decorates them around, and nothing that code has between them. */
const plain =
  /^(?:={2,}|[\s_*#/~|%+!<>^.,·•→←‐-―-])*\p{L}[\p{L}\p{M}\p{N}\s_:.‐-―-]*(?:={2,}|[\s_*#/~|%+!<>^.,·•→←‐-―-])*$/u;

const chinese: [RegExp, string][] = [
  [/[隐隱]藏的?[测測][试試](?:用例)?/g, " HIDDEN TESTS "],
  [/(?:参考|參考|标准|標準|示例|[范範]例)?答案|(?:参考|參考|标准|標準|示例|[范範]例)解答/g, " ANSWER "],
  [/解答|[题題]解|解法/g, " answer "],
  [/[开開]始|起始/g, " BEGIN "],
  [/[结結]束|[终終]止/g, " END "],
];

function inEnglish(text: string): string {
  return chinese.reduce((said, [words, english]) => said.replace(words, english), text);
}

/** In lower case, without a number behind it, and with letters for the digits that look like them. */
function folded(word: string): string {
  const letters: { [digit: string]: string } = { 0: "o", 1: "i", 5: "s" };
  return word
    .toLowerCase()
    .replace(/\p{N}+$/u, "")
    .replace(/[015]/g, (digit) => letters[digit]!);
}

interface Found {
  verb: Verb;
  what: What;
  /** How many words it takes. */
  used: number;
  /** Whether the verb comes first. */
  isForward: boolean;
  /** Whether it says it in the words of a mark; others' words are other tools', or other people's. */
  isOurs: boolean;
  /** Mistyped letters. */
  wrong: number;
}

interface Word<T> {
  is: T;
  used: number;
  isOurs: boolean;
  wrong: number;
}

const fillers = /^(?:of|the|for|a)$/;

function wordsFound(written: readonly string[]): Found | null {
  const words = written.map(folded);
  const verb = words.length < 2 ? null : verbOf(words[0]!);
  for (let second = 1; verb && second < 4; second++) {
    const what = whatOf(words.slice(second));
    if (what) return foundOf(verb, what, second + what.used, true, second === 1);
    // BEGIN MODEL SOLUTION
    const word = written[second] ?? "";
    if (!fillers.test(words[second] ?? "") && word !== word.toUpperCase()) break;
  }
  const first = whatOf(words);
  const last = first && first.used < words.length ? verbOf(words[first.used]!) : null;
  return first && last && foundOf(last, first, first.used + 1, false, false);
}

function foundOf(
  verb: Word<Verb>,
  what: Word<What>,
  used: number,
  isForward: boolean,
  isClose: boolean,
): Found {
  const isOurs = isClose && verb.isOurs && what.isOurs;
  return { verb: verb.is, what: what.is, used, isForward, isOurs, wrong: verb.wrong + what.wrong };
}

/** `BEGINSOLUTION`, `B E G I N  S O L U T I O N`. */
function spacedOut(words: readonly string[]): Found | null {
  const letters = words.map(folded).join("");
  if (letters.length < 10 || letters.length > 18) return null;
  for (const verb of ["BEGIN", "END"] as const)
    for (const noun of ["SOLUTION", "SOLUTIONS", "HIDDENTESTS", "HIDDENTEST"]) {
      const wrong = mistakes(letters, (verb + noun).toLowerCase());
      if (wrong > 1) continue;
      const what = noun.startsWith("S") ? "SOLUTION" : "HIDDEN TESTS";
      return { verb, what, used: words.length, isForward: true, isOurs: wrong === 0, wrong };
    }
  return null;
}

const otherVerbs: { [word: string]: Verb } = {
  ...{ start: "BEGIN", starts: "BEGIN", begins: "BEGIN", open: "BEGIN" },
  ...{ stop: "END", stops: "END", ends: "END", finish: "END", close: "END" },
};

function verbOf(word: string): Word<Verb> | null {
  const other = Object.hasOwn(otherVerbs, word) ? otherVerbs[word]! : null;
  if (other) return { is: other, used: 1, isOurs: false, wrong: 0 };
  const [begin, end] = [mistakes(word, "begin"), mistakes(word, "end")];
  if (begin <= (word.startsWith("bei") ? 2 : 1)) return { is: "BEGIN", used: 1, isOurs: true, wrong: begin };
  const isEnd = end === 0 || (end === 1 && /^(?:e.|ne|nd)/.test(word));
  return isEnd ? { is: "END", used: 1, isOurs: true, wrong: end } : null;
}

function whatOf([first = "", second = ""]: readonly string[]): Word<What> | null {
  const wrong = Math.min(mistakes(first, "solution"), mistakes(first, "solutions"));
  if (wrong <= (first.startsWith("s") ? 2 : 1)) return { is: "SOLUTION", used: 1, isOurs: true, wrong };
  const hidden = mistakes(first, "hidden") + Math.min(mistakes(second, "test"), mistakes(second, "tests"));
  if (hidden <= 2) return { is: "HIDDEN TESTS", used: 2, isOurs: true, wrong: hidden };
  if (["answer", "answers", "sol", "soln"].includes(first))
    return { is: "SOLUTION", used: 1, isOurs: false, wrong: 0 };
  if (first === "mark" && second === "scheme") return { is: "SOLUTION", used: 2, isOurs: false, wrong: 0 };
  return first === "hidden" ? { is: "HIDDEN TESTS", used: 1, isOurs: false, wrong: 0 } : null;
}

/** How many letters must be typed, left out, replaced or exchanged with their neighbour to make one word the other. */
export function mistakes(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
