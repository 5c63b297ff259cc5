import { CellView } from "./cell/view";
import type { PageContent } from "./content";
import { element } from "./element";
import { plotly } from "./output/plot";
import { Widgets } from "./output/widget";
import { copyOf, download, keepOriginal } from "./save";
import { scriptAddress } from "./scripts";
import { Session } from "./session";
import { dialogOf, type Edits, fromFragment, shareDialog, toFragment } from "./share";
import { Toolbar } from "./toolbar";
import { wordsOf } from "./words";

keepOriginal();
const content = JSON.parse(document.getElementById("notebook")!.textContent) as PageContent;
const words = wordsOf(content.language);
let operations: string[] = [];

const toolbar = new Toolbar(
  document.getElementById("tools")!,
  {
    runAll: () => void runAll(),
    stop: () => void stop(),
    reset,
    share: () => void share(),
    save: () => void save(),
    help,
  },
  words,
);
const session = new Session(
  scriptAddress("script-worker"),
  (state) => toolbar.show(state),
  (names) => (operations = names),
);
const widgets = new Widgets((id, data) =>
  session.send({ op: "comm_msg", content: { comm_id: id, data: data as never } }),
);
const cells = content.cells.flatMap((cell) => {
  const section = document.getElementById(`cell-${cell.id}`);
  return section ? [new CellView(section, cell, { session, widgets, words, names: namesOfAll, next })] : [];
});

for (const cell of cells) {
  const { section } = cell;
  section.tabIndex = -1;
  section.querySelector(".code")!.addEventListener("mousedown", () => cell.edit(), { once: true });
  section.querySelector(".code")!.addEventListener("focusin", () => cell.edit(), { once: true });
  section.addEventListener("keydown", (event) => {
    if (event.target !== section) return;
    if (event.key === "Enter" && event.shiftKey) {
      void cell.run();
      next(cell);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void cell.run();
    else if (event.key === "Enter") cell.focus();
    else return;
    event.preventDefault();
  });
}
void openLink();
whenIdle([...cells.map((cell) => () => cell.edit()), () => void plotly()]);

function namesOfAll(): string[] {
  return [...new Set(cells.flatMap(({ declares }) => declares))];
}

function next(cell: CellView): void {
  cells[cells.indexOf(cell) + 1]?.focus();
}

async function runAll(): Promise<void> {
  for (const cell of cells) if (!(await cell.run())) break;
}

async function stop(): Promise<void> {
  toolbar.say(words.stopped(await session.stop()));
}

function reset(): void {
  location.hash = "";
  location.reload();
}

function edits(): Edits {
  return Object.fromEntries(cells.filter(({ isEdited }) => isEdited).map(({ id, source }) => [id, source]));
}

async function share(): Promise<void> {
  const { href } = location;
  shareDialog(href.replace(/#.*$/, "") + (await toFragment(edits())), words);
}

/** Code that came in a link is shown and marked; it is for the reader to run it. */
async function openLink(): Promise<void> {
  try {
    const linked = (await fromFragment(location.hash)) ?? {};
    const changed = cells.filter(({ id, source }) => linked[id] !== undefined && linked[id] !== source);
    for (const cell of changed) cell.write(linked[cell.id]!, words.fromLink);
    if (changed.length > 0) toolbar.say(words.linked(changed.length));
  } catch {
    toolbar.say(words.badLink);
  }
}

async function save(): Promise<void> {
  const file = content.file;
  download(file, await copyOf(content, cells));
  toolbar.say(words.saved(file));
}

function help(): void {
  const list = element("ul", {}, ...words.helpText.map((text) => element("li", { textContent: text })));
  const names = element("p", { className: "operations", textContent: operations.join(", ") });
  const summary = element("summary", { textContent: `${words.operations} (${operations.length})` });
  dialogOf(words.help, [list, element("details", {}, summary, names)], words);
}

/** One piece of work in each idle moment: the page answers between them. */
function whenIdle(work: (() => void)[]): void {
  const later = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 30));
  const step = (): void => {
    work.shift()?.();
    if (work.length > 0) later(step);
  };
  later(step);
}
