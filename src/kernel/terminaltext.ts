/**
 * A terminal's text as it stands there in the end: what follows a carriage return overwrites its line, a backspace goes
 * back by one. Colours take no place in a line; a line that has them is overwritten whole. What may still be overwritten
 * keeps its carriage return at the end.
 */
export function overwritten(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  return text.replaceAll("\r\n", "\n").split("\n").map(line).join("\n");
}

function line(text: string): string {
  const isOpen = text.endsWith("\r");
  let shown = "";
  for (const part of text.split("\r")) {
    if (part === "") continue;
    const typed = withoutBackspaces(part);
    const isColoured = (shown + typed).includes("\u001b");
    shown = isColoured ? typed : typed + shown.slice(typed.length);
  }
  return isOpen ? `${shown}\r` : shown;
}

function withoutBackspaces(text: string): string {
  let shown = text;
  for (let before = ""; before !== shown;) {
    before = shown;
    shown = shown.replace(/[^\b]\u0008|^\u0008/gu, "");
  }
  return shown;
}
