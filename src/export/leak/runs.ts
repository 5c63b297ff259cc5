import { printable, stretches, unpacked } from "./bytes";

/** What an artefact says, read in one way. */
export interface Form {
  text: string;
  /** What is not only text. */
  bytes: Buffer[];
}

/** Base64 and its form for addresses, perhaps in lines. */
const base64 = /(?:[\w+/-]{60,}\r?\n)*[\w+/-]{16,}/g;
const hexadecimal = /[\dA-Fa-f]{32,}/g;
/** A longer run is not some words that only look like one. */
const longestWord = 4096;
/** A picture has more than so many bytes. */
const fewest = 48;

/** What a text has in base64 or in hexadecimal digits, packed or not, and was not seen yet. */
export function decodedRuns(text: string, seen: Set<string>): Form {
  const texts: string[] = [];
  const bytes: Buffer[] = [];
  const read = (run: string, encoding: "base64" | "hex", offsets: number): void => {
    const key = `${encoding} ${run}`;
    if (seen.has(key)) return;
    seen.add(key);
    const whole = Buffer.from(run, encoding);
    const parts = [whole, ...unpacked(whole)];
    bytes.push(...parts.filter(({ length }) => length >= fewest));
    const found = parts.flatMap(
      (part) => printable(part) ?? (part.length <= longestWord ? stretches(part) : []),
    );
    // What stands before it may have its characters too.
    for (let offset = 1; offset < offsets && run.length <= longestWord; offset++)
      found.push(...stretches(Buffer.from(run.slice(offset), encoding)));
    texts.push(...found);
  };
  for (const [run] of text.matchAll(base64)) {
    // A figure has many numbers; base64 is hardly ever digits alone.
    if (/\D/.test(run)) read(run, "base64", 4);
    const isPicture = run.length > longestWord && !/^[\dA-Fa-f]+$/.test(run.slice(1024, 1056));
    if (!isPicture) for (const [digits] of run.matchAll(hexadecimal)) read(digits, "hex", 2);
  }
  return { text: texts.join("\n"), bytes };
}
