import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";

/** Debian's Firefox, or another that is named. */
export const firefoxPath = [
  process.env.TSLAB_GRADIENTS_FIREFOX,
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
].find((path) => path !== undefined && existsSync(path));

type Result = { [key: string]: unknown };

/** A page in Firefox, by the W3C's WebDriver BiDi, which Firefox speaks itself. */
export interface FirefoxPage {
  open(file: string): Promise<void>;
  /** Waits for the value of an expression that runs in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until an expression is true in the page. */
  until(expression: string): Promise<void>;
  size(width: number, height: number): Promise<void>;
  /** Presses keys one after another, a list at once; those without a letter by WebDriver's code points. */
  press(...keys: (string | string[])[]): Promise<void>;
  /** What failed in the page, and was written to its console as an error. */
  readonly problems: string[];
  end(): Promise<void>;
}

export async function startFirefox(): Promise<FirefoxPage> {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const browser = spawn(
    firefoxPath!,
    ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile } },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    browser.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    browser.once("exit", () => reject(new Error(`Firefox did not start: ${said}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map<number, { resolve(result: Result): void; reject(error: Error): void }>();
  const problems: string[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Result & { id?: number; params?: Result };
    if (message.method === "log.entryAdded" && message.params?.level === "error")
      problems.push(String(message.params.text));
    // A page that is left asks about its edits.
    if (message.method === "browsingContext.userPromptOpened")
      void ask("browsingContext.handleUserPrompt", { context: message.params?.context, accept: true });
    const asked = waiting.get(message.id ?? -1);
    if (message.type === "error") asked?.reject(new Error(String(message.message)));
    else asked?.resolve(message.result as Result);
  });
  let id = 0;
  const ask = (method: string, params: object): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.set(++id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask("session.new", { capabilities: {} });
  await ask("session.subscribe", { events: ["log.entryAdded", "browsingContext.userPromptOpened"] });
  const { contexts } = (await ask("browsingContext.getTree", {})) as { contexts: { context: string }[] };
  const { context } = contexts[0]!;
  const evaluate = async <T>(expression: string): Promise<T> => {
    const answer = await ask("script.evaluate", {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context },
      awaitPromise: true,
    });
    if (answer.type === "exception") throw new Error(JSON.stringify(answer.exceptionDetails));
    return JSON.parse((answer.result as { value: string }).value) as T;
  };
  return {
    problems,
    evaluate,
    open: async (file) =>
      void (await ask("browsingContext.navigate", {
        context,
        url: pathToFileURL(file).href,
        wait: "complete",
      })),
    until: async (expression) => {
      const end = Date.now() + 10_000;
      while (!(await evaluate<boolean>(`Boolean(${expression})`))) {
        if (Date.now() > end) throw new Error(`It never was so: ${expression}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    size: async (width, height) =>
      void (await ask("browsingContext.setViewport", { context, viewport: { width, height } })),
    press: async (...keys) => {
      const actions = keys.flatMap((chord) => [
        ...[chord].flat().map((value) => ({ type: "keyDown", value })),
        ...[chord].flat().map((value) => ({ type: "keyUp", value })),
      ]);
      await ask("input.performActions", { context, actions: [{ type: "key", id: "keys", actions }] });
    },
    end: async () => {
      socket.close();
      const gone = new Promise((resolve) => browser.once("exit", resolve));
      browser.kill("SIGKILL");
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
