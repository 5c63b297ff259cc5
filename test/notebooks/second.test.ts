import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { reference } from "../nn/secondact";
import { expectAlike } from "./alike";
import { type Notebook, codeCells, execute, languages, readNotebook, textOf } from "./notebook";

const fileOf = (language: string): string => resolve("notebooks", language, "depth-width-seeds.ipynb");

const printed = (notebook: Notebook): Record<string, string> =>
  Object.fromEntries(
    codeCells(notebook).map(({ id, outputs = [] }) => [
      id,
      outputs.map(({ name, text }) => (name === "stdout" ? textOf(text) : "")).join(""),
    ]),
  );

describe.each(languages)("the second notebook in %s", (language) => {
  const notebook = readNotebook(fileOf(language));

  it("holds PyTorch's numbers where the reference has them", () => {
    const lines = printed(notebook);
    // The reference's 60 plain layers, 30 layers with layer norm, SGD's losses, and the first layer's parts.
    const denormal = reference.underflow.gradient_mean_f64["layers.0.0.weight"]!;
    expect(lines.depth).toMatch(new RegExp(`^60 (?:layers|层).* ${denormal.toPrecision(4)}`, "m"));
    const norm = reference.norm_networks[1]!.gradient_mean_f64["layers.0.1.weight"]!;
    expect(lines.norm).toMatch(new RegExp(`^30 (?:layers: |层：).*  ${norm.toPrecision(5)}$`, "m"));
    for (const { losses_f64 } of reference.sgd.slice(0, 2)) {
      expect(lines.sgd).toMatch(
        new RegExp(`(?:loss|损失) ${losses_f64[0]!.toExponential(2).replace("+", "\\+")} -> `),
      );
    }
    const [identity, branch] = reference.paths[0]!.parts["layers.0.0.weight"]!;
    expect(lines.path).toContain(`${identity.toFixed(4)} + ${branch.toFixed(4)} = 1`);
  });
});

it("executes in the project's kernel with the lines that it holds", async () => {
  const lines = printed(await execute(fileOf("zh")));
  expect(lines).toEqual(printed(readNotebook(fileOf("zh"))));
  for (const id of ["check-1", "check-2", "check-3"]) expect(lines[id], id).toMatch(/对$/m);
  for (const id of ["check-1", "check-2", "check-3"]) expect(lines[id], id).not.toContain("不对");
});

it("is the same in both languages, cell by cell, down to every number printed", () => {
  const [zh, en] = languages.map((language) => readNotebook(fileOf(language))) as [Notebook, Notebook];
  expectAlike(zh, en);
  for (const id of ["check-1", "check-2", "check-3"]) expect(printed(en)[id], id).toMatch(/right$/m);
});
