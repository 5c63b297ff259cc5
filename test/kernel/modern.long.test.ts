import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { nodeOf, nodes } from "../setup/nodes";
import { differing } from "./modern";

const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-nodes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(nodes.slice(1))(
  "cells are today's TypeScript on %s, or are told what it lacks",
  async (_, version) => {
    expect(await differing(nodeOf(version, folder))).toEqual([]);
  },
  300_000,
);
