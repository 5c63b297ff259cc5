import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { once } from "node:events";
import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./project.js";

describe("the build", () => {
  let project: Project;
  beforeAll(() => (project = new Project()));
  const built = () => readFileSync(project.path("dist/index.js"), "utf8");
  const done = /^Build: done/m;

  it("is made, and the package's own name leads to it", () => {
    expect(project.run("build")).toMatchObject({ status: 0, out: expect.stringMatching(done) });
    expect(built()).toContain("42");
    expect(realpathSync(project.path("node_modules/tslab-gradients"))).toBe(project.folder);
  });

  it("is left alone a second time", () => {
    expect(project.run("build")).toEqual({ status: 0, out: "", error: "" });
  });

  it("follows a changed source", () => {
    project.write("src/index.ts", "export const answer: number = 43;\n");
    expect(project.run("build").out).toMatch(done);
    expect(built()).toContain("43");
  });

  it("is made anew where it, its stamp or the link went missing", () => {
    rmSync(project.path("dist/index.js"));
    expect(project.run("build").out).toMatch(done);
    project.write("node_modules/.cache/tslab-gradients/build.json", '{ "sources": "0');
    expect(project.run("build").out).toMatch(done);
    rmSync(project.path("node_modules/tslab-gradients"));
    expect(project.run("build").out).toMatch(/^node_modules\/tslab-gradients: done/m);
    expect(project.run("build").out).toBe("");
  });

  it("stays as it was when the sources do not compile", () => {
    project.write("src/index.ts", 'export const answer: number = "no";\n');
    const { status, error } = project.run("build");
    expect(status).toBe(1);
    expect(error).toMatch(/TS2322[^]*\nThe build failed; the lines above say where\.$/);
    expect(built()).toContain("43");
  });

  it.each(["SIGINT", "SIGKILL"] as const)("is repaired after a %s half-way", async (signal) => {
    project.write("src/index.ts", `export const answer = "after ${signal}";\n`);
    const child = project.start("build");
    let error = "";
    child.stderr.on("data", (data: Buffer) => (error += data));
    await once(child.stdout, "data");
    child.kill(signal);
    await once(child, "close");
    if (signal === "SIGINT") expect(error.trim()).toMatch(/^Stopped\. Run the same command again/);
    expect(project.run("build")).toMatchObject({ status: 0, out: expect.stringMatching(done) });
    expect(built()).toContain(`after ${signal}`);
    expect(readdirSync(project.path("node_modules/.cache/tslab-gradients"))).toEqual(["build.json"]);
    expect(existsSync(project.path("dist/index.d.ts"))).toBe(false);
  });
});
