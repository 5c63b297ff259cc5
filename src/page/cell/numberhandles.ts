import { EditorSelection, type Extension, Prec, Transaction } from "@codemirror/state";
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
import { numberAt, type Place, stepped, stepsOf } from "./literals";

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

/** A number that moves. */
interface Pull {
  place: Place;
  /** Undone as one with what came before in this pull. */
  hasMoved: boolean;
  /** Null for keys. */
  way: Way | null;
}

/** Of the pointer, from where it is counted, and the number as it was there. */
interface Way {
  x: number;
  shift: boolean;
  literal: string;
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
    run: (view) => view.plugin(pulls)?.turn(steps) ?? false,
  });
  return [
    pulls,
    layer({
      above: true,
      class: "cm-pulls",
      update: () => true,
      markers: (view) => view.plugin(pulls)?.handles() ?? [],
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

  /** The one under the pointer is first, and keeps its element while it is pulled. */
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

  /** Lets a number follow the pointer that is down on its handle. */
  follow(handle: HTMLElement, place: Place, down: PointerEvent): void {
    const { pointerId, shiftKey, clientX } = down;
    if (down.button !== 0) return;
    keep(down);
    handle.setPointerCapture(pointerId);
    const way = { x: clientX, shift: shiftKey, literal: place.text };
    let isClick = true;
    const over = new AbortController();
    const heard = (event: PointerEvent): void => {
      if (event.pointerId !== pointerId) return;
      keep(event);
      if (event.type === "pointermove") {
        if (isClick && Math.abs(event.clientX - clientX) < clickReach) return;
        if (isClick) this.begin(place, way);
        isClick = false;
        if (this.pull?.way === way) this.move(way, event);
        return;
      }
      over.abort();
      if (!isClick) this.release();
      else if (event.type === "pointerup") this.click(event);
    };
    // The handle itself is gone where its number is scrolled out of sight.
    for (const type of ["pointermove", "pointerup", "pointercancel"] as const)
      window.addEventListener(type, heard, { capture: true, signal: over.signal });
  }

  private move(way: Way, { clientX: x, shiftKey: shift }: PointerEvent): void {
    const { text, mayBeNegative } = this.pull!.place;
    if (shift !== way.shift) Object.assign(way, { x, shift, literal: text.trim() });
    this.write(stepped(way.literal, stepsOf(x - way.x, way.literal, shift), mayBeNegative)!);
  }

  /** A handle lies over code, which a click is meant for. */
  private click({ clientX: x, clientY: y }: PointerEvent): void {
    const { view } = this;
    view.dispatch({ selection: { anchor: view.posAtCoords({ x, y }, false) } });
    view.focus();
  }

  private begin(place: Place, way: Way | null): void {
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

const style = EditorView.baseTheme({
  ".cm-pull": {
    minWidth: "24px",
    transform: "translateX(-50%)",
    cursor: "ew-resize",
    // The page scrolls where a finger is on the code, not here.
    touchAction: "none",
    userSelect: "none",
  },
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
  "@media (any-pointer: coarse)": { ".cm-pull": { minWidth: "36px" } },
  "@media print": { ".cm-pulls": { display: "none" } },
});
