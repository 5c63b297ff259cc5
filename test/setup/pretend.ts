import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder } from "./project.js";

/**
 * The environment of a Node program that takes this machine for one of another platform. What Node itself does stays as it
 * is: paths have this machine's form, and programs are started as here.
 */
export function pretending(platform: NodeJS.Platform): NodeJS.ProcessEnv {
  const program = `Object.defineProperty(process,'platform',{value:'${platform}'})`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${program}` };
}

/** A folder with a program of that name, which a shell runs, for a PATH. */
export function folderWith(name: string, script: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
