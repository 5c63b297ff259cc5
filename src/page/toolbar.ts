import qrcode from "qrcode-generator";
import { element } from "../explorer/element";
import type { Words } from "./pagewords";
import type { State } from "./session";
import { currentTheme, nextTheme } from "./theme";

/** What the toolbar's buttons do. */
export interface Actions {
  runAll(): void;
  stop(): void;
  /** Cells follow edits, or do no longer. */
  follow(isOn: boolean): void;
  reset(): void;
  share(): void;
  save(): void;
  help(): void;
}

/** The buttons at the page's top, and a line that says what the engine does. */
export class Toolbar {
  private readonly status = element("span", { className: "status", aria: { live: "polite" } });
  private readonly stop: HTMLButtonElement;
  private readonly follow: HTMLButtonElement;

  constructor(
    place: HTMLElement,
    actions: Actions,
    private readonly words: Words,
    follows: boolean,
  ) {
    const button = (text: string, act: () => void, title = ""): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent: text, title });
      made.onclick = act;
      return made;
    };
    this.stop = button(words.stop, actions.stop);
    this.stop.disabled = true;
    this.follow = button(
      words.follow,
      () => actions.follow(this.follow.ariaChecked !== "true"),
      words.followTitle,
    );
    this.follow.setAttribute("role", "switch");
    this.follows(follows);
    const themeText = (): string => `${words.theme}: ${words.themes[currentTheme()]}`;
    const theme = button(themeText(), () => {
      nextTheme();
      theme.textContent = themeText();
    });
    place.append(
      button(words.runAll, actions.runAll),
      this.stop,
      this.follow,
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

  follows(isOn: boolean): void {
    this.follow.ariaChecked = String(isOn);
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

/** More than this, in characters, no camera reads. */
const longestCode = 2000;

/** Shows the link to hand out, and its QR code where the page is on the web. */
export function shareDialog(address: string, words: Words): HTMLDialogElement {
  const isWeb = /^https?:/.test(address);
  const field = element("input", {
    type: "text",
    readOnly: true,
    value: address,
    aria: { label: words.share },
  });
  const said = element("p", { aria: { live: "polite" } });
  const copy = element("button", { type: "button", textContent: words.copy });
  copy.onclick = () => {
    field.select();
    void (navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("none"))).catch(() =>
      document.execCommand("copy"),
    );
    said.textContent = words.copied;
  };
  const parts: Node[] = [element("p", { textContent: words.shareText }), field, copy, said];
  if (!isWeb) parts.push(element("p", { textContent: words.shareFile }));
  else if (address.length > longestCode) parts.push(element("p", { textContent: words.noQr }));
  else parts.push(qrPicture(address, words));
  return dialogOf(words.share, parts, words);
}

function qrPicture(address: string, words: Words): HTMLElement {
  const code = qrcode(0, "L");
  code.addData(address);
  code.make();
  const url = `data:image/svg+xml,${encodeURIComponent(code.createSvgTag({ cellSize: 4, margin: 16, scalable: true }))}`;
  return element("img", { className: "qr", src: url, alt: words.qr });
}

export function dialogOf(title: string, parts: Node[], words: Words): HTMLDialogElement {
  const close = element("button", { type: "submit", textContent: words.close });
  const dialog = element(
    "dialog",
    { aria: { label: title } },
    element("h2", { textContent: title }),
    ...parts,
    element("form", { method: "dialog" }, close),
  );
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
