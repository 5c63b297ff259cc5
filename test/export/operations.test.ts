import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { functions } from "../../src/page/pageoperations.mjs";

test("the reference lists the operations that a page offers", () => {
  const reference = readFileSync("docs/reference.md", "utf8");
  const [list = ""] = /(?<=A page has these of TensorFlow\.js; [^:]*: )[^.]*(?=\.)/.exec(reference) ?? [];
  expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(functions);
});
