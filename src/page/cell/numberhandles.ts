import { language, syntaxTree } from "@codemirror/language";
import { EditorSelection, type EditorState, type Extension, Prec, Transaction } from "@codemirror/state";
import {
  EditorView,
  type KeyBinding,
  keymap,
  layer,
  type LayerMarker,
  type PluginValue,
  RectangleMarker,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { stepped, stepsOf } from "./stepping";

/** What is said of the handles, and who follows them. */
export interface PullHost {
  words: {
    /** At a handle. */
    pull: string;
  };
  /** A number begins to move: by the pointer, or by a key after a rest. */
  began?(): void;
  /** The code as it is while a number moves: at most once a frame. */
  pulled?(source: string): void;
  released?(): void;
}

/** A numeric literal in the code, with a minus that belongs to it. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether a minus may stand there. */
  readonly mayBeNegative: boolean;
}

/** A number that moves. */
interface Pull {
  place: Place;
  /** Undone as one with what came before in this pull. */
  hasMoved: boolean;
  /** Of the pointer, as it was where its way is counted from; null for keys. */
  way: { x: number; shift: boolean; literal: string } | null;
}

/** Keys count as one pull until they rest so long. */
const restOfKeys = 500;
const clickReach = 3;
/** How far beside a number the pointer is still at it. */
const hoverReach = 3;

/**
 * Gives the numbers in TypeScript code a handle, under the pointer and at the caret, which is pulled to the left and the
 * right; and keys, with the caret at a number. The literal's text changes, as if it were typed.
 */
export function numberHandles(host: PullHost): Extension {
  const pulls = ViewPlugin.define((view) => new Pulls(view, host));
  const key = (name: string, steps: number): KeyBinding => ({
    key: `Alt-${name}`,
    // Option with a point types a character there.
    mac: `Mod-Alt-${name}`,
    run: (view) => view.plugin(pulls)!.turn(steps),
  });
  return [
    pulls,
    layer({
      above: true,
      class: "cm-pulls",
      update: () => true,
      markers: (view) => view.plugin(pulls)!.handles(),
    }),
    Prec.high(keymap.of([key(".", 1), key(",", -1), key("Shift-.", 10), key("Shift-,", -10)])),
    style,
  ];
}

class Pulls implements PluginValue {
  /** Where the pointer is at a number. */
  private hovered: number | null = null;
  private pull: Pull | null = null;
  private writes = false;
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly gone = new AbortController();

  constructor(
    readonly view: EditorView,
    readonly host: PullHost,
  ) {
    const { signal } = this.gone;
    view.scrollDOM.addEventListener("pointermove", (event) => this.hover(event), { signal });
    view.scrollDOM.addEventListener("pointerleave", () => this.show(null), { signal });
  }

  update({ docChanged, changes }: ViewUpdate): void {
    if (!docChanged || this.writes) return;
    if (this.hovered !== null) this.hovered = changes.mapPos(this.hovered);
    // What is written meanwhile counts, and nothing is pulled over it.
    if (this.end()) queueMicrotask(() => this.host.released?.());
  }

  destroy(): void {
    this.gone.abort();
    this.end();
  }

  /** The one under the pointer is first: it keeps its element while it is pulled. */
  handles(): Handle[] {
    const { view, pull, hovered } = this;
    const { state, hasFocus } = view;
    const places = pull?.way
      ? [pull.place]
      : [
          hovered === null ? null : numberAt(state, hovered),
          hasFocus ? numberAt(state, state.selection.main.head) : null,
        ];
    if (places[0]?.from === places[1]?.from) places.length = 1;
    return places.flatMap((place) => {
      const box =
        place && RectangleMarker.forRange(view, "", EditorSelection.range(place.from, place.to)).at(-1);
      return box ? [new Handle(place, box, this)] : [];
    });
  }

