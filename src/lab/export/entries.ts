import { formatTable, formats, type Variant, variants } from "../../export/formats";

type Rows = typeof formatTable;

/** What the menu offers a notebook as. */
export type MenuFormat = {
  [format in keyof Rows]: Rows[format]["menu"] extends null ? never : format;
}[keyof Rows];

/** What an entry of the menu makes of the notebook. */
export type Entry = {
  to: MenuFormat;
  /** For whom it is; null for the notebook as it stands. */
  variant: Variant | null;
};

const offered = (menu: "notebook and copies" | "copies"): MenuFormat[] =>
  formats.filter((format): format is MenuFormat => formatTable[format].menu === menu);

export const wholes = offered("notebook and copies").map((to): Entry => ({ to, variant: null }));

export const copies = variants.map((variant) => ({
  variant,
  entries: [...offered("copies"), ...offered("notebook and copies")].map((to): Entry => ({ to, variant })),
}));
