import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isOfInput } from "../../dist/command/commandmessages";
import { formats, guardKinds, papers, variants } from "../../dist/export";

const referencePath = "test/reference/pytorch.json";
const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));

function run(args: string[], backend = ""): { code: number | null; out: string; err: string } {
  const env = { ...process.env, TSLAB_GRADIENTS_BACKEND: backend };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", ...args], {
    encoding: "utf8",
    env,
  });
  return { code: status, out: stdout, err: stderr };
}

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("gradients", () => {
  it("prints the section's lines", () => {
    const { code, out, err } = run(["gradients", "--layer-sizes", "3,3,3,3,3,1", "--seed", "123"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^layers\.0\.0\.weight has gradient mean of 0\.00020174\d+\n(.*\n){3}layers\.4\.0\.weight .*\n$/,
    );
  });

  it("prints JSON, with shortcuts, the tanh form, an input and a target", () => {
    const args = [
      "--shortcut",
      "--gelu",
      "tanh",
      "--input",
      "[[1, 0, -1], [2, 1, 0]]",
      "--target",
      "0.5",
      "--json",
    ];
    const { code, out } = run(["gradients", "--layer-sizes", "3,3,2", ...args]);
    expect(code).toBe(0);
    const result = JSON.parse(out) as {
      output: number[][];
      gradients: { shape: number[] }[];
      useShortcut: boolean;
    };
    expect(result.output.map((row) => row.length)).toEqual([2, 2]);
    expect(result.gradients.map(({ shape }) => shape)).toEqual([
      [3, 3],
      [2, 3],
    ]);
    expect(result.useShortcut).toBe(true);
  });

  it.each([
    [["--layer-sizes", "3"], "layerSizes is [3]; expected at least two entries"],
    [["--layer-sizes", "3,0,1"], "layerSizes[1] is 0;"],
    [["--layer-sizes", "3,-3,1"], "layerSizes[1] is -3;"],
    [["--layer-sizes", "3,2.5"], "layerSizes[1] is 2.5;"],
    [["--layer-sizes", "3,x"], 'layerSizes[1] is "x";'],
    [["--layer-sizes", "3,NaN"], 'layerSizes[1] is "NaN";'],
    [["--layer-sizes", "1000000,1000000"], "would take 8000.0 GB"],
    [["--seed", "1.5"], '--seed is "1.5"; expected a whole number'],
    [["--seed", "99999999999999999999"], "The seed is 99999999999999999999;"],
    [["--gelu", "quick"], 'The GELU form is "quick"; expected "none" (exact) or "tanh".'],
    [["--input", "[[1, 2]]"], "expected its last size to be 3."],
    [["--input", "[[1, 2, 1e999]]"], "A value of the tensor is Infinity; expected a finite number."],
    [["--input", "1 0 -1"], "expected rows of numbers as JSON"],
    [["--target", "high"], '--target is "high"; expected a finite number.'],
    [["--wat"], "unknown option '--wat'"],
  ])("refuses %j in one sentence, with exit code 2", (args, sentence) => {
    const { code, out, err } = run(["gradients", ...args], "cpu");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("verify", () => {
  it.each(["", "wasm", "cpu"])("finds everything as PyTorch computed it (backend: %s)", (backend) => {
    const { code, out, err } = run(["verify", referencePath], backend);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("parameters equal bit for bit: 120 of 120 networks");
    expect(out).toContain("uniform draws equal bit for bit: 24 of 24");
    expect(out).toContain("gradient means within tolerance: 120 of 120 networks");
  });

  const reference = JSON.parse(readFileSync(referencePath, "utf8")) as {
    networks: Record<string, unknown>[];
    uniform: Record<string, unknown>[];
  };
  const [network] = reference.networks as [Record<string, unknown>];
  const one = (change: object) => ({ networks: [{ ...network, ...change }], uniform: [] });

  it("prints what it recomputed as JSON, in order", () => {
    const path = written("two.json", {
      networks: reference.networks.slice(0, 2),
      uniform: reference.uniform.slice(0, 1),
    });
    const { code, out } = run(["verify", path, "--json"], "cpu");
    expect(code).toBe(0);
    const result = JSON.parse(out) as typeof reference;
    expect(result.networks.map(({ weights_sha256 }) => weights_sha256)).toEqual(
      reference.networks.slice(0, 2).map(({ weights_sha256 }) => weights_sha256),
    );
    expect(Object.keys(result.networks[0]!)).toEqual(["weights_sha256", "output", "loss", "gradient_mean"]);
    expect(result.uniform).toEqual([{ sha256: reference.uniform[0]!.sha256 }]);
  });

  it("exits with 1 where something differs", () => {
    const truth = network.gradient_mean_f64 as Record<string, number>;
    const wrong = { ...truth, "layers.0.0.weight": truth["layers.0.0.weight"]! * 1.001 };
    const means = { gradient_mean_f64: wrong, gradient_mean: wrong };
    for (const change of [{ weights_sha256: "0" }, means]) {
      const { code, err } = run(["verify", written("differs.json", one(change))], "cpu");
      expect({ code, err }).toEqual({
        code: 1,
        err: "verify: something differs from PyTorch by more than is allowed.\n",
      });
    }
  });

  it("takes a seed of 64 bits to the last digit", () => {
    // torch.manual_seed(2**64 - 3); torch.empty(2).uniform_(): the engine is seeded with 4294967293.
    const text = JSON.stringify(one({})).replace('"seed":123', '"seed":18446744073709551613');
    const low = JSON.stringify(one({})).replace('"seed":123', '"seed":4294967293');
    const sha = (content: string) =>
      (JSON.parse(run(["verify", written("seed.json", content), "--json"], "cpu").out) as typeof reference)
        .networks[0]!.weights_sha256;
    expect(sha(text)).toBe(sha(low));
  });

  it.each([
    ["broken.json", "{", "is not JSON"],
    ["list.json", [], "holds []; expected an object."],
    ["empty.json", {}, 'has no list "networks"'],
    ["no-uniform.json", { networks: [] }, 'has no list "uniform"'],
    ["no-x.json", one({ x: undefined }), 'networks[0] lacks "x"'],
    ["gelu.json", one({ gelu: "quick" }), 'networks[0].gelu is "quick"'],
    ["seed-text.json", one({ seed: null }), "networks[0].seed is null"],
    ["sizes.json", one({ layer_sizes: [3, 0] }), "networks[0]: layerSizes[1] is 0"],
    ["means.json", one({ gradient_mean: 3 }), "networks[0].gradient_mean is 3"],
  ])("refuses %s in one sentence, with exit code 2", (name, content, sentence) => {
    const { code, out, err } = run(["verify", written(name, content)], "cpu");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("refuses a file that is not there, and a folder", () => {
    expect(run(["verify", join(folder, "none.json")], "cpu")).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no such file") as string,
    });
    expect(run(["verify", folder], "cpu")).toMatchObject({
      code: 2,
      err: expect.stringContaining("it is a folder") as string,
    });
  });
});

it("prints help and its version", () => {
  expect(run(["--help"]).out).toContain("Usage: tslab-gradients");
  expect(run(["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run(["--help"]).code).toBe(0);
});

it("names a backend that is none", () => {
  const { code, err } = run(["gradients"], "gpu");
  expect(code).toBe(2);
  expect(err).toContain('TSLAB_GRADIENTS_BACKEND is "gpu"; expected "native", "wasm" or "cpu".');
});

describe("a fault of the program itself", () => {
  const what = "TypeError: Cannot read properties of undefined (reading 'x')";
  const sentence = `tslab-gradients: This is a fault of tslab-gradients itself: ${what}. Run it again with --verbose to see where, and report it.`;

  /** The fault is put into what the command calls, before it starts. */
  function runBroken(language: string, ...args: string[]): { code: number | null; lines: string[] } {
    const fault = written("fault.cjs", "require('node:crypto').createHash = () => undefined.x;");
    const command = ["--require", fault, "dist/cli.js", "verify", referencePath, ...args];
    const env = { ...process.env, TSLAB_GRADIENTS_LANGUAGE: language, TSLAB_GRADIENTS_BACKEND: "cpu" };
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env });
    return { code: status, lines: stderr.trimEnd().split("\n") };
  }

  it("is named as one in a sentence, with exit code 1", () => {
    expect(runBroken("en")).toEqual({ code: 1, lines: [sentence] });
    expect(runBroken("zh")).toEqual({
      code: 1,
      lines: [
        `tslab-gradients: 这是 tslab-gradients 自身的错误：${what}。请加上 --verbose 再运行一次，看错误出在哪里，并报告它。`,
      ],
    });
  });

  it("shows its stack with --verbose", () => {
    const { code, lines } = runBroken("en", "--verbose");
    expect(code).toBe(1);
    expect(lines.slice(0, 2)).toEqual([sentence, what]);
    expect(lines.slice(2).join("\n")).toMatch(/^ {4}at .*fault\.cjs[\s\S]*verifycommand\.js/);
  });

  // V8's own messages, against one of ours.
  it.each([
    [new TypeError("Cannot read properties of undefined (reading 'x')"), false],
    [new TypeError("Cannot read properties of null (reading 'length')"), false],
    [new TypeError("notebook.cells is not iterable"), false],
    [new TypeError("x is not a function"), false],
    [new TypeError("Cannot destructure property 'a' of 'b' as it is undefined."), false],
    [new TypeError('The "path" argument must be of type string. Received undefined'), false],
    [new RangeError("Invalid array length"), false],
    [new RangeError("Maximum call stack size exceeded"), false],
    [new RangeError("Invalid string length"), false],
    [new Error("layerSizes[1] is 0; expected a whole number of 1 or more."), false],
    [new RangeError("layerSizes[1] is 0; expected a whole number of 1 or more."), true],
  ])("%s is of the input: %j", (error, expected) => expect(isOfInput(error)).toBe(expected));
});

describe("help", () => {
  it.each([
    ["formats", formats],
    ["variants", variants],
    ["kinds of problems", guardKinds],
    ["papers", papers],
  ])("of export names all %s", (_, names) => {
    const { out } = run(["export", "--help"]);
    for (const name of names) expect(out).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("of the program says what export writes, in every format", () => {
    expect(run(["--help"]).out.replace(/\s+/g, " ")).toContain("html, slides, pdf, md, ts or ipynb");
  });
});
