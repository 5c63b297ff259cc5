import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium } from "../browser/chromium";
import { checkout, emptyFolder } from "./project.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

/** The first menu and the submenu of exports of what `npm start` opens for a reader with this environment and choice. */
async function menus(environment: NodeJS.ProcessEnv, chosen: string | null): Promise<string[]> {
  const config = emptyFolder();
  const settings = join(config, "lab", "user-settings", "@jupyterlab", "translation-extension");
  mkdirSync(settings, { recursive: true });
  if (chosen !== null)
    writeFileSync(join(settings, "plugin.jupyterlab-settings"), JSON.stringify({ locale: chosen }));
  const npm = spawn("npm", ["start", "--", "--no-browser", "--port=0", "--ServerApp.token=t"], {
    cwd: checkout,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "",
      LC_MESSAGES: "",
      LANG: "",
      LANGUAGE: "",
      TSLAB_GRADIENTS_LANGUAGE: "",
      JUPYTER_CONFIG_DIR: config,
      ...environment,
    },
  });
  let said = "";
  npm.stderr.on("data", (data: Buffer) => (said += data));
  const address = () => /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
  try {
    await expect.poll(address, { timeout: 60_000 }).toBeDefined();
    const page = await browser.newPage();
    await page.goto(`${address()}lab?token=t`);
    const bar = page.locator(".lm-MenuBar-itemLabel");
    await bar.first().click();
    const item = page.locator('.lm-Menu-item[data-type="submenu"]').getByText(/Export|导出/);
    const words = [await bar.first().textContent(), await item.textContent()];
    await page.close();
    return words.map(String);
  } finally {
    const ended = once(npm, "exit");
    npm.kill("SIGTERM");
    await ended;
  }
}

const chinese = ["文件", "保存并导出笔记本为"];
const english = ["File", "Save and Export Notebook As"];

describe.runIf(process.platform === "linux")("npm start opens JupyterLab in the reader's language", () => {
  it.each<[string, NodeJS.ProcessEnv, string | null, string[]]>([
    ["LANG is Chinese", { LANG: "zh_CN.UTF-8" }, null, chinese],
    ["LC_ALL goes before LANG", { LC_ALL: "en_US.UTF-8", LANG: "zh_CN.UTF-8" }, null, english],
    ["LC_MESSAGES is Chinese", { LC_MESSAGES: "zh_CN.UTF-8", LANG: "en_US.UTF-8" }, null, chinese],
    ["nothing is set", {}, null, english],
    ["our own variable goes first", { TSLAB_GRADIENTS_LANGUAGE: "zh", LANG: "en_US.UTF-8" }, null, chinese],
    ["a choice in JupyterLab's settings stays", { LANG: "zh_CN.UTF-8" }, "en", english],
    ["a choice of Chinese stays", { LANG: "en_US.UTF-8" }, "zh_CN", chinese],
  ])("%s", async (_, environment, chosen, expected) => {
    expect(await menus(environment, chosen)).toEqual(expected);
  });
});
