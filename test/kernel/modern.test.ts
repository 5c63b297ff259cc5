import { expect, test } from "vitest";
import { differing } from "./modern";

test("cells are today's TypeScript", async () => {
  expect(await differing(process.execPath)).toEqual([]);
}, 120_000);
