import { chmodSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { needSpace } from "../../src/setup/trouble.mjs";
import { emptyFolder, Project } from "./project.js";

describe("one sentence each for", () => {
  let project: Project;
  beforeAll(() => (project = new Project()));

  it("no network", () => {
    const broken = new Project();
    const dependency = { version: "1.0.0", integrity: "sha512-AAAA" };
    const packages = {
      "": { name: "x", dependencies: { "left-pad": "1.0.0" } },
      "node_modules/left-pad": dependency,
    };
    broken.write("package.json", JSON.stringify(packages[""]));
    broken.write(
      "package-lock.json",
      JSON.stringify({ name: "x", lockfileVersion: 3, requires: true, packages }),
    );
    const nowhere = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: emptyFolder(),
    };
    const { status, error } = broken.run("build", nowhere);
    expect(status).toBe(1);
    expect(error).toMatch(/^npm could not reach its package registry: check [^\n]*$/);
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
