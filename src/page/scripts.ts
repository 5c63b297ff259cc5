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

/** A text deflated, base64url: as an address or a page carries it. */
export async function packed(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export async function unpacked(text: string): Promise<string> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes])
    .stream()
    .pipeThrough(stream as ReadableWritablePair<Uint8Array, BufferSource>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
