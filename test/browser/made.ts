import type { JupyterLab } from "./jupyterlab";
import type { Notebook } from "./notebook";

/** The little of a notebook's session that the tests use. */
interface Session {
  sessionContext: { session: { kernel: Kernel | null } | null };
}

interface Kernel {
  status: string;
  anyMessage: { connect(slot: (kernel: Kernel, heard: Heard) => void): void };
}

interface Heard {
  direction: string;
  msg: { header: { msg_type: string }; content: object };
}

/** The address of a file for JupyterLab's contents service. */
function contents(lab: JupyterLab, name: string): URL {
  const address = new URL(lab.address(name));
  address.pathname = `/api/contents/${name}`;
  return address;
}

/** The notebook as it was saved. */
export async function readNotebook(lab: JupyterLab, name: string): Promise<object> {
  return (await (await fetch(contents(lab, name))).json()) as object;
}

/** What is written of a cell; the rest is a code cell's that has not run. */
export interface WrittenCell {
  cell_type?: "code" | "markdown";
  source: string;
  outputs?: object[];
  execution_count?: number;
  metadata?: object;
}

/** Writes a notebook of these cells, code alone or more, into the folder that JupyterLab runs on. */
export async function writeNotebook(
  lab: JupyterLab,
  name: string,
  cells: (string | WrittenCell)[],
): Promise<void> {
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
    cells: cells.map((cell, i) => {
      const written = typeof cell === "string" ? { source: cell } : cell;
      const base = { id: `cell-${i + 1}`, metadata: {} };
      if (written.cell_type === "markdown") return { ...base, ...written };
      return { ...base, cell_type: "code", execution_count: null, outputs: [], ...written };
    }),
  };
  const body = JSON.stringify({ type: "notebook", format: "json", content });
  const { ok, status } = await fetch(contents(lab, name), { method: "PUT", body });
  if (!ok) throw new Error(`JupyterLab did not take the notebook: ${status}`);
}

/** Sets a JupyterLab plugin's settings, as a reader does in the settings editor. */
export async function saveSettings(lab: JupyterLab, plugin: string, settings: object): Promise<void> {
  const address = settingsOf(lab, plugin);
  const body = JSON.stringify({ raw: JSON.stringify(settings) });
  const { ok, status } = await fetch(address, { method: "PUT", body });
  if (!ok) throw new Error(`JupyterLab did not take the settings: ${status}`);
}

/** What a reader has set of a JupyterLab plugin. */
export async function readSettings(lab: JupyterLab, plugin: string): Promise<object> {
  return ((await (await fetch(settingsOf(lab, plugin))).json()) as { settings: object }).settings;
}

/** The address of a plugin's settings for JupyterLab's settings service. */
function settingsOf(lab: JupyterLab, plugin: string): URL {
  const address = new URL(lab.address(""));
  address.pathname = `/lab/api/settings/${plugin}`;
  return address;
}

/** Waits until the notebook's kernel can run cells: before that JupyterLab asks which one to start. */
export async function kernelReady({ page }: Notebook): Promise<void> {
  await page.waitForFunction(() => {
    const widget = window.jupyterapp?.shell.currentWidget as unknown as Session | null;
    return widget?.sessionContext.session?.kernel?.status === "idle";
  });
}

/** A message that came from the kernel, and when, in milliseconds. */
interface Recorded {
  time: number;
  type: string;
  content: object;
}

declare global {
  interface Window {
    recorded?: Recorded[];
  }
}

/** From now on the page keeps what the kernel says in `window.recorded`. */
export async function recordMessages({ page }: Notebook): Promise<void> {
  await page.evaluate(() => {
    const before = window.recorded;
    window.recorded = [];
    if (before !== undefined) return;
    const { sessionContext } = window.jupyterapp!.shell.currentWidget as unknown as Session;
    sessionContext.session!.kernel!.anyMessage.connect((_, { msg, direction }) => {
      const { header, content } = msg;
      if (direction === "recv")
        window.recorded!.push({ time: performance.now(), type: header.msg_type, content });
    });
  });
}
