import { appendFileSync, cpSync, existsSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout, Project } from "./project";

/** A project with the kernels' sources and what compiles them. */
function withSources(): Project {
  const project = new Project();
  cpSync(join(checkout, "src/tensorflow/cpp"), project.path("src/tensorflow/cpp"), { recursive: true });
  const headers = "node_modules/node-api-headers";
  symlinkSync(join(checkout, headers), project.path(headers));
  return project;
}

const setUp = `
  const kernels = await import("./compiledkernels.mjs");
  console.log(kernels.kernelsReady(), await kernels.setUpKernels(() => {}), kernels.kernelsReady(), kernels.kernelsState());`;
const tried = (project: Project, env?: NodeJS.ProcessEnv): string => {
  const { status, out, error } = project.evaluate(setUp, env);
  expect({ status, error }).toEqual({ status: 0, error: "" });
  return out.trim();
};
const noCompiler = { PATH: "", CXX: "", PIP_NO_INDEX: "1", PIP_FIND_LINKS: "", PIP_CONFIG_FILE: devNull };

describe("compiled kernels", () => {
  it("are compiled once for all checkouts, anew where a source changed or the cache's copy is broken", () => {
    const project = withSources();
    const addon = project.path("node_modules/.cache/tslab-gradients/kernels.node");
    const works = /^false undefined true (baseline|avx2|avx512)$/;
    expect(tried(project)).toMatch(works);
    const entries = join(project.cache, "kernels");
    expect(readdirSync(entries)).toHaveLength(1);
    // The cache's copy serves without any compiler.
    const again = withSources();
    expect(tried(again, { ...noCompiler, TSLAB_GRADIENTS_CACHE: project.cache })).toMatch(works);
    writeFileSync(addon, "broken");
    const made = tried(again, { TSLAB_GRADIENTS_CACHE: project.cache });
    expect(made).toMatch(/^true undefined true /);
    appendFileSync(project.path("src/tensorflow/cpp/gelu.h"), "// Changed.\n");
    expect(tried(project)).toMatch(works);
    expect(readdirSync(entries)).toHaveLength(2);
    const loads = project.evaluate(`
      const { createRequire } = await import("node:module");
      console.log(createRequire(import.meta.url)(${JSON.stringify(addon)}).threads(2) > 0);`);
    expect(loads.out).toBe("true");
  });

  it("are done without where nothing compiles, which is told once", () => {
    const project = withSources();
    expect(tried(project, noCompiler)).toMatch(
      /^false The kernels for wide networks could not be compiled here, so TensorFlow does without them: .* The reason: .*\. true .+$/,
    );
    expect(existsSync(project.path("node_modules/.cache/tslab-gradients/kernels.node"))).toBe(false);
    expect(readdirSync(join(project.cache, "kernels"))).toEqual([]);
  });

  it("are not asked for with TSLAB_GRADIENTS_KERNELS=0", () => {
    const ready = `console.log((await import("./compiledkernels.mjs")).kernelsReady());`;
    const project = withSources();
    expect(project.evaluate(ready, { TSLAB_GRADIENTS_KERNELS: "0" }).out).toBe("true");
    expect(project.evaluate(ready).out).toBe("false");
  });
});
