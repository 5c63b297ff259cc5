import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../kernel/client";
import { codeCells, readNotebook } from "../notebooks/notebook";
import { nodeOf, nodes } from "./nodes";

const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-packed-"));
/** Somebody's own notebooks, in a path with a blank and Chinese. */
const project = join(folder, "我的 notebooks");
/** A notebook in Downloads. */
const elsewhere = join(folder, "Downloads");

const environment = { ...process.env, TSLAB_GRADIENTS_CACHE: join(folder, "cache") };
const npm = (args: string[], cwd: string): string =>
  execFileSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, encoding: "utf8", env: environment });
const own = (node: string, ...args: string[]): string =>
  execFileSync(node, [join(project, "node_modules", "tslab-gradients", "dist", "cli.js"), ...args], {
    cwd: project,
    encoding: "utf8",
    env: environment,
  });

describe("packed, and installed into an empty folder elsewhere", { timeout: 600_000 }, () => {
  beforeAll(() => {
    for (const made of [project, elsewhere]) mkdirSync(made);
    const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], process.cwd())) as {
      filename: string;
    }[];
    npm(["install", join(folder, packed!.filename)], project);
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves out what nobody asked for, and no package of its own is missing", () => {
    const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
      packages: Record<string, unknown>;
    };
    const names = Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ""));
    for (const large of [
      "@tensorflow/tfjs-node",
      "@sparticuz/chromium",
      "@expo-google-fonts/noto-sans-sc",
      "esbuild",
    ])
      expect(names).not.toContain(large);
    expect(own(process.execPath, "gradients")).toContain("layers.0.0.weight has gradient mean of 0.00020174");
    expect(own(process.execPath, "new", "lesson.ipynb")).toBe("lesson.ipynb\n");
    expect(own(process.execPath, "export", "lesson.ipynb", "--to", "ts", "--allow", "failed")).toContain(
      "Wrote",
    );
  });

  it("has exports and types that every way of importing finds", () => {
    const packed = join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(".tgz"))!,
    );
    const check = (script: string, ...args: string[]): string =>
      execFileSync(process.execPath, [join("node_modules", script), ...args], { encoding: "utf8" });
    expect(check("publint/src/cli.js", packed)).not.toMatch(/Errors:|Warnings:/);
    expect(check("@arethetypeswrong/cli/dist/index.js", packed, "--no-emoji")).toContain("No problems found");
    const program =
      'import { nn, tensor, tf } from "tslab-gradients"; console.log(typeof nn.Linear, tensor([1]).shape, tf.version_core);';
    writeFileSync(join(project, "esm.mjs"), program);
    writeFileSync(
      join(project, "cjs.cjs"),
      program.replace(/import (.*) from (.*?);/, "const $1 = require($2);"),
    );
    for (const file of ["esm.mjs", "cjs.cjs"])
      expect(execFileSync(process.execPath, [file], { cwd: project, encoding: "utf8" })).toBe(
        "function [ 1 ] 4.22.0\n",
      );
  });

  it.each(nodes)("runs the section and a new lesson on %s, here and in any folder", async (_, version) => {
    const node = nodeOf(version, folder);
    const spec = own(node, "install", "--prefix", join(project, `jupyter-${version ?? "own"}`)).trim();
    const { argv } = JSON.parse(readFileSync(join(spec, "kernel.json"), "utf8")) as { argv: string[] };
    const section = codeCells(readNotebook("notebooks/en/shortcut-connections.ipynb"));
    const lesson = codeCells(readNotebook(join(project, "lesson.ipynb")));
    for (const [cwd, cells] of [
      [project, section],
      [elsewhere, lesson],
    ] as const) {
      const kernel = await Client.start({
        cwd,
        command: argv.slice(0, argv.indexOf("--config-path")),
        env: { TSLAB_GRADIENTS_CACHE: environment.TSLAB_GRADIENTS_CACHE },
      });
      try {
        let figures = 0;
        let printed = "";
        for (const { source, metadata } of cells) {
          const { outputs } = await kernel.run([source].flat().join(""));
          const isToFail = (metadata as { tags?: string[] }).tags?.includes("raises-exception") === true;
          const errors = outputs.filter(({ type }) => type === "error").map(({ content }) => content.evalue);
          expect(errors).toHaveLength(isToFail ? 1 : 0);
          for (const { type, content } of outputs) {
            if (type === "stream") printed += String(content.text);
            const data = (content.data ?? {}) as Record<string, unknown>;
            if ("application/vnd.plotly.v1+json" in data && "image/png" in data && "image/svg+xml" in data)
              figures++;
          }
        }
        expect(figures).toBeGreaterThan(0);
        expect(printed).toContain("layers.0.0.weight has gradient mean of 0.00020174");
        expect(kernel.log).toBe("");
      } finally {
        await kernel.shutdown();
      }
    }
  });
});
