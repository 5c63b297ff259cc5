import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run(
    'import { display } from "tslab"; const host = (globalThis as any)[Symbol.for("tslab-gradients.kernel")]',
  );
}, 60_000);
afterAll(() => kernel.shutdown());

const asResult = (bundle: string): string => `({ [Symbol.for("Jupyter.display")]: () => (${bundle}) })`;
const circle = "(() => { const a: any = {}; a.a = a; return a; })()";

/** What must not be sent, and the sentence under the cell. */
const refused: [what: string, bundle: string, sentence: string][] = [
  [
    "a BigInt",
    '{ "application/json": { a: 1n } }',
    'The output\'s "application/json" cannot be sent as JSON: Do not know how to serialize a BigInt.',
  ],
  [
    "a circle",
    `{ "application/json": ${circle} }`,
    'The output\'s "application/json" cannot be sent as JSON: Converting circular structure to JSON.',
  ],
  [
    "a toJSON that throws",
    '{ "application/vnd.a+json": { toJSON() { throw new Error("no") } } }',
    'The output\'s "application/vnd.a+json" cannot be sent as JSON: no.',
  ],
  [
    "a function as JSON",
    '{ "application/json": () => 1 }',
    'The output\'s "application/json" is a function; expected what JSON can hold.',
  ],
  ["a number as text", '{ "text/plain": 5 }', 'The output\'s "text/plain" is 5; expected a string.'],
  [
    "lines as text",
    '{ "text/html": ["a", "b"] }',
    'The output\'s "text/html" is ["a","b"]; expected a string.',
  ],
  ["null as SVG", '{ "image/svg+xml": null }', 'The output\'s "image/svg+xml" is null; expected a string.'],
  [
    "an address as a picture",
    '{ "image/png": "data:image/png;base64,AAAA" }',
    'The output\'s "image/png" is "data:image/png;base64,AAAA"; expected bytes, or base64.',
  ],
  [
    "metadata with a BigInt",
    '{ data: { "text/plain": "a" }, metadata: { a: 1n } }',
    "The output's metadata cannot be sent as JSON: Do not know how to serialize a BigInt.",
  ],
  [
    "metadata that is a list",
    '{ data: { "text/plain": "a" }, metadata: [] }',
    "The output's metadata is []; expected an object.",
  ],
];

describe.each(refused)("%s", (_, bundle, sentence) => {
  const expected = { ename: "TypeError", evalue: sentence };

  test("as a result is an error of the cell", async () => {
    const { reply, outputs } = await kernel.run(asResult(bundle));
    expect(outputs.map(({ type }) => type)).toEqual(["error"]);
    expect(outputs[0]!.content).toMatchObject(expected);
    expect(reply).toMatchObject({ status: "error", ...expected });
  });

  test("as a display is an error at its line", async () => {
    const { reply, outputs } = await kernel.run(
      `const { data = null, metadata = {} } = (${bundle}) as any;\nhost.publish("display_data", { data: data ?? (${bundle}), metadata, transient: {} })`,
    );
    expect(outputs.map(({ type }) => type)).toEqual(["error"]);
    expect(outputs[0]!.content).toMatchObject(expected);
    expect(outputs[0]!.content.traceback.join("\n")).toContain(":2:6");
    expect(reply).toMatchObject({ status: "error", ...expected });
  });
});

test("tslab's own display is checked as well", async () => {
  const { outputs } = await kernel.run("display.html(5 as any)");
  expect(outputs[0]).toMatchObject({ type: "error", content: { ename: "TypeError" } });
});

test("a value that fails to show itself is an error at the reader's line, and the kernel goes on", async () => {
  const { reply, outputs } = await kernel.run(
    '({\n  [Symbol.for("Jupyter.display")]() {\n    throw new RangeError("no");\n  },\n})',
  );
  expect(outputs.map(({ type }) => type)).toEqual(["error"]);
  expect(outputs[0]!.content).toMatchObject({ ename: "RangeError", evalue: "no" });
  expect(outputs[0]!.content.traceback.join("\n")).toContain(":3:11");
  expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
  expect((await kernel.run(asResult("[]"))).outputs[0]!.content.evalue).toBe(
    'Symbol.for("Jupyter.display") gave []; expected an object with a MIME type for each form, such as { "text/html": "…" }.',
  );
  expect((await kernel.run("1 + 1")).outputs[0]!.content.data["text/plain"]).toBe("2");
});

test("what was to be done before the cell ends and fails is an error of the cell", async () => {
  const { reply, outputs } = await kernel.run(
    'host.beforeEnd(async () => { throw new Error("late") }); host.beforeEnd(() => { throw new Error("sync") }); host.beforeEnd(async () => console.log("done")); 5',
  );
  expect(outputs.map(({ type }) => type)).toEqual(["execute_result", "error", "error", "stream"]);
  expect(reply).toMatchObject({ status: "error", evalue: "late" });
});

test("user expressions that cannot be sent are answered with their errors", async () => {
  const { reply } = await kernel.run("1", {
    user_expressions: { bad: asResult('{ "text/plain": 5 }'), good: "2" },
  });
  expect(reply).toMatchObject({
    status: "ok",
    user_expressions: { bad: { status: "error", ename: "TypeError" }, good: { status: "ok" } },
  });
});

test("bytes are sent as base64, text as it is, and what is undefined is not sent", async () => {
  const { outputs } = await kernel.run(
    asResult(
      '{ "image/png": Uint8Array.of(1, 2, 255), "image/gif": Buffer.from("a").buffer.slice(0, 0), "image/jpeg": "QUJD", "text/html": undefined, "application/json": [1, null] }',
    ),
  );
  expect(outputs[0]!.content.data).toEqual({
    "image/png": "AQL/",
    "image/gif": "",
    "image/jpeg": "QUJD",
    "application/json": [1, null],
    "text/plain": expect.any(String) as string,
  });
});
