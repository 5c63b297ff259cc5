// @ts-check
// The picture of the rooms in docs/architecture.md, drawn from what the files import: `npm run house` writes it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";

const root = fileURLToPath(new URL("../..", import.meta.url));
const file = join(root, "docs/architecture.md");
const [begin, end] = ["<!-- rooms -->", "<!-- end of rooms -->"];

/** @typedef {{ source: string; dependencies: { resolved: string }[] }} Module */

/** The room that a file stands in; what lies in src itself is a room of its own. @param {string} path */
function roomOf(path) {
  const [, room = "", rest] = path.split("/");
  return rest === undefined ? "src" : room;
}

/** All files of src and what they import of it. @returns {Promise<Module[]>} */
export async function modules() {
  const options = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")).options;
  const { output } = await cruise([join(root, "src")], {
    ...options,
    baseDir: root,
    includeOnly: "^src",
    doNotFollow: { path: "node_modules" },
  });
  if (typeof output === "string") throw new Error(output);
  return output.modules;
}

/** What docs/architecture.md should say of the rooms. @param {Module[]} all */
export function picture(all) {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  for (const { source, dependencies } of all) {
    const from = roomOf(source);
    if (!arrows.has(from)) arrows.set(from, new Set());
    for (const { resolved } of dependencies)
      if (roomOf(resolved) !== from) arrows.get(from)?.add(roomOf(resolved));
  }
  const rooms = [...arrows].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = rooms.flatMap(([from, to]) =>
    to.size === 0 ? [`  ${from}`] : [...to].sort().map((room) => `  ${from} --> ${room}`),
  );
  return ["```mermaid", "flowchart TD", ...lines, "```"].join("\n");
}

/** docs/architecture.md, with that picture in its place. @param {string} drawn */
export function withPicture(drawn) {
  const text = readFileSync(file, "utf8");
  const [before, rest = ""] = text.split(begin);
  const after = rest.split(end)[1] ?? "";
  return `${before}${begin}\n\n${drawn}\n\n${end}${after}`;
}

/** Every file of src, by its path from there. @returns {string[]} */
export function sourceFiles(folder = join(root, "src"), prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sourceFiles(join(folder, entry.name), `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`],
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(file, withPicture(picture(await modules())));
