// @ts-check
// `npm run export -- NOTEBOOK… [options]`: sets up what is missing and exports; without a notebook, those of the section.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { complain } from "./say.mjs";
import { building, carryOut } from "./steps.mjs";
import { sentence } from "./trouble.mjs";

const given = process.argv.slice(2);
const own = ["en", "zh"].flatMap((language) =>
  readdirSync(inRoot("notebooks", language))
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => join("notebooks", language, file)),
);
const hasNotebook = given.some((argument) => argument.endsWith(".ipynb"));
try {
  await carryOut(building);
} catch (error) {
  complain(sentence(error instanceof Error ? error.message : String(error)));
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  [inRoot("dist", "cli.js"), "export", ...(hasNotebook ? [] : own), ...given],
  { stdio: "inherit", cwd: process.env.INIT_CWD && hasNotebook ? process.env.INIT_CWD : inRoot() },
);
process.exitCode = status ?? 1;
