/** Colours and the like of a terminal. */

const controls = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** What an export may write in another way: white space, quotes, and the backslashes that escape them. */
const varying = /[\s"'`‘’“”«»\\\u00ad\u200b-\u200d\u2060\ufeff]+/g;

/** A text as it is compared. */
export function normalised(text: string): string {
  const plain = text.includes("\u001b") ? text.replace(controls, "") : text;
  return plain.normalize("NFKC").replace(varying, "");
}
