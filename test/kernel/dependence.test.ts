import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staleCells } from "../../dist/runtime/stalecells";
import { Client } from "./client";

const page = readFileSync("docs/dependence.md", "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``, "g"))].map(([, text]) => text!);
const cells = blocks("ts").map((code, i) => ({ id: `cell-${i + 1}`, code }));
const [request, reply, opened, answered] = blocks("json").map((text) => JSON.parse(text) as unknown) as [
  { cellId: string; deletedCells: string[] },
  { "tslab-gradients": object },
  { sources: string[] },
  object,
];
/** The fields that a table of the page explains: what stands first in its rows. */
const explained = [...page.matchAll(/^\| `([\w.]+)` /gm)].map(([, field]) => field!);

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(() => kernel.shutdown());

test("the page's example of a reply is what the kernel sends", async () => {
  expect(cells).toHaveLength(3);
  const { deletedCells } = request;
  for (const { id, code } of cells) await kernel.run(code, {}, { cellId: id, deletedCells });
  const again = cells.find(({ id }) => id === request.cellId)!;
  expect((await kernel.run(again.code, {}, { ...request })).metadata).toEqual(reply);
});

test("the page's example of an answer is what the kernel sends, once, before it closes the comm", async () => {
  const begun = kernel.heard.length;
  const target = { comm_id: "example", target_name: "tslab-gradients.dependences" };
  kernel.send("shell", "comm_open", { ...target, data: opened });
  const heard = () => kernel.heard.slice(begun).filter(({ content }) => content.comm_id === "example");
  await kernel.until(() => heard().some(({ type }) => type === "comm_close"), 5_000);
  expect(heard().map(({ type }) => type)).toEqual(["comm_msg", "comm_close"]);
  expect(heard()[0]!.content.data).toEqual(answered);
});

test("every field of the examples is explained, and no other", () => {
  const { dependence, ...fields } = reply["tslab-gradients"] as { dependence: object };
  const reasons = ["changed", "other", "overtaken", "stale", "below"];
  expect(explained).toEqual([
    ...Object.keys(request),
    ...Object.keys(fields),
    "dependence",
    ...Object.keys(dependence).map((field) => `dependence.${field}`),
    ...Object.keys(opened),
    ...Object.keys(answered),
    ...reasons,
  ]);
});

test("without a cellId nothing is told: a cell_id is not read", async () => {
  expect((await kernel.run("1", {}, { cell_id: "cell-1" })).metadata).toEqual({});
});

test("a deleted cell leaves the lists, what it declared stays; one that failed has its account", async () => {
  const deletedCells = ["cell-2"];
  const { reply: failed, metadata } = await kernel.run(
    "throw new Error(`${depth}`);",
    {},
    { cellId: "a", deletedCells },
  );
  expect([failed.status, failed.evalue]).toEqual(["error", "2"]);
  expect(metadata["tslab-gradients"]).toMatchObject({
    cell: "a",
    stale: ["cell-3"],
    dependence: { declares: [], uses: ["Error", "depth"], changes: [] },
  });
});

test("what the page says of its notebook is what staleCells finds", async () => {
  const accounts: { declares: string[]; uses: string[]; changes: string[] }[] = [];
  for (const { id, code } of cells) {
    const { metadata } = await kernel.run(code, {}, { cellId: id });
    accounts.push((metadata["tslab-gradients"] as { dependence: (typeof accounts)[number] }).dependence);
  }
  // In their order, and then the first again.
  const found = staleCells([4, 2, 3].map((order, i) => ({ order, ...accounts[i]! })));
  expect(found.map(({ cell, name, reason }) => [cell + 1, name, reason])).toEqual([
    [2, "sizes", "changed"],
    [3, "depth", "stale"],
  ]);
});
