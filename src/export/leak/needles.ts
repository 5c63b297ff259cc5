import { normalised } from "./normalised";
import { numbersIn } from "./numbers";

/** Something that students must not find. */
export interface Secret {
  /** How a message names where it stands: `line 3 of cell 4 (In [2])`. */
  place: string;
  /** As it stands there. */
  shown: string;
  /** Text: normalised. A number: its key. A picture: some of its bytes. */
  text?: string;
  number?: string;
  bytes?: Buffer;
}

/** A shorter text may stand anywhere by chance. */
export const shortest = 12;
const gram = 6;
/** Of this many places in a row, one is where a text begins that some secret has at one of its first places. */
const stride = shortest - gram + 1;

/** Secrets, sought all at once in one pass. */
export class Needles {
  private readonly texts = new Map<string, { secret: Secret; offset: number }[]>();
  private readonly numbers = new Map<string, Secret>();
  private readonly pictures: Secret[] = [];

  constructor(private readonly secrets: readonly Secret[]) {
    for (const secret of secrets) {
      if (secret.number !== undefined) this.numbers.set(secret.number, secret);
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

  without(found: ReadonlySet<Secret>): Needles {
    return new Needles(this.secrets.filter((secret) => !found.has(secret)));
  }

  foundIn(text: string, bytes: readonly Buffer[]): Set<Secret> {
    const found = new Set<Secret>();
    if (this.numbers.size > 0)
      for (const { key } of numbersIn(text)) {
        const secret = this.numbers.get(key);
        if (secret) found.add(secret);
      }
    if (this.texts.size > 0) this.findTexts(normalised(text), found);
    for (const secret of this.pictures)
      if (bytes.some((part) => part.includes(secret.bytes!))) found.add(secret);
    return found;
  }

  private findTexts(text: string, found: Set<Secret>): void {
    for (let at = 0; at + gram <= text.length; at += stride)
      for (const { secret, offset } of this.texts.get(text.slice(at, at + gram)) ?? [])
        if (text.startsWith(secret.text!, at - offset)) found.add(secret);
  }
}
