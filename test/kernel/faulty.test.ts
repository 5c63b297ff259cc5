import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";
import { cells, files } from "./faulty";
import type { Received } from "./wire";

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-faulty-")));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What an output looks like, without its colours. */
function seen({ type, content }: Received): string {
  if (type === "error") return (content.traceback as string[]).join("\n").replace(/\u001b\[[\d;]*m/g, "");
  if (type === "stream") return String(content.text).trimEnd();
  return String((content.data as { [type: string]: unknown })["text/plain"]);
}

// Read one by one when they were written down: the place, the caret and the words are right.
test.each([
  ["en", "C"],
  ["zh", "zh_CN.UTF-8"],
])(
  "faulty cells are told of in %s as it is written down",
  async (language, locale) => {
    const env = { LC_ALL: locale, LANGUAGE: "" };
    const kernel = await Client.start({ cwd: folder, env });
    let text = "";
    for (const cell of cells) {
      const { outputs } = await kernel.run(cell);
      const [head, ...rest] = cell.split("\n");
      text += [`>>> ${head}`, ...rest.map((line) => `... ${line}`), ...outputs.map(seen), "", ""].join("\n");
    }
    await kernel.shutdown();
    expect(text).not.toContain(folder);
    expect(text).not.toContain("node_modules");
    await expect(text).toMatchFileSnapshot(`faulty.${language}.txt`);
  },
  120_000,
);
