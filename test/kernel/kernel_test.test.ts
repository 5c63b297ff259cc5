import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

// jupyter_kernel_test with every sample filled in; only the pager, which Jupyter's front ends have no more, is skipped.
test("jupyter_kernel_test passes", () => {
  const { status, stderr } = spawnSync(".venv/bin/python", ["test/kernel/jupyter_test.py"], {
    env: { ...process.env, PYTHONPATH: ".venv/test", JUPYTER_PATH: ".venv/share/jupyter" },
    encoding: "utf8",
  });
  expect(stderr).toContain("OK (skipped=1)");
  expect(stderr).toMatch(/test_pager .*skipped/);
  expect(status).toBe(0);
}, 120_000);
