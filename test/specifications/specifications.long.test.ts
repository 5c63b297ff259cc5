import { describe, expect, it } from "vitest";
import { loadAddon } from "../../dist/tensorflow/addon.js";
import { backends } from "../nn/secondact.js";
import { specifications } from "./specifications.js";

const addon = loadAddon();
const usable = ["baseline", "avx2", "avx512"].filter((instructions) => addon?.use(instructions));

// Without native TensorFlow no compiled kernel is in use.
describe.runIf(backends.includes("native"))("TensorFlow.js's own specifications", () => {
  it.each(["0", ...usable])("that hold on native TensorFlow hold with the kernels %s", async (kernels) => {
    const { total, failed } = await specifications("native", kernels);
    expect(failed).toEqual({});
    expect(total).toBeGreaterThan(4000);
  });
});
