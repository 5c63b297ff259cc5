import { element } from "./element";
import type { State } from "./session";
import { currentTheme, nextTheme } from "./theme";
import type { Words } from "./pagewords";

/** What the toolbar's buttons do. */
export interface Actions {
  runAll(): void;
  stop(): void;
  reset(): void;
  share(): void;
  save(): void;
  help(): void;
}

/** The buttons at the page's top, and a line that says what the engine does. */
export class Toolbar {
  private readonly status = element("span", { className: "status", aria: { live: "polite" } });
  private readonly stop: HTMLButtonElement;

  constructor(
    place: HTMLElement,
    actions: Actions,
    private readonly words: Words,
  ) {
    const button = (text: string, act: () => void, title = ""): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent: text, title });
      made.onclick = act;
      return made;
    };
    this.stop = button(words.stop, actions.stop);
    this.stop.disabled = true;
    const themeText = (): string => `${words.theme}: ${words.themes[currentTheme()]}`;
    const theme = button(themeText(), () => {
      nextTheme();
      theme.textContent = themeText();
    });
    place.append(
      button(words.runAll, actions.runAll),
      this.stop,
      button(words.reset, actions.reset, words.resetTitle),
      button(words.share, actions.share),
      button(words.save, actions.save),
      theme,
      button(words.help, actions.help),
      this.status,
    );
  }

  show(state: State): void {
    this.status.textContent = this.words[state];
    document.documentElement.dataset.state = state;
    this.stop.disabled = state !== "running" && state !== "replaying";
  }

  say(sentence: string): void {
    this.tell(sentence);
  }

  /** Says that a run of all cells ended at one, with a way to go there. */
  failed(cell: string, section: HTMLElement): void {
    const { failed, belowNotRun } = this.words;
    const way = element("a", { href: `#${section.id}`, textContent: failed(cell) });
    way.onclick = (event) => {
      event.preventDefault();
      // Slides turn to the one that it is on.
      section.dispatchEvent(new CustomEvent("sought", { bubbles: true }));
      section.focus();
      section.scrollIntoView({ block: "nearest" });
    };
    this.tell(way, belowNotRun);
    this.status.textContent = failed(cell);
  }

  private tell(...parts: (Node | string)[]): void {
    const notice = document.getElementById("notice")!;
    notice.replaceChildren(...parts);
    notice.hidden = notice.textContent === "";
  }
}
