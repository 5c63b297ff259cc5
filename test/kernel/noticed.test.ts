import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Client } from "./client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(() => kernel.shutdown());

interface Account {
  declares: string[];
  uses: string[];
  changes: string[];
}

/** Runs a cell, and gives what the kernel tells of it. */
async function accountOf(code: string): Promise<Account> {
  const { metadata, reply } = await kernel.run(code, {}, { cellId: "cell" });
  expect(reply.status).toBe("ok");
  return (metadata["tslab-gradients"] as { dependence: Account }).dependence;
}

const changesOf = async (code: string): Promise<string[]> => (await accountOf(code)).changes.sort();

beforeEach(async () => {
  await accountOf(`import { backward, manualSeed, nn, optim, tensor } from "tslab-gradients";
manualSeed(123);
let model = new nn.Sequential(new nn.Linear(2, 1));
let twin = new nn.Sequential(...model);
let optimizer = new optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
let list = [1, 2];
let alias = list;
let grow = (values: number[]) => values.push(3);
let count = 0;
let increase = () => void count++;
let map = new Map<string, number>();
let loss = () => new nn.MSELoss().forward(model.forward(tensor([[1, 2]])), tensor([[0]]));`);
});

test.each([
  // What the text alone does not tell: calls that alter what they are given, by whatever name.
  ["backward(model, loss);", ["model", "optimizer", "twin"]],
  ["backward(model, loss); optimizer.step();", ["model", "optimizer", "twin"]],
  ["model.append(new nn.GELU()); model;", ["model"]],
  ["grow(list);", ["alias", "list"]],
  ["let more = [alias.reverse()];", ["alias", "list"]],
  ["increase();", ["count"]],
  ['for (const key of ["a"]) map.set(key, 1);', ["map"]],
  ["model = new nn.Sequential(new nn.GELU());", ["model"]],
  // What looks on alters nothing.
  ["model.forward(tensor([[1, 2]])).arraySync();", []],
  ["console.log(model, optimizer, list, map, model.namedParameters());", []],
  ["list.push(9); list.pop();", ["list"]],
  ["count = count;", ["count"]],
])("%s changes %j", async (code, changes) => {
  expect(await changesOf(code)).toEqual(changes);
});

test("a gradient that is computed again is the same, so that nothing is changed", async () => {
  await accountOf("backward(model, loss);");
  expect(await changesOf("backward(model, loss);")).toEqual([]);
  expect(await changesOf("backward(model, loss, { accumulate: true });")).toEqual([
    "model",
    "optimizer",
    "twin",
  ]);
});

test("the default generator hangs draws on seeds, and on the draws before", async () => {
  const name = "default generator";
  expect((await accountOf("manualSeed(1);")).changes).toEqual([name]);
  expect((await accountOf("manualSeed(1);")).uses).not.toContain(name);
  const draw = await accountOf("new nn.Linear(2, 2);");
  expect([draw.uses.includes(name), draw.changes]).toEqual([true, [name]]);
  const seeded = await accountOf("manualSeed(2); new nn.Linear(2, 2);");
  expect([seeded.uses.includes(name), seeded.changes]).toEqual([false, [name]]);
  const none = await accountOf("model.parameters().length");
  expect([none.uses.includes(name), none.changes]).toEqual([false, []]);
});
