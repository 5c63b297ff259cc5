import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll } from "vitest";

/** The checkout under test. */
export const checkout = resolve(import.meta.dirname, "../..");

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that anybody may read; it is gone when the file's tests are done. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-test-")));
  folders.push(folder);
  chmodSync(folder, 0o755);
  return folder;
}

/** A small project with the real set-up in it and a cache of its own; it needs no packages from npm. */
export class Project {
  folder: string;
  readonly cache = emptyFolder();

  constructor() {
    this.folder = emptyFolder();
    cpSync(join(checkout, "src/setup"), this.path("src/setup"), { recursive: true });
    this.write("package.json", '{ "name": "tslab-gradients", "main": "dist/index.js" }');
    this.write(
      "tsconfig.build.json",
      '{ "compilerOptions": { "rootDir": "src" }, "include": ["src/index.ts"] }',
    );
    this.write("src/index.ts", "export const answer: number = 42;\n");
    this.write("requirements.txt", "");
    mkdirSync(this.path("node_modules"));
    symlinkSync(join(checkout, "node_modules/typescript"), this.path("node_modules/typescript"));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      LANG: "C.UTF-8",
      LC_ALL: "",
      LC_MESSAGES: "",
      LANGUAGE: "",
    };
    const own = {
      TSLAB_GRADIENTS_CACHE: this.cache,
      TSLAB_GRADIENTS_NATIVE: "0",
      TSLAB_GRADIENTS_PYTHON: "",
    };
    return { ...env, ...own, ...more };
  }

  /** Runs a command of the set-up to its end. */
  run(command: string, more?: NodeJS.ProcessEnv, options: { uid?: number } = {}): Outcome {
    const args = [this.path("src/setup/main.mjs"), command];
    return outcome(
      spawnSync(process.execPath, args, {
        ...options,
        cwd: "/",
        env: this.environment(more),
        encoding: "utf8",
      }),
    );
  }

  /** Starts a command of the set-up, to be stopped on its way. */
  start(command: string) {
    return spawn(process.execPath, [this.path("src/setup/main.mjs"), command], { env: this.environment() });
  }

  /** Runs lines of a module in src/setup. */
  evaluate(code: string, more?: NodeJS.ProcessEnv): Outcome {
    this.write("src/setup/evaluated.mjs", code);
    const args = [this.path("src/setup/evaluated.mjs")];
    return outcome(spawnSync(process.execPath, args, { env: this.environment(more), encoding: "utf8" }));
  }
}

export interface Outcome {
  status: number | null;
  out: string;
  error: string;
}

function outcome({
  status,
  stdout,
  stderr,
}: {
  status: number | null;
  stdout: string;
  stderr: string;
}): Outcome {
  return { status, out: stdout.trim(), error: stderr.trim() };
}

/** A PATH with Node alone on it. */
export function pathWithNodeOnly(): string {
  const folder = emptyFolder();
  symlinkSync(process.execPath, join(folder, "node"));
  return folder;
}
