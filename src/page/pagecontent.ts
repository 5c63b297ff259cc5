import type { Language } from "./pagewords";

/** What a page knows of its notebook; in the page as JSON, in the element with the id `notebook`. */
export interface PageContent {
  title: string;
  language: Language;
  /** The name of a saved copy. */
  file: string;
  cells: PageCell[];
  /** In a Chinese page, what puts errors of its cells into Chinese: a `ChineseTable` as `packed` packs it. */
  chinese?: string;
  /** Set to false in a copy whose reader switched off that cells follow edits. */
  follows?: boolean;
}

/** A code cell of a page; its section has the same id. */
export interface PageCell {
  id: string;
  source: string;
  count: number | null;
  /** Asks for a guess before its output shows. */
  predict: Prediction | null;
  /** It runs only at a click. */
  isManual?: boolean;
  /** Its outputs are not those of the code: the copy was saved before it ran again. */
  isStale?: boolean;
}

export interface Prediction {
  question: string | null;
  /** What to choose from; where there is nothing the reader writes. */
  options: string[];
  answer: string | null;
}
