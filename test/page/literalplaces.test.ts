import { javascriptLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { numberAt } from "../../src/page/cell/literals";

/** The number that is found where `|` stands in the code, as its text; in brackets where no minus may stand. */
function found(marked: string, ...more: Extension[]): string | null {
  const at = marked.indexOf("|");
  const doc = marked.slice(0, at) + marked.slice(at + 1);
  const state = EditorState.create({ doc, extensions: [typescriptLanguage, ...more] });
  const place = numberAt(state, at);
  if (!place) return null;
  expect(doc.slice(place.from, place.to)).toBe(place.text);
  return place.mayBeNegative ? place.text : `(${place.text})`;
}

test.each([
  // Before it, in it, behind it.
  ["[|768, 3]", "768"],
  ["[7|68, 3]", "768"],
  ["[768|, 3]", "768"],
  ["[768,| 3]", null],
  ["[768, |3]", "3"],
  ["x =| 5", null],
  // A minus that belongs to it, and one that does not.
  ["x = |-5", "-5"],
  ["x = -|5", "-5"],
  ["x = - 5|", "- 5"],
  ["x = a -5|", "5"],
  ["x = a |- 5", null],
  ["x = a - -5|", "-5"],
  ["x = +5|", "5"],
  ["x = 1|-2", "1"],
  ["x = 1-|2", "2"],
  // In what is no code.
  ["'1|2'", null],
  ["// 1|2", null],
  ["/* 1|2 */", null],
  ["`1|2`", null],
  ["`a${1|2}`", "12"],
  ["/1|2/", null],
  ["x1|2", null],
  // Names of properties, and what they are.
  ["x = {1|2: 3}", null],
  ["x = {12: |3}", "3"],
  ["x = {[1|2]: 3}", "12"],
  ["x = {get 1|2() { return 3 }}", null],
  ["class A { 1|2 = 3 }", null],
  ["class A { static 1|2() {} }", null],
  ["class A { static s = 1|2 }", "12"],
  ["const {1|2: a = 3} = x", null],
  ["const {a = 1|2} = x", "12"],
  ["enum E { A = 1|2 }", "12"],
  // Types.
  ["type T = 1|2", null],
  ["type T = -1|2", null],
  ["let x: 1|2 = 12", null],
  ["let x: 12 = 1|2", "12"],
  ["let x: [1|, 2] = y", null],
  ["f<1|2>(3)", null],
  ["f<12>(3|)", "3"],
  ["x as 1|2", null],
  ["interface I { 1|2: 3 }", null],
  // Where no minus may stand.
  ["x = a[0|]", "(0)"],
  ["x = 0| ** 2", "(0)"],
  ["x = 2 ** 0|", "0"],
  ["0|", "(0)"],
  ["a\n0| + b", "(0)"],
  ["return_(0|)", "0"],
  // Numbers that have no next one.
  ["x = 01|7", null],
])("%s: %s", (marked, text) => {
  expect(found(marked)).toBe(text);
});

test("neither where nothing can be written, nor in another language", () => {
  expect(found("[1|]", EditorState.readOnly.of(true))).toBeNull();
  expect(found("[1|]", EditorView.editable.of(false))).toBeNull();
  const javascript = EditorState.create({ doc: "[1]", extensions: javascriptLanguage });
  expect(numberAt(javascript, 1)).toBeNull();
});
