import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { backends } from "./secondact";

describe.each(backends)("50,000 passes in one cell on %s leave memory flat", (backend) => {
  it.each(["layerGradients", "backward", "step", "anew"])("%s", (kind) => {
    const program = join(__dirname, "passes.mjs");
    const out = execFileSync(process.execPath, [program, backend, kind, "50000"], { encoding: "utf8" });
    const { megabytes, tensors } = JSON.parse(out) as { megabytes: number; tensors: number };
    // Networks made anew are searched for once in 1,500 passes or so; 50,000 of them would be a million tensors.
    expect(tensors).toBeLessThan(kind === "anew" ? 2 ** 15 : 1);
    expect(megabytes).toBeLessThan(120);
  });
});
