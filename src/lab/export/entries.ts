/** What an entry of the menu makes of the notebook: see the formats and variants of `tslab-gradients export`. */
export type Entry = {
  to: "html" | "slides" | "pdf" | "ipynb";
  /** For whom it is; null for the notebook as it stands. */
  variant: "student" | "teacher" | "key" | null;
};

/** As it stands it is a notebook already. */
export const wholes: readonly Entry[] = (["html", "slides", "pdf"] as const).map((to) => ({
  to,
  variant: null,
}));

export const copies = (["student", "teacher", "key"] as const).map((variant) => ({
  variant,
  entries: (["ipynb", "html", "slides", "pdf"] as const).map((to): Entry => ({ to, variant })),
}));
