import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { getBackend, tensor } from "../../dist/index.js";

it("tfjs-node is loaded without the modules that look for its binding, which are there for whoever asks", ({
  skip,
}) => {
  expect(tensor([[1, 2]]).arraySync()).toEqual([[1, 2]]);
  skip(getBackend() !== "native", "native TensorFlow is not here");
  const own = createRequire(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json"));
  const finder = own.resolve("@mapbox/node-pre-gyp");
  expect(own.cache[finder]).toBeUndefined();
  // Its own, and not what stood in its place.
  expect(own("@mapbox/node-pre-gyp")).toHaveProperty("mockS3Http");
});
