import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "../dist/export";

const block = (text: string, language: string) =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)?.[1] ?? "";

describe.each(["README.md", "README.zh.md"])("%s", (path) => {
  const readme = readFileSync(path, "utf8");

  it("has an example that prints what it says", () => {
    // Beside the package, so that its name leads to it.
    const script = `node_modules/.readme-${process.pid}.mjs`;
    writeFileSync(script, block(readme, "ts"));
    try {
      const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
      expect({ stdout, stderr }).toEqual({ stdout: block(readme, "text"), stderr: "" });
    } finally {
      rmSync(script);
    }
  });

  it("names test commands that the project has, and pictures that are there", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const [, name] of block(readme, "sh").matchAll(/^npm (?:run )?([\w:]+)/gm))
      expect(scripts).toHaveProperty(name!);
    for (const [, picture] of readme.matchAll(/!\[.*?\]\((.*?)\)/g)) {
      expect(readFileSync(picture!).length).toBeGreaterThan(1000);
    }
  });
});

it("the reference and the READMEs name the formats that a notebook can be exported as", () => {
  const reference = readFileSync("docs/reference.md", "utf8");
  const table = /^\| format +\|.*\n\|.*\n((?:\|.*\n)*)/m.exec(reference)?.[1] ?? "";
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, format]) => format)).toEqual(formats);
  for (const path of ["README.md", "README.zh.md"])
    expect(readFileSync(path, "utf8")).toContain(`[--to ${formats.join("|")}]`);
});

it("the two READMEs show the same commands, numbers and example", () => {
  const [en, zh] = ["README.md", "README.zh.md"].map((path) => readFileSync(path, "utf8")) as [
    string,
    string,
  ];
  expect(block(zh, "ts")).toBe(block(en, "ts"));
  const numbers = (text: string) => text.match(/\b0\.\d{6,}|1\.32\d{5,}/g);
  expect(numbers(zh)).toEqual(numbers(en));
  expect(new Set(zh.match(/TSLAB_GRADIENTS_\w+/g))).toEqual(new Set(en.match(/TSLAB_GRADIENTS_\w+/g)));
});
