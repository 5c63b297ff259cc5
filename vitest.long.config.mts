import { configDefaults, defineConfig } from "vitest/config";
import config from "./vitest.config.mjs";

/** The tests that take too long for every change: `npm run test:long`. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/**/*.long.test.ts"],
    exclude: configDefaults.exclude,
    testTimeout: 600_000,
  },
});
