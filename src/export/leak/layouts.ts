import { withoutControls } from "./normalised";

/** What stands before each line of code that is quoted, numbered, in a comment or compared. */
const gutters =
  /^[ \t]*(?:(?:\/\/+|\/?\*+\/?|#+|>+|[|│·•]|[-+](?=\s)|^[-+]|\d+[ \t]*(?:[|:│]|[.)]?(?=[ \t]))|\.{3})[ \t]*)+|[ \t]*[|│][ \t]*$/gm;
const comments = /\/\*[^]*?\*\/|(?<!:)\/\/.*$|<!--[^]*?-->/gm;
/** Between the strings of a list or of a sum. */
const seams = /(["'`])(?:\\n)?[\s,+[\]]*[,+][\s,+[\]]*\1/g;

/** A text as it is, and as its code would be without comments, gutters and the seams of strings. */
export function layoutsOf(text: string): string[] {
  const joined = withoutControls(text).replace(seams, "");
  return [...new Set([text, joined, joined.replace(gutters, ""), joined.replace(comments, " ")])];
}
