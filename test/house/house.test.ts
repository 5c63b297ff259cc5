import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { modules, picture, sourceFiles, withPicture } from "./picture.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const files = sourceFiles();

test("the picture in docs/architecture.md is that of the imports: `npm run house` draws it", async () => {
  expect(read("docs/architecture.md")).toBe(withPicture(picture(await modules())));
});

describe("the files of src", () => {
  test("are few enough to be carried in the head", () => {
    expect(files.length).toBeLessThanOrEqual(320);
  });

  test("hold a concept each: none but indexes, entries and type declarations has under 15 lines", () => {
    const slivers = files
      .filter((file) => /\.(ts|mjs|cjs|css|cpp|h)$/.test(file))
      .filter((file) => !/(^|\/)(index|main)\.ts$|\.d\.ts$/.test(file))
      .filter((file) => read(`src/${file}`).split("\n").length - 1 < 15);
    expect(slivers).toEqual([]);
  });

  test("have names of their own within a room and its neighbours", async () => {
    const room = (file: string): string => dirname(file).split("/")[0]!;
    const neighbours = new Map<string, Set<string>>();
    for (const { source, dependencies } of await modules())
      for (const { resolved } of dependencies) {
        const [from, to] = [source, resolved].map((path) => room(path.replace(/^src\//, "")));
        for (const [a, b] of [
          [from!, to!],
          [to!, from!],
        ] as const)
          neighbours.set(a, (neighbours.get(a) ?? new Set([a])).add(b));
      }
    const named = files
      .filter((file) => /\.(ts|mjs)$/.test(file))
      .map((file) => ({ file, name: basename(file).replace(/(\.d)?\.\w+$/, "") }))
      .filter(({ name }) => !["index", "main", "bundle"].includes(name));
    const twice = named.filter(({ file, name }) =>
      named.some(
        (other) =>
          other.name === name && other.file !== file && neighbours.get(room(file))?.has(room(other.file)),
      ),
    );
    expect(twice.map(({ file }) => file)).toEqual([]);
  });
});

test.each(["CONTRIBUTING.md", "docs/architecture.md"])("the files that %s names are there", (page) => {
  const named = [...read(page).matchAll(/`((?:src|test|docs|bench)\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