  /** @returns whether the caret is at a number */
  turn(steps: number): boolean {
    const { state } = this.view;
    const place = numberAt(state, state.selection.main.head);
    if (!place || this.pull?.way) return place !== null;
    if (this.pull?.place.from === place.from) this.pull.place = place;
    else this.begin(place, null);
    this.write(stepped(place.text, steps, place.mayBeNegative)!);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.release(), restOfKeys);
    return true;
  }

  /** Lets a handle follow the pointer that is down on it. */
  follow(handle: HTMLElement, place: Place, down: PointerEvent): void {
    const { pointerId, shiftKey, clientX } = down;
    if (down.button !== 0) return;
    keep(down);
    handle.setPointerCapture(pointerId);
    const way = { x: clientX, shift: shiftKey, literal: place.text };
    let isClick = true;
    handle.onpointermove = (event) => {
      keep(event);
      const { clientX: x, shiftKey: shift } = event;
      if (isClick) {
        if (Math.abs(x - way.x) < clickReach) return;
        isClick = false;
        this.begin(place, way);
      }
      const { pull } = this;
      if (pull?.way !== way) return;
      if (shift !== way.shift) Object.assign(way, { x, shift, literal: pull.place.text.trim() });
      this.write(stepped(way.literal, stepsOf(x - way.x, way.literal, shift), place.mayBeNegative)!);
    };
    handle.onpointerup = handle.onpointercancel = (event) => {
      keep(event);
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
      if (!isClick) this.release();
      else if (event.type === "pointerup") this.click(event);
    };
  }

  /** A handle lies over code, which a click is meant for. */
  private click({ clientX: x, clientY: y }: PointerEvent): void {
    const { view } = this;
    view.dispatch({ selection: { anchor: view.posAtCoords({ x, y }, false) } });
    view.focus();
  }

  private begin(place: Place, way: Pull["way"]): void {
    this.release();
    this.pull = { place, hasMoved: false, way };
    this.host.began?.();
  }

  private write(literal: string): void {
    const { view, pull } = this;
    const { from, to, text } = pull!.place;
    // Two minuses would be another operator.
    const insert =
      literal[0] === "-" && view.state.sliceDoc(from - 1, from) === "-" ? ` ${literal}` : literal;
    if (insert === text) return;
    const { head } = view.state.selection.main;
    this.writes = true;
    view.dispatch({
      changes: { from, to, insert },
      ...(head >= from && head <= to && { selection: { anchor: from + insert.length } }),
      // Undo takes changes of one time for one, but for those with a name of their own.
      annotations: [Transaction.time.of(0), ...(pull!.hasMoved ? [] : [Transaction.userEvent.of("pull")])],
    });
    this.writes = false;
    pull!.hasMoved = true;
    pull!.place = { ...pull!.place, to: from + insert.length, text: insert };
    this.frame ||= requestAnimationFrame(() => this.tell());
  }

  private tell(): void {
    this.frame = 0;
    this.host.pulled?.(this.view.state.doc.toString());
  }

  /** The pull is over; what it came to is said to those who do not see it. */
  private release(): void {
    const text = this.pull?.place.text.trim();
    const isTold = this.frame === 0;
    if (!this.end()) return;
    if (!isTold) this.tell();
    this.host.released?.();
    this.view.dispatch({ effects: EditorView.announce.of(text!) });
  }

  /** @returns whether there was a pull */
  private end(): boolean {
    const { pull } = this;
    this.pull = null;
    clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    return pull !== null;
  }

  private hover({ pointerType, buttons, target, clientX: x, clientY: y }: PointerEvent): void {
    const { view } = this;
    if (pointerType === "touch" || buttons !== 0 || (target as Element).closest(".cm-pull")) return;
    const at = view.posAtCoords({ x, y });
    const place = at === null ? null : numberAt(view.state, at);
    const [start, end] = [place && view.coordsAtPos(place.from, 1), place && view.coordsAtPos(place.to, -1)];
    const isAt =
      start &&
      end &&
      x > start.left - hoverReach &&
      x < end.right + hoverReach &&
      y >= start.top &&
      y <= end.bottom;
    this.show(isAt ? at : null);
  }

  /** Shows the handle of the number there. */
  show(at: number | null): void {
    if (at === this.hovered) return;
    this.hovered = at;
    // The layer is drawn anew.
    this.view.dispatch({});
  }
}

/** A double arrow below a number, in what room there is between the lines. */
class Handle implements LayerMarker {
  constructor(
    private readonly place: Place,
    private readonly box: RectangleMarker,
    private readonly pulls: Pulls,
  ) {}

  eq({ place, box }: this): boolean {
    return place.from === this.place.from && place.text === this.place.text && box.eq(this.box);
  }

  draw(): HTMLElement {
    const handle = document.createElement("div");
    handle.className = "cm-pull";
    handle.title = this.pulls.host.words.pull;
    this.update(handle);
    return handle;
  }

  update(handle: HTMLElement): boolean {
    const { place, pulls, box } = this;
    const { view } = pulls;
    const bottom = box.top + box.height;
    // A finger may begin on the number, too; nothing reaches below the code, which would scroll then.
    const [size, above] = matchMedia("(any-pointer: coarse)").matches ? [24, 13] : [12, 5];
    const top = Math.min(bottom - above, view.contentDOM.offsetHeight * view.scaleY - size);
    const { style: at } = handle;
    at.left = `${box.left + box.width! / 2}px`;
    at.top = `${top}px`;
    at.width = `${box.width}px`;
    at.height = `${size}px`;
    at.setProperty("--arrow", `${Math.min(bottom - 2 - top, size - 7)}px`);
    handle.onpointerenter = () => pulls.show(place.from);
    handle.onpointerdown = (event) => pulls.follow(handle, place, event);
    return true;
  }
}

/** Neither the editor nor what is around it takes the pointer for its own. */
function keep(event: PointerEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** The number that stands at a position, before it or behind it. */
export function numberAt(state: EditorState, at: number): Place | null {
  const isFixed = state.readOnly || !state.facet(EditorView.editable);
  if (isFixed || state.facet(language)?.name !== "typescript") return null;
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

const style = EditorView.baseTheme({
  ".cm-pull": {
    minWidth: "24px",
    transform: "translateX(-50%)",
    cursor: "ew-resize",
    opacity: 0.8,
    // The page scrolls where a finger is on the code, not here.
    touchAction: "none",
    userSelect: "none",
  },
  ".cm-pull:hover": { opacity: 1 },
  ".cm-pull::before": {
    content: '""',
    position: "absolute",
    inset: "var(--arrow) 0 auto",
    height: "7px",
    background: "var(--accent, var(--jp-brand-color1))",
    clipPath:
      "polygon(0 50%, 6px 0, 6px 36%, calc(100% - 6px) 36%, calc(100% - 6px) 0, 100% 50%, calc(100% - 6px) 100%, calc(100% - 6px) 64%, 6px 64%, 6px 100%)",
    forcedColorAdjust: "none",
  },
  "@media (any-pointer: coarse)": { ".cm-pull": { minWidth: "48px" } },
  "@media print": { ".cm-pulls": { display: "none" } },
});
