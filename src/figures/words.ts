import { quote } from "../nn/quote";
import type { Language } from "./figure";
import { type Words, en } from "./words/en";
import { zh } from "./words/zh";

export type { Words };

/** @throws RangeError for a language that the figures do not speak. */
export function wordsOf(language: Language = "en"): Words {
  if (language === "en") return en;
  if (language === "zh") return zh;
  throw new RangeError(`The language is ${quote(language)}; expected "en" or "zh".`);
}
