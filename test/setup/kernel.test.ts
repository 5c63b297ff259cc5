import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkout, Project } from "./project.js";

describe("the launcher", () => {
  let project: Project;
  beforeAll(() => (project = new Project()));

  function launch() {
    const args = [project.path("src/setup/kernel.mjs"), "--config-path", "none.json"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: project.cache, encoding: "utf8" });
    return { status, sentence: stderr };
  }

  it("says that tslab is missing", () => {
    expect(launch()).toEqual({
      status: 2,
      sentence: `The kernel cannot start because the package tslab is missing: run "npm run setup" in ${project.folder}, then start the kernel again.\n`,
    });
  });

  it("says that the build is missing", () => {
    mkdirSync(project.path("node_modules"), { recursive: true });
    symlinkSync(join(checkout, "node_modules/tslab"), project.path("node_modules/tslab"));
    const { status, sentence } = launch();
    expect(status).toBe(2);
    expect(sentence).toMatch(/^The kernel cannot start because the build \(dist\) is missing: run [^\n]*\n$/);
  });
});
