import "./labassets";
import { type SharedScope, load, share } from "./sharedmodules";

/** What JupyterLab asks of an extension's bundle: a module-federation container. */
interface Container {
  init(scope: SharedScope): void;
  get(module: string): Promise<() => unknown>;
}

const modules: Record<string, () => Promise<{ default: unknown }>> = {
  "./extension": () => import("./plugin.js"),
};

const container: Container = {
  init: share,
  async get(name) {
    const module = modules[name];
    if (!module) throw new Error(`tslab-gradients has no module "${name}".`);
    await load(
      "@codemirror/language",
      "@codemirror/state",
      "@codemirror/view",
      "@jupyterlab/apputils",
      "@jupyterlab/cells",
      "@jupyterlab/codemirror",
      "@jupyterlab/coreutils",
      "@jupyterlab/mainmenu",
      "@jupyterlab/notebook",
      "@jupyterlab/rendermime",
      "@jupyterlab/services",
      "@jupyterlab/settingregistry",
      "@jupyterlab/translation",
      "@lumino/widgets",
    );
    const exports = { __esModule: true, default: (await module()).default };
    return () => exports;
  },
};

declare global {
  interface Window {
    _JUPYTERLAB?: Record<string, Container>;
  }
}

(window._JUPYTERLAB ??= {})["tslab-gradients"] = container;
