import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import { afterAll } from "vitest";
import { emptyFolder, Project } from "./project.js";

/** Lets npm and pip fetch from one place alone, and know nothing yet. */
export const fetchingFrom = (registry: string): NodeJS.ProcessEnv => ({
  npm_config_registry: registry,
  npm_config_cache: emptyFolder(),
  PIP_CONFIG_FILE: devNull,
  PIP_INDEX_URL: `${registry}simple`,
  PIP_EXTRA_INDEX_URL: "",
  PIP_FIND_LINKS: "",
  PIP_NO_CACHE_DIR: "1",
});

/** A project that needs a package from pip. */
export function needingPip(): Project {
  const project = new Project();
  project.write("requirements.txt", "wheel==0.40.0 --hash=sha256:00\n");
  return project;
}

/** A project that needs one from npm, and one from pip. */
export function needingBoth(): Project {
  const project = needingPip();
  const dependency = { version: "1.0.0", integrity: "sha512-AAAA" };
  const packages = {
    "": { name: "x", dependencies: { "left-pad": "1.0.0" } },
    "node_modules/left-pad": dependency,
  };
  project.write("package.json", JSON.stringify(packages[""]));
  const lock = { name: "x", lockfileVersion: 3, requires: true, packages };
  project.write("package-lock.json", JSON.stringify(lock));
  return project;
}

const servers: ChildProcess[] = [];
afterAll(() => {
  for (const server of servers) server.kill();
});

/** A server in a process of its own, since set-up is waited for in the test's: the lines answer `request` by `response`. */
export async function serve(lines: string): Promise<string> {
  const program = `require("node:http").createServer((request, response) => { ${lines} })
    .listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;
  const server = spawn(process.execPath, ["-e", program]);
  servers.push(server);
  const [port] = (await once(server.stdout, "data")) as [Buffer];
  return `http://127.0.0.1:${Number(String(port))}/`;
}
