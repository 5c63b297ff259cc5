import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadAddon } from "../../dist/tensorflow/addon.js";

const root = join(__dirname, "../..");
const library = join(root, "node_modules/@tensorflow/tfjs-node/deps/lib");

/** Runs a program in a process of its own; `mapped()` says whether TensorFlow's library is in its memory. */
function run(program: string): { status: number | null; stdout: string; stderr: string } {
  const before = `
    const { tf, tensor, manualSeed, ExampleDeepNeuralNetwork, printGradients, setBackend } = require("./dist");
    const mapped = () => require("node:fs").readFileSync("/proc/self/maps", "utf8").includes("tensorflow_cc");`;
  return spawnSync(process.execPath, ["-e", before + program], {
    cwd: root,
    env: { ...process.env, TSLAB_GRADIENTS_BACKEND: "native" },
    encoding: "utf8",
  });
}

// Where the set-up found no compiler or no TensorFlow there is nothing to wait for.
describe.skipIf(process.platform !== "linux" || loadAddon() === null || !existsSync(library))(
  "TensorFlow's library",
  () => {
    it("stays where it is for the section's networks, and comes when an operation needs it, in silence", () => {
      const { stdout, stderr } = run(`
        const x = tensor([[1, 0, -1]]);
        manualSeed(123);
        printGradients(new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut: true }), x);
        printGradients(new ExampleDeepNeuralNetwork(Array(4).fill(300)), tf.ones([80, 300]));
        console.log(tf.mean(tf.abs(x)).dataSync()[0].toFixed(3), mapped());
        console.log(Array.from(tf.cumsum(x, 1).dataSync()), mapped());`);
      expect(stderr).toBe("");
      expect(stdout.split("\n").slice(-3)).toEqual(["0.667 false", "[ 1, 1, 0 ] true", ""]);
    });

    it("is missed in one sentence", () => {
      const { status, stderr } = run(`
        process.dlopen = () => { throw new Error("libtensorflow.so.2: cannot open shared object file"); };
        try { tf.cumsum(tensor([[1, 0, -1]])).print(); } catch (error) { console.error(error.message); process.exit(3); }`);
      expect(status).toBe(3);
      expect(stderr).toBe(
        'Native TensorFlow cannot be loaded: libtensorflow.so.2: cannot open shared object file. Run "npm run setup".\n',
      );
    });
  },
);
