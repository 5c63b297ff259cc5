import { language, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";

/** A numeric literal in the code, with a minus that belongs to it. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether a minus may stand there. */
  readonly mayBeNegative: boolean;
}

/** Whether code is TypeScript and can be changed. */
export function hasNumbersToPull(state: EditorState): boolean {
  return state.facet(language)?.name === "typescript" && !state.readOnly && state.facet(EditorView.editable);
}

/** The number that stands at a position, before it or behind it. */
export function numberAt(state: EditorState, at: number): Place | null {
  if (!hasNumbersToPull(state)) return null;
  for (const side of [1, -1] as const) {
    let node = syntaxTree(state).resolveInner(at, side);
    // Before a minus, or between it and its number.
    if (node.name === "ArithOp" && node.parent!.name === "UnaryExpression") node = node.nextSibling ?? node;
    const place = node.name === "Number" && placeOf(state, node);
    if (place) return place;
  }
  return null;
}

/** Null for a number that is a type or a property's name, or that has no other value in its form. */
function placeOf(state: EditorState, number: SyntaxNode): Place | null {
  const { parent, prevSibling } = number;
  const isName =
    /^(Pattern)?Property|^Method/.test(parent!.name) && !/^([:[]|Equals)$/.test(prevSibling?.name ?? "");
  if (parent!.name === "LiteralType" || isName) return null;
  const isSigned =
    parent!.name === "UnaryExpression" && state.sliceDoc(parent!.from, parent!.from + 1) === "-";
  const { from, to } = isSigned ? parent! : number;
  const text = state.sliceDoc(from, to);
  return stepped(text, 1) === null ? null : { from, to, text, mayBeNegative: isSigned || takesMinus(number) };
}

/** An index has no minus; before `**` and at a statement's begin it would mean something else. */
function takesMinus(number: SyntaxNode): boolean {
  const { from, parent, nextSibling: next } = number;
  if (parent!.name === "MemberExpression" || (next?.name === "ArithOp" && next.to - next.from === 2))
    return false;
  for (let node = parent; node?.from === from; node = node.parent)
    if (node.name === "ExpressionStatement") return false;
  return true;
}

/** A literal's sign, then its digits after a prefix, or those around a point with an exponent, then a bigint's `n`. */
const literalForm = /^(-?)\s*(?:(0[box])([\da-f_]+)|([\d_]*)(\.?)([\d_]*)(e[-+]?[\d_]+)?)(n?)$/i;
const radixes: { [prefix: string]: number } = { b: 2, o: 8, x: 16 };

/**
 * A numeric literal so many steps on, written as it was: a whole number by ones, a decimal by its last digit, an exponent
 * form by what stands before the exponent. A whole number from 1 on stays one, since a size has no other values.
 * @param mayBeNegative whether a minus may stand in its place
 * @returns null for what has no other value in its form, such as `017`
 */
export function stepped(literal: string, steps: number, mayBeNegative = true): string | null {
  const parts = literalForm.exec(literal);
  if (!parts) return null;
  const [, sign, prefix = "", coded, whole = "", point = "", fraction = "", exponent = "", big] = parts;
  if (/^0[\d_]/.test(whole) || (coded ?? whole + fraction) === "") return null;
  const digits = plain(coded ?? whole + fraction);
  const size = BigInt(prefix + digits);
  let value = (sign ? -size : size) + BigInt(steps);
  if (!sign) {
    const least = point === "" && size > 0n ? 1n : 0n;
    if (value < least && (least > 0n || !mayBeNegative)) value = least;
  }
  const minus = value < 0n ? "-" : "";
  if (value < 0n) value = -value;
  if (coded !== undefined) {
    const text = value.toString(radixes[prefix[1]!.toLowerCase()]).padStart(digits.length, "0");
    return minus + prefix + grouped(/[A-F]/.test(coded) ? text.toUpperCase() : text, coded) + big;
  }
  const { length } = plain(fraction);
  const text = value.toString().padStart(length + (whole === "" ? 0 : 1), "0");
  const cut = text.length - length;
  // There are as many decimals as before, so their separators stay where they are.
  const decimals = [...text.slice(cut)];
  return (
    minus +
    grouped(text.slice(0, cut), whole) +
    point +
    fraction.replace(/\d/g, () => decimals.shift()!) +
    exponent +
    big
  );
}

function plain(digits: string): string {
  return digits.replaceAll("_", "");
}

/** With separators where the other has them. */
function grouped(digits: string, like: string): string {
  const group = like.length - 1 - like.lastIndexOf("_");
  return group < like.length ? digits.replace(new RegExp(`\\B(?=(\\w{${group}})+$)`, "g"), "_") : digits;
}

/** Pixels of the first steps. */
const pixelsAStep = 6;
/** Over this way a number is doubled, beside those steps. */
const doublingPixels = 300;
const shiftSteps = 10;

/**
 * How many steps a pull of so many pixels is: single ones at first, and in a sweep of the hand as many as the number is
 * large.
 */
export function stepsOf(pixels: number, literal: string, shift: boolean): number {
  const digits = plain(literal).replace(/^-\s*|n$/g, "");
  const size = Math.min(1e12, Number(/^0[box]/i.test(digits) ? digits : digits.replace(/e.*|\./gi, "")));
  const steps = pixels / pixelsAStep + (size * pixels * Math.abs(pixels)) / doublingPixels ** 2;
  return Math.trunc(steps * (shift ? shiftSteps : 1));
}
