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
