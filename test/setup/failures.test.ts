import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { needSpace } from "../../src/setup/trouble.mjs";
import { emptyFolder, Project } from "./project.js";

describe("one sentence each for", () => {
  let project: Project;
  beforeAll(() => (project = new Project()));

  it("a folder for temporary files that is none, and does without it", () => {
    const { status, error } = new Project().run("build", { TMPDIR: join(project.cache, "none") });
    expect(status).toBe(0);
    expect(error).toMatch(
      /^The folder for temporary files, .*none \(TMPDIR\), is missing or cannot be written; \S+ is used in its place\.$/,
    );
  });

  // Root may write everywhere, so it plays somebody else.
  it("a folder that cannot be written", (context) => {
    const others = process.getuid?.() === 0 ? { uid: 65534 } : {};
    chmodSync(project.folder, 0o555);
    const { status, error } = project.run("build", {}, others);
    chmodSync(project.folder, 0o755);
    if (status === null) return context.skip();
    expect(status).toBe(1);
    expect(error).toBe(
      `${project.folder} cannot be written: make it yours, or copy the project to a folder of your own, then run this again.`,
    );
  });

  it("a cache folder that cannot be made", () => {
    const file = `${emptyFolder()}/file`;
    writeFileSync(file, "");
    const { status, error } = project.run("build", { TSLAB_GRADIENTS_CACHE: `${file}/cache` });
    expect(status).toBe(1);
    expect(error).toMatch(
      /^The cache folder .*file\/cache cannot be written: [^\n]*TSLAB_GRADIENTS_CACHE\.$/,
    );
  });

  it("a full disk", () => {
    expect(() => needSpace(emptyFolder(), 1e12)).toThrow(
      /^There is too little disk space in .*: free 1000000000000 MB/,
    );
  });

  it("an unknown command", () => {
    expect(project.run("frobnicate")).toMatchObject({
      status: 2,
      error: expect.stringMatching(/^Usage: [^\n]*$/),
    });
  });
});
