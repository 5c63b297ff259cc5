import { describe, expect, it } from "vitest";
import { backends } from "../nn/secondact.js";
import { specifications } from "./specifications.js";

describe("TensorFlow.js's own specifications", () => {
  it.each(backends)("that hold on its %s backend hold with our kernels", async (backend) => {
    const { total, failed } = await specifications(backend);
    expect(failed).toEqual({});
    // @tensorflow/tfjs-core 4.22.0 has more than 4,200 for Node.
    expect(total).toBeGreaterThan(4000);
  });
});
