import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";

const folder = join(__dirname, "../../page/live");
const kept = new Map<string, string>();

/** A file that the build made for pages: their scripts, plotly.js and the styles. */
export function asset(name: string): string {
  const text = kept.get(name) ?? readFileSync(join(folder, name), "utf8");
  kept.set(name, text);
  return text;
}

/** Such a file as the page's `unpacked` takes it. */
export function packedAsset(name: string): string {
  const key = `packed ${name}`;
  const text = kept.get(key) ?? packed(asset(name));
  kept.set(key, text);
  return text;
}

/** A text as the page's `unpacked` takes it. */
export function packed(text: string): string {
  return deflateRawSync(text, { level: 9 }).toString("base64url");
}

/** How a Content Security Policy names an inline script. */
export function policyHash(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
