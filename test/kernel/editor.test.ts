import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = join(process.cwd(), "notebooks", "zh");

test.each([
  ["nodenext", { module: ts.ModuleKind.NodeNext }],
  ["bundler", { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ["node10", { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10 }],
])("a file beside the notebooks finds the package's types by %s", (_, options) => {
  const { resolvedModule } = ts.resolveModuleName("tslab-gradients", join(folder, "own.ts"), options, ts.sys);
  expect(resolvedModule?.resolvedFileName).toBe(join(process.cwd(), "dist", "index.d.ts"));
});

test("the package's declarations bring the core of TensorFlow.js alone, with which every kernel starts", () => {
  const program = ts.createProgram(["dist/index.d.ts"], { noLib: true, types: [] });
  const packages = program
    .getSourceFiles()
    .flatMap(({ fileName }) => /node_modules\/(@tensorflow\/[\w-]+)/.exec(fileName)?.[1] ?? []);
  expect([...new Set(packages)]).toEqual(["@tensorflow/tfjs-core"]);
});

/** VS Code's TypeScript server, asked as the editor asks it: each cell is a file by itself that no tsconfig.json is for. */
class LanguageServer {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (body: unknown) => void>();
  private sequence = 0;

  constructor() {
    const server = join(process.cwd(), "node_modules", "typescript", "lib", "tsserver.js");
    const options = ["--useInferredProjectPerProjectRoot", "--disableAutomaticTypingAcquisition"];
    this.child = spawn(process.execPath, [server, ...options], { stdio: ["pipe", "pipe", "ignore"] });
    let text = "";
    this.child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (text + chunk).split("\n");
      text = lines.pop()!;
      for (const line of lines.filter((line) => line.startsWith("{"))) {
        const { request_seq, body } = JSON.parse(line) as { request_seq: number; body: unknown };
        this.waiting.get(request_seq)?.(body);
      }
    });
  }

  ask<T>(command: string, args: object): Promise<T> {
    const seq = ++this.sequence;
    this.child.stdin!.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
    return new Promise((resolve) => this.waiting.set(seq, resolve as (body: unknown) => void));
  }

  /** Opens the cells of a notebook beside the project's, and says what the editor would underline in each. */
  async underlined(cells: string[]): Promise<string[][]> {
    const implicit = { module: "ESNext", moduleResolution: "Node", target: "ES2022", strictNullChecks: true };
    await this.ask("compilerOptionsForInferredProjects", { options: implicit });
    const files = cells.map(
      (_, i) => `^/vscode-notebook-cell/ts-nul-authority${folder}/own.ipynb#W${i}sZmlsZQ%3D%3D`,
    );
    await this.ask("updateOpen", {
      openFiles: cells.map((fileContent, i) => ({
        ...{ file: files[i], fileContent, projectRootPath: process.cwd(), scriptKindName: "TS" },
      })),
    });
    return Promise.all(
      files.map(async (file) => {
        const found = await this.ask<{ text: string }[]>("semanticDiagnosticsSync", { file });
        return found.map(({ text }) => text);
      }),
    );
  }

  stop(): void {
    this.child.kill();
  }
}

let server: LanguageServer;
beforeAll(() => void (server = new LanguageServer()));
afterAll(() => server.stop());

test("a cell in VS Code's editor has the package's and Node's types, and top-level await beside an import", async () => {
  const underlined = await server.underlined([
    `import { gradientFigure, manualSeed, nn, show } from "tslab-gradients";
    import { readFileSync } from "node:fs";
    manualSeed(123);
    await show(gradientFigure([]));
    console.log(Buffer.from("x"), readFileSync, new nn.GELU());`,
    'import { nn } from "tslab-gradients"; const wrong: string = new nn.GELU();',
  ]);
  expect(underlined).toEqual([[], ["Type 'GELU' is not assignable to type 'string'."]]);
});
