import { type Browser, type BrowserContext, chromium } from "playwright-core";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];

/** The browser that set-up found or unpacked. */
export async function startChromium(): Promise<Browser> {
  const { findBrowser } = await import("../../src/setup/browser.mjs");
  const found = findBrowser();
  if (!found) throw new Error("There is no browser to test with: npm test sets one up.");
  const { executablePath, env } = found;
  const whole = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
  return chromium.launch({
    executablePath,
    args: quiet,
    env: Object.fromEntries(whole) as Record<string, string>,
  });
}

/** The requests that a context's pages made to anything but this machine. */
export function foreignRequests(context: BrowserContext): string[] {
  const foreign: string[] = [];
  const look = (address: string) => {
    const { protocol, hostname } = new URL(address);
    if (/^(http|ws)s?:$/.test(protocol) && hostname !== "127.0.0.1") foreign.push(address);
  };
  context.on("request", (request) => look(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => look(socket.url())));
  return foreign;
}
