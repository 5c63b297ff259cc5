import { quote } from "../../nn/quote";
import { PageWidget, type Widget } from "./widget";
import { layout, controlTraits } from "./widgetmodel";

/** Controls that are shown together. */
export interface Group extends Widget {
  readonly children: readonly Widget[];
  /** Takes the group from the page; its controls can still be shown elsewhere. */
  close(): void;
}

/** Controls beside each other, and below where there is no room. ipywidgets: HBox. @throws TypeError for what is none. */
export function row(...children: Widget[]): Group {
  return new PageGroup("row", children);
}

/** Controls below each other. ipywidgets: VBox. @throws TypeError for what is none. */
export function column(...children: Widget[]): Group {
  return new PageGroup("column", children);
}

class PageGroup extends PageWidget implements Group {
  readonly children: readonly Widget[];

  constructor(
    private readonly direction: "row" | "column",
    children: Widget[],
  ) {
    const widgets = children.map((child: unknown, i) => {
      if (child instanceof PageWidget) return child;
      throw new TypeError(`control.${direction}'s argument ${i} is ${quote(child)}; expected a control.`);
    });
    super((host) => ({
      ...controlTraits(direction === "row" ? "HBox" : "VBox"),
      children: widgets.flatMap(({ reference }) => reference ?? []),
      layout: layout(host, direction === "row" ? { flex_flow: "row wrap", grid_gap: "0 2em" } : {}),
    }));
    this.children = widgets;
  }

  override text(): string {
    return this.children
      .map((child) => (child as PageWidget).text())
      .join(this.direction === "row" ? "   " : "\n");
  }
}
