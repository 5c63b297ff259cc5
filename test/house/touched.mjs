// @ts-check
// The fast check while working: `npm run check:touched` builds, checks the files that differ from the last commit, and
// runs the tests that import them or what imports them; those of browsers and JupyterLab are left to `npm test`.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { modules } from "./picture.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** So many steps from a file to those that import it are followed. */
const reach = 2;

/** @param {string[]} args */
const git = (...args) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);

/** @param {string} folder @returns {string[]} */
function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === "test/browser" ? [] : testFiles(path);
    return /(?<!\.long)\.test\.ts$/.test(path) ? [path] : [];
  });
}

/** What a test takes of the compiled package, by its source. @param {string} test */
function sourcesOf(test) {
  const imported = readFileSync(join(root, test), "utf8").matchAll(/["'](\.[^"']+)["']/g);
  return [...imported].flatMap(([, path = ""]) => {
    const from = relative(root, resolve(root, dirname(test), path)).replace(/^dist\//, "src/");
    const base = from.replace(/(\.d)?\.(js|ts|mjs)$/, "");
    return [`${base}.ts`, `${base}.mjs`, `${base}/index.ts`].filter((file) => existsSync(join(root, file)));
  });
}

const changed = [
  ...git("diff", "--name-only", "HEAD"),
  ...git("ls-files", "--others", "--exclude-standard"),
].filter((file) => existsSync(join(root, file)));
const all = await modules();
let touched = new Set(changed.filter((file) => file.startsWith("src/")));
for (let step = 0; step < reach; step++)
  touched = new Set([
    ...touched,
    ...all
      .filter(({ dependencies }) => dependencies.some(({ resolved }) => touched.has(resolved)))
      .map(({ source }) => source),
  ]);
const tests = testFiles("test").filter(
  (test) => changed.includes(test) || sourcesOf(test).some((source) => touched.has(source)),
);
const code = changed.filter((file) => /\.(ts|mts|mjs|cjs)$/.test(file));
const node = process.execPath;
/** @param {string} name @param {string[]} args @returns {[string, string[]]} */
const tool = (name, ...args) => [node, [join(root, "node_modules", name), ...args]];
/** @type {[string, string[]][]} */
const steps = [
  tool("prettier/bin/prettier.cjs", "--check", "--ignore-unknown", ...changed),
  ...(code.length > 0 ? [tool("eslint/bin/eslint.js", ...code)] : []),
  tool("dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.cjs", "src"),
  [node, [join(root, "src/setup/main.mjs"), "build"]],
  tool("typescript/bin/tsc", "--noEmit"),
  ...(tests.length > 0 ? [tool("vitest/vitest.mjs", "run", ...tests)] : []),
];
for (const [program, args] of changed.length > 0 ? steps : [])
  if (spawnSync(program, args, { cwd: root, stdio: "inherit" }).status !== 0) process.exit(1);
