import { asset } from "./asset";

const loading = new Map<string, Promise<void>>();

/** Runs one of the extension's scripts, once; one that could not be loaded is tried again. */
export function runScript(name: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const run = fetched(name).catch((reason: unknown) => {
    loading.delete(name);
    throw reason;
  });
  loading.set(name, run);
  return run;
}

function fetched(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = asset(name);
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${script.src} could not be loaded: is JupyterLab's server still running?`));
    };
    document.head.append(script);
  });
}
