import { AnsiUp } from "ansi_up";

const converter = new AnsiUp();
converter.use_classes = true;

/** A terminal's text as safe HTML, its colours as classes. */
export function ansiHtml(text: string): string {
  // Colours do not run on from one output to the next.
  return converter.ansi_to_html(`${text}\u001b[0m`);
}
