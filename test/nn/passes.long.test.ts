import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { backends } from "./secondact";

describe.each(backends)("50,000 passes in one cell on %s leave memory flat", (backend) => {
  it.each(["layerGradients", "backward", "step", "anew"])("%s", (kind) => {
    const program = join(__dirname, "passes.mjs");
    const out = execFileSync(process.execPath, ["--expose-gc", program, backend, kind, "50000"], {
      encoding: "utf8",
    });
    const { megabytes, living, tensors } = JSON.parse(out) as Record<
      "megabytes" | "living" | "tensors",
      number
    >;
    // Networks made anew are searched for once in 1,500 passes or so; 50,000 of them would be a million tensors.
    expect(tensors).toBeLessThan(kind === "anew" ? 2 ** 15 : 1);
    // A number kept by each pass would be more; the process itself also holds what V8 has not yet looked through.
    expect(living).toBeLessThan(kind === "anew" ? 100 : 8);
    expect(megabytes).toBeLessThan(250);
  });
});
