import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Those that take long run by vitest.long.config.mts.
    exclude: [...configDefaults.exclude, "test/**/*.long.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A page on a busy machine answers late.
    expect: { poll: { timeout: 15_000 } },
    // Two at once: each of the heavy ones starts a kernel or a browser of its own.
    maxWorkers: 2,
    // The tests take the compiled package, as a kernel does.
    server: { deps: { external: [/[\\/]dist[\\/]/] } },
    pool: "forks",
  },
});
