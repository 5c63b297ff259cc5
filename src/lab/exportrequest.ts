import { ServerConnection } from "@jupyterlab/services";
import { formatTable, formats, variants } from "../export/formats";
import type { Entry, ExportWords, MenuFormat } from "./labwords";

const offered = (menu: "notebook and copies" | "copies"): MenuFormat[] =>
  formats.filter((format): format is MenuFormat => formatTable[format].menu === menu);

/** What the menu makes of the notebook as it stands. */
export const wholes = offered("notebook and copies").map((to): Entry => ({ to, variant: null }));

/** What it makes of its copies. */
export const copies = variants.map((variant) => ({
  variant,
  entries: [...offered("copies"), ...offered("notebook and copies")].map((to): Entry => ({ to, variant })),
}));

/** What keeps a notebook from being exported. */
export interface Problem {
  sentence: string;
  /** The cell's place in the notebook, counted from 1. */
  cell?: number;
  /** The kind under which it may be allowed. */
  allow?: string;
}

export type Outcome = { file: string; content: Blob } | { problems: Problem[] };

/**
 * Asks JupyterLab's server for an export.
 * @param path the notebook's, on the server
 * @param allow kinds of problems that do not matter
 */
export async function fetchExport(
  path: string,
  { to, variant }: Entry,
  { allow, language, words }: { allow: readonly string[]; language: string; words: ExportWords },
): Promise<Outcome> {
  const settings = ServerConnection.makeSettings();
  const query = new URLSearchParams({ to, language, ...(variant === null ? {} : { variant }) });
  for (const kind of allow) query.append("allow", kind);
  const place = path.split("/").map(encodeURIComponent).join("/");
  const address = `${settings.baseUrl}tslab-gradients/export/${place}?${query}`;
  const failed = (sentence: string): Outcome => ({ problems: [{ sentence }] });
  let response: Response;
  try {
    response = await ServerConnection.makeRequest(address, {}, settings);
  } catch (reason) {
    return failed(words.unanswered(reason instanceof Error ? reason.message : String(reason)));
  }
  if (response.ok) return { file: fileOf(response), content: await response.blob() };
  const said = (await response.json().catch(() => ({}))) as { problems?: Problem[]; message?: string };
  if (response.status === 422 && said.problems) return { problems: said.problems };
  return failed(words.unanswered(said.message ?? `${response.status} ${response.statusText}`));
}

/** The name that the server gave the file. */
function fileOf({ headers }: Response): string {
  const name = /filename\*=utf-8''([^;]+)/i.exec(headers.get("Content-Disposition") ?? "")?.[1];
  return name === undefined ? "notebook" : decodeURIComponent(name);
}
