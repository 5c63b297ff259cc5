import { unpacked } from "./packed";

/** A script that the page holds as inert text, as an address to load it from. */
export function scriptAddress(id: string): string {
  return addressOf(document.getElementById(id)?.textContent ?? "");
}

function addressOf(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}

/** Such a script, unpacked where the page holds it packed. */
async function unpackedAddress(id: string): Promise<string> {
  const held = document.getElementById(id);
  if (held?.dataset.packed === undefined) return scriptAddress(id);
  return addressOf(await unpacked(held.textContent ?? ""));
}

/** Runs such a script, once. */
export async function loadScript(id: string): Promise<void> {
  const address = await unpackedAddress(id);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.dataset.live = "";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`The page's script ${id} is broken.`));
    document.head.append(script);
  });
}
