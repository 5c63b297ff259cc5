import type { ChineseTable } from "../kernel/chinese/translator";
import { type CellHost, CellView } from "./cell/cellview";
import { element } from "../explorer/element";
import { Follower } from "./follow/follower";
import { toFragment } from "./fragment";
import { Linked } from "./linked";
import { plotly } from "./output/plotview";
import { Widgets } from "./output/widget";
import type { PageContent } from "./pagecontent";
import { wordsOf } from "./pagewords";
import { fitWidths, type Undo } from "./paper/widths";
import { copyOf, download, keepOriginal } from "./save";
import { scriptAddress, unpacked } from "./scripts";
import { Session, type State } from "./session";
import { setOnPaper } from "./theme";
import { dialogOf, shareDialog, Toolbar } from "./toolbar";

keepOriginal();
const content = JSON.parse(document.getElementById("notebook")!.textContent) as PageContent;
const words = wordsOf(content.language);
let operations: string[] = [];

const toolbar = new Toolbar(
  document.getElementById("tools")!,
  {
    runAll: () => void runAll(),
    stop: () => void stop(),
    follow,
    reset,
    share: () => void share(),
    save: () => void save(),
    help,
  },
  words,
  content.follows ?? true,
);
const states: { engine: State; work: State } = { engine: "starting", work: "ready" };
const session = new Session(
  scriptAddress("script-worker"),
  (state) => show("engine", state),
  (names) => (operations = names),
  chineseTable(),
);
const widgets = new Widgets((id, data) =>
  session.send({ op: "comm_msg", content: { comm_id: id, data: data as never } }),
);
const host: CellHost = {
  session,
  widgets,
  words,
  names: () => [...new Set(cells.flatMap(({ account }) => account.declares))],
  next,
  run: (cell) => follower.run(cell),
  update: () => follower.update(),
  edited: () => follower.edited(),
  explores: (cell, live, number) => linked.explores(cell, live, number),
};
const cells = content.cells.flatMap((cell) => {
  const section = document.getElementById(`cell-${cell.id}`);
  return section ? [new CellView(section, cell, host)] : [];
});

const follower = new Follower(
  cells,
  session,
  words,
  (state) => show("work", state),
  content.follows ?? true,
  () => widgets.areShown,
);
if (content.cells.some(({ isStale }) => isStale)) follower.mark();

for (const cell of cells) {
  const { section } = cell;
  section.tabIndex = -1;
  section.querySelector(".code")!.addEventListener("mousedown", () => cell.edit(), { once: true });
  section.querySelector(".code")!.addEventListener("focusin", () => cell.edit(), { once: true });
  section.addEventListener("keydown", (event) => {
    if (event.target !== section) return;
    if (event.key === "Enter" && event.shiftKey) {
      void follower.run(cell);
      next(cell);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void follower.run(cell);
    else if (event.key === "Enter") cell.focus();
    else return;
    event.preventDefault();
  });
}
const linked = new Linked(cells, words, (sentence) => toolbar.say(sentence), follow);
void linked.open();
printsWhole(document.getElementById("main")!);
// On slides code is text, which goes on to a further one, until it is clicked.
const early = document.querySelector(".reveal") ? [] : cells.map((cell) => () => cell.edit());
whenIdle([...early, () => void plotly()]);

/** While cells run, also in an engine that starts anew, it is that which is said. */
function show(part: keyof typeof states, state: State): void {
  states[part] = state;
  toolbar.show(states.work === "ready" ? states.engine : states.work);
}

function next(cell: CellView): void {
  cells[cells.indexOf(cell) + 1]?.focus();
}

async function runAll(): Promise<void> {
  toolbar.say("");
  const failed = await follower.runAll();
  if (failed instanceof CellView) toolbar.failed(failed.countText, failed.section);
}

async function stop(): Promise<void> {
  toolbar.say(words.stopped(await follower.stop()));
}

/** Switches whether cells follow edits. */
function follow(isOn: boolean): void {
  follower.follows = isOn;
  toolbar.follows(isOn);
  follower.edited();
}

// A reload would drop what is in no link and in no copy.
addEventListener("beforeunload", (event) => {
  if (cells.some(({ source, kept }) => source !== kept)) event.preventDefault();
});

function keep(): void {
  for (const cell of cells) cell.kept = cell.source;
}

function reset(): void {
  keep();
  location.hash = "";
  location.reload();
}

async function share(): Promise<void> {
  const { href } = location;
  shareDialog(
    href.replace(/#.*$/, "") + (await toFragment({ ...linked.changes(), follows: follower.follows })),
    words,
  );
}

async function save(): Promise<void> {
  const file = content.file;
  download(file, await copyOf({ ...content, follows: follower.follows }, cells));
  keep();
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

/** None in an English page, and where the browser cannot unpack it. */
async function chineseTable(): Promise<ChineseTable | null> {
  try {
    return content.chinese === undefined
      ? null
      : (JSON.parse(await unpacked(content.chinese)) as ChineseTable);
  } catch {
    return null;
  }
}

/** The width of a sheet of A4 between a browser's own margins, in pixels; Letter is wider. */
const sheet = 716;

/** While the browser prints the page, everything is as narrow as a sheet, and what is folded up is open. */
function printsWhole(root: HTMLElement): void {
  const undone: Undo[] = [];
  addEventListener("beforeprint", () => {
    setOnPaper(true);
    for (const details of root.querySelectorAll<HTMLDetailsElement>(".prose details:not([open])")) {
      details.open = true;
      undone.push(() => (details.open = false));
    }
    const { style } = root;
    const before = style.cssText;
    undone.push(() => (style.cssText = before));
    style.cssText = `${before}; flex: none; width: ${sheet}px; max-width: none`;
    root.classList.add("on-paper");
    fitWidths(root, undone);
    style.cssText = before;
  });
  addEventListener("afterprint", () => {
    setOnPaper(false);
    root.classList.remove("on-paper");
    for (const each of undone.splice(0).reverse()) each();
  });
}
