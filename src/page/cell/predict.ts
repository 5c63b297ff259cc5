import type { Prediction } from "../pagecontent";
import { element } from "../../explorer/element";
import type { Words } from "../pagewords";

/** What stands before an output that is to be guessed. */
export interface Asked {
  /** Shows the output before it was guessed, or hides it again; nothing once it was. */
  show(isShown: boolean): void;
}

/**
 * Asks for a guess before an output shows.
 * @param details what holds the output; without a script it opens by itself
 * @param waiting prose that tells the answer, and waits with the output
 */
export function askFirst(
  details: HTMLDetailsElement,
  { question, options, answer }: Prediction,
  words: Words,
  waiting: readonly HTMLElement[],
): Asked {
  const name = `guess-${Math.random().toString(36).slice(2)}`;
  const legend = element("legend", { textContent: question ?? words.question });
  const choices = options.map((option) =>
    element("label", {}, element("input", { type: "radio", name, value: option, required: true }), option),
  );
  const line = element("input", {
    type: "text",
    name,
    required: true,
    autocomplete: "off",
    aria: { label: words.guess },
  });
  const fields = element("fieldset", {}, legend, ...(options.length > 0 ? choices : [line]));
  const form = element(
    "form",
    { className: "predict" },
    fields,
    element("button", { textContent: words.reveal }),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const guess = String(new FormData(form).get(name));
    const verdict = answer === null ? "" : ` ${guess === answer ? words.right : words.wrong(answer)}`;
    const said = element("p", {
      className: "guess",
      textContent: `${words.guessed(guess)}${verdict}`,
      tabIndex: -1,
    });
    form.replaceWith(said);
    show(true);
    for (const prose of waiting) prose.hidden = false;
    said.focus();
  };
  details.open = true;
  details.classList.add("revealed");
  const show = (isShown: boolean): void => void (details.hidden = !isShown);
  show(false);
  for (const prose of waiting) prose.hidden = true;
  details.before(form);
  return { show: (isShown) => form.isConnected && show(isShown) };
}
