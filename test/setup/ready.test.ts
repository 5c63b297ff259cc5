import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "./project.js";

describe("a checkout that is set up", () => {
  const setUp = () => {
    const env = { ...process.env, LANG: "C.UTF-8", LC_ALL: "", LANGUAGE: "" };
    return spawnSync(process.execPath, [join(checkout, "src/setup/main.mjs"), "setup"], {
      env,
      encoding: "utf8",
    });
  };

  it("has no step with anything to do", () => {
    setUp();
    expect(setUp()).toMatchObject({ status: 0, stdout: "Everything is ready.\n", stderr: "" });
  });
});
