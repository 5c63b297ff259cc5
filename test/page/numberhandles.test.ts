// @vitest-environment jsdom
import { history, undo } from "@codemirror/commands";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { numberHandles } from "../../src/page/cell/numberhandles";

/** What an editor's host hears, in order. */
function edit(
  doc: string,
  caret: number,
  isFixed = false,
): { view: EditorView; heard: string[]; press(key: string): void } {
  const heard: string[] = [];
  const host = {
    words: { pull: "Pull" },
    began: () => void heard.push("began"),
    pulled: (source: string) => void heard.push(source),
    released: () => void heard.push("released"),
  };
  const extensions = [
    history(),
    typescriptLanguage,
    numberHandles(host),
    EditorState.readOnly.of(isFixed),
    EditorView.updateListener.of(({ transactions }) => {
      for (const transaction of transactions) if (transaction.isUserEvent("pull")) heard.push("pull");
    }),
  ];
  const view = new EditorView({ doc, extensions, selection: { anchor: caret }, parent: document.body });
  const press = (key: string): void => {
    const event = new KeyboardEvent("keydown", { key, altKey: true, bubbles: true, cancelable: true });
    view.contentDOM.dispatchEvent(event);
  };
  return { view, heard, press };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

test("who follows hears when a pull begins, the code at most once a frame, and the end, once it rests", async () => {
  const { view, heard, press } = edit("f(3)", 3);
  for (let presses = 0; presses < 5; presses++) press(".");
  expect(view.state.doc.toString()).toBe("f(8)");
  expect(heard).toEqual(["began", "pull"]);
  await frame();
  expect(heard).toEqual(["began", "pull", "f(8)"]);
  press(",");
  vi.advanceTimersByTime(499);
  expect(heard.at(-1)).not.toBe("released");
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(["began", "pull", "f(8)", "f(7)", "released"]);
  expect(view.dom.querySelector(".cm-announced")!.textContent).toBe("7");
  undo(view);
  expect(view.state.doc.toString()).toBe("f(3)");
  view.destroy();
});

test("other code put in its place ends a pull, which says so", async () => {
  const { view, heard, press } = edit("f(3)", 3);
  press(".");
  view.dispatch({ changes: { from: 0, to: 4, insert: "g(5)" } });
  await Promise.resolve();
  expect(heard.at(-1)).toBe("released");
  expect(view.state.doc.toString()).toBe("g(5)");
  undo(view);
  expect(view.state.doc.toString()).toBe("f(4)");
  undo(view);
  expect(view.state.doc.toString()).toBe("f(3)");
  view.destroy();
});

test("nothing is heard where nothing moves", async () => {
  for (const [doc, caret, isFixed] of [
    ["f(3)", 3, true],
    ["f('3')", 4, false],
  ] as const) {
    const { view, heard, press } = edit(doc, caret, isFixed);
    press(".");
    await frame();
    expect(view.state.doc.toString()).toBe(doc);
    expect(heard).toEqual([]);
    view.destroy();
  }
});
