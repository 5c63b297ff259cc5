import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readArguments, Refusal } from "../../bench/arguments.mjs";
import { allNames, groups } from "../../bench/groups.mjs";

describe("npm run bench", () => {
  it("measures everything where it is not told what", () => {
    expect(readArguments([])).toEqual({
      names: allNames,
      rounds: 3,
      form: "table",
      out: undefined,
      from: undefined,
      picture: false,
    });
  });

  it("takes groups and rows, by --only or without it, in the groups' order", () => {
    expect(readArguments(["memory", "--only", "kernel"]).names).toEqual([
      ...groups.kernel!.names,
      ...groups.memory!.names,
    ]);
    expect(readArguments(["--only", "draws", "--only", "trivial-cell"]).names).toEqual([
      "trivial-cell",
      "draws",
    ]);
    expect(readArguments(["--only", "growth", "--only", "depth-5"]).names).toEqual(groups.growth!.names);
  });

  it("names every row once, and none like a group", () => {
    const all = [...allNames, ...Object.keys(groups)];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    [["--only", "torch"], /^"torch" is no benchmark; expected a group \(kernel, .*\) or a row's name/],
    [["constructor"], /^"constructor" is no benchmark/],
    [["--rounds", "0"], "--rounds is 0; expected a whole number from 1 to 9999."],
    [["--rounds", "1e3"], "--rounds is 1e3; expected a whole number from 1 to 9999."],
    [["--rounds", "3", "--from", "x.json"], /^--rounds and --from were both given/],
    [["--json", "--markdown"], "--json and --markdown were both given; expected one of them."],
    [
      ["kernel", "depth-5", "--picture"],
      "The picture lacks width-1; expected all rows of growth with --picture.",
    ],
    [["--fast"], /^Unknown option '--fast'; expected \[NAME…\]/],
    [["--out"], /^Option '--out <value>' argument missing; expected/],
  ])("refuses %j in a sentence", (argv, sentence) => {
    expect(() => readArguments(argv)).toThrow(Refusal);
    expect(() => readArguments(argv)).toThrow(sentence);
  });

  it("exits with 2, before anything is measured", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["bench/main.mjs", "--only", "torch"], {
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^tslab-gradients: "torch" is no benchmark; .*\.\n$/);
  });
});
