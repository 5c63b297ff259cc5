import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the reference lists the operations that a page offers", () => {
  const own = [...readFileSync("src/page/worker/tf.ts", "utf8").matchAll(/^ {2}(\w+),$/gm)].map(
    ([, name]) => name!,
  );
  const reference = readFileSync("docs/reference.md", "utf8");
  const [list = ""] = /(?<=A page has these of TensorFlow\.js; [^:]*: )[^.]*(?=\.)/.exec(reference) ?? [];
  expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(own);
});
