/** A script that the page holds as inert text, as an address to load it from. */
export function scriptAddress(id: string): string {
  const text = document.getElementById(id)?.textContent ?? "";
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

/** Runs such a script, once. */
export function loadScript(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scriptAddress(id);
    script.dataset.live = "";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`The page's script ${id} is broken.`));
    document.head.append(script);
  });
}
