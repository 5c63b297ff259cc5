/** Something that students must not find. */
export interface Secret {
  /** How a message names where it stands: `line 3 of cell 4 (In [2])`. */
  place: string;
  /** As it stands there. */
  shown: string;
  /** What of a solution it is; nothing where it is what a solution shows, or may be said elsewhere. */
  kind?: "statement" | "expression" | "message" | "sentence" | "line";
  /** Text: normalised. A number: its key. A picture: some of its bytes. */
  text?: string;
  /** The same with a space between two words, where it matters that they are whole. */
  words?: string;
  number?: string;
  bytes?: Buffer;
}

/** Every text that is sought has so many letters or more. */
const shortest = 6;
const gram = 4;
/**
 * Each secret is filed under the grams that begin at its first `stride` letters: a text that holds it has one of them at a
 * multiple of `stride`, so that only those places are looked up.
 */
const stride = shortest - gram + 1;

/** Secrets, sought all at once in one pass. */
export class SecretSearch {
  private readonly texts = new Map<string, { secret: Secret; offset: number }[]>();
  private readonly numbers = new Map<string, Secret[]>();
  private readonly pictures: Secret[] = [];

  constructor(private readonly secrets: readonly Secret[]) {
    for (const secret of secrets) {
      if (secret.number !== undefined)
        this.numbers.set(secret.number, [...(this.numbers.get(secret.number) ?? []), secret]);
      if (secret.bytes !== undefined) this.pictures.push(secret);
      if (secret.text === undefined) continue;
      for (let offset = 0; offset < stride; offset++) {
        const key = secret.text.slice(offset, offset + gram);
        const at = this.texts.get(key);
        if (at) at.push({ secret, offset });
        else this.texts.set(key, [{ secret, offset }]);
      }
    }
  }

  get isEmpty(): boolean {
    return this.secrets.length === 0;
  }

  without(found: ReadonlySet<Secret>): SecretSearch {
    return new SecretSearch(this.secrets.filter((secret) => !found.has(secret)));
  }

  foundIn(text: string, bytes: readonly Buffer[]): Set<Secret> {
    const found = new Set<Secret>();
    if (this.numbers.size > 0)
      for (const { key } of numbersIn(text))
        for (const secret of this.numbers.get(key) ?? []) found.add(secret);
    if (this.texts.size > 0) this.findTexts(text, found);
    for (const secret of this.pictures)
      if (bytes.some((part) => part.includes(secret.bytes!))) found.add(secret);
    return found;
  }

  private findTexts(whole: string, found: Set<Secret>): void {
    const text = normalised(whole);
    let words: string | null = null;
    for (let at = 0; at + gram <= text.length; at += stride)
      for (const { secret, offset } of this.texts.get(text.slice(at, at + gram)) ?? []) {
        if (found.has(secret) || !text.startsWith(secret.text!, at - offset)) continue;
        words ??= withWords(whole);
        if (secret.words === undefined || !isInLonger(secret.words, words)) found.add(secret);
      }
  }
}

/** Whether a piece of code is there only as a part of longer names or numbers: `total = 1` in `subtotal = 10`. */
function isInLonger(piece: string, words: string): boolean {
  let at = words.indexOf(piece);
  // It was found without spaces alone, as minified code has none: that counts.
  if (at < 0) return false;
  for (; at >= 0; at = words.indexOf(piece, at + 1)) {
    const isBegun = at > 0 && isWord(words[at - 1]!) && isWord(piece[0]!);
    const isOpen = isWord(words[at + piece.length] ?? " ") && isWord(piece.at(-1)!);
    if (!isBegun && !isOpen) return false;
  }
  return true;
}

function isWord(char: string): boolean {
  return /[\w$]/.test(char);
}

/** Colours, links and the like of a terminal. */
const controls = /(?:\u001b\[|\u009b)[0-9;?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
/** What an export may write in another way, or nobody sees: white space, quotes, the backslashes that escape them. */
const varying = /[\s"'`‘’“”«»\\\p{Default_Ignorable_Code_Point}]+/gu;

export function withoutControls(text: string): string {
  return /[\u001b\u009b]/.test(text) ? text.replace(controls, "") : text;
}

/** A text as it is compared. */
export function normalised(text: string): string {
  return reformatted(withoutControls(text).normalize("NFKC").replace(varying, ""));
}

/** The same, but for a space where there was one between two words. */
export function withWords(text: string): string {
  const spaced = withoutControls(text)
    .normalize("NFKC")
    .replace(varying, (run) => (/\s/.test(run) ? " " : ""));
  return reformatted(spaced.replace(/(?<![\w$]) | (?![\w$])/g, ""));
}

/** Formatters write or leave out an arrow function's only parameter's parentheses, and what stands before a bracket. */
function reformatted(text: string): string {
  return text
    .replaceAll("⇒", "=>")
    .replace(/\(([\w$]+)\)=>/g, "$1=>")
    .replace(/[,;]+(?=[)\]}])/g, "");
}

/** A number with fewer significant digits may be another's by chance. */
const fewest = 6;
const candidate = /\d[\d.]{5,}(?:[eE][-+]?\d+)?/g;

/** The numbers of a text with enough significant digits to tell where they come from, each as a key and as written. */
export function* numbersIn(text: string): Generator<{ key: string; shown: string }> {
  for (const [token] of text.matchAll(candidate)) {
    const key = keyOf(token);
    if (key !== null) yield { key, shown: token };
  }
}

/** A number's digits and power of ten, the same for `0.0012345678` and `1.2345678e-3`. */
function keyOf(token: string): string | null {
  const [, whole, fraction = "", power = "0"] = /^(\d+)(?:\.(\d*))?\.*(?:[eE]([-+]?\d+))?$/.exec(token) ?? [];
  if (whole === undefined) return null;
  const digits = (whole + fraction).replace(/^0+/, "");
  const zeros = whole.length + fraction.length - digits.length;
  const significant = digits.replace(/0+$/, "");
  return significant.length < fewest ? null : `${significant}e${Number(power) + whole.length - zeros}`;
}
