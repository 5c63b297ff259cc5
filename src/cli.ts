#!/usr/bin/env node
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import type { ExportCommandOptions } from "./command/exportcommand";
import type { GradientsOptions } from "./command/gradientscommand";
import { isOfInput, told } from "./command/commandmessages";
import { formatHelp } from "./export/formats";
import { readsChinese } from "./kernel/language";

/** What `tslab-gradients install` was given. */
interface InstallOptions {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
  name?: string;
  force?: boolean;
}

/** What `tslab-gradients doctor` was given. */
interface DoctorOptions {
  json?: boolean;
  fix?: boolean;
  timeout?: string;
}

const verbose = "--verbose";

/** Builds the command line; what a command needs is loaded only when it runs. */
function program(): Command {
  const { Command: CommandLine } = require("commander") as typeof import("commander");
  const program = new CommandLine("tslab-gradients")
    .description("See why deep networks lose their gradients and how shortcut connections keep them.")
    .version((require("../package.json") as { version: string }).version)
    .configureHelp({ styleTitle: told })
    .exitOverride()
    .showHelpAfterError(false);
  program
    .command("gradients")
    .description("print the mean |gradient| of each layer's weight")
    .option("--layer-sizes <sizes>", "the input's width and each layer's, with commas between", "3,3,3,3,3,1")
    .option("--seed <seed>", "the seed of the parameters, as torch.manual_seed takes it", "123")
    .option("--shortcut", "add each layer's input to its output where the widths agree")
    .option("--gelu <form>", 'the GELU form, "none" (exact) or "tanh"', "none")
    .option("--input <rows>", "the input as JSON; by default 1, 0, -1, repeated to the width")
    .option("--target <number>", "what every output is compared with", "0")
    .option("--json", "print loss, output and gradients as JSON")
    .action(async (options: GradientsOptions) => {
      (await import("./command/gradientscommand.js")).gradientsCommand(options);
    });
  program
    .command("verify")
    .description("recompute what PyTorch computed, and exit with 1 where something differs")
    .argument("<reference>", "a file that make_reference.py wrote")
    .option("--json", "print the recomputed values as JSON")
    .action(async (path: string, options: { json?: boolean }) => {
      const { verifyCommand } = await import("./command/verifycommand.js");
      if (!verifyCommand(path, options)) process.exitCode = 1;
    });
  program
    .command("export")
    .description(`write a notebook as ${formatHelp.names[0]}: ${formatHelp.kinds[0]}`)
    .argument("<notebook...>", "notebooks of nbformat 3 or 4")
    .option("--to <format>", formatHelp.names[0], "html")
    .option("-o, --output <path>", "a file, or a folder; by default beside the notebook")
    .option("--variant <name>", "student, teacher or key; by default the notebook as it stands")
    .option("--allow <kind...>", "export in spite of: stale, failed, static, alt, private", [])
    .option("--execute", "run the notebook first; the file itself stays as it is")
    .option("--pictures <folder>", "where pictures of relative paths lie; by default the notebook's folder")
    .option("--embed-fonts", "let a page carry its Chinese characters, as slides and PDF do")
    .option("--paper <size>", "a PDF's size: A4 or Letter", "A4")
    .option("--shorten", "keep only the beginning and the end of long outputs")
    .option("--json", "print as JSON what was written, or each problem and its cell")
    .action(async (paths: string[], options: ExportCommandOptions) => {
      const { mendTemporaryFolder } = (await setUp("trouble.mjs")) as {
        mendTemporaryFolder(): string | undefined;
      };
      const note = mendTemporaryFolder();
      if (note) console.error(note);
      await (await import("./command/exportcommand.js")).exportCommand(paths, options);
    });
  program
    .command("new")
    .description("write a notebook to start from")
    .argument("<notebook>", "a file that is not there yet, such as lesson.ipynb")
    .option("--language <language>", "en or zh; by default the reader's")
    .action(async (path: string, { language }: { language?: string }) => {
      const { newCommand } = await import("./command/newcommand.js");
      newCommand(path, language ?? (readsChinese() ? "zh" : "en"));
    });
  for (const [name, description] of [
    ["setup", "set up what the notebooks here need: Python, JupyterLab, native TensorFlow, the kernel"],
    ["start", "set up what is missing and open JupyterLab here; further arguments are JupyterLab's"],
  ] as const) {
    program
      .command(name)
      .description(description)
      .allowUnknownOption()
      .argument("[arguments...]")
      .action(async (args: string[]) => {
        process.exitCode = await runSetUp([name, ...args]);
      });
  }
  program
    .command("install")
    .description("write the kernelspec, so that Jupyter and VS Code find the kernel; needs no Python")
    .option("--user", "into the user's Jupyter folder (the default)")
    .option("--sys-prefix", "into the active Python environment")
    .option("--prefix <folder>", "into <folder>/share/jupyter/kernels")
    .option("--name <name>", "the kernel's name", "tslab")
    .option("--force", "replace a kernelspec of that name that another program wrote")
    .action(async (options: InstallOptions) => {
      const { install } = (await setUp("install.mjs")) as {
        install(options: InstallOptions): Promise<string>;
      };
      console.log(await install(options));
    });
  program
    .command("kernel")
    .description("start the kernel; Jupyter does this itself")
    .requiredOption("--config-path <file>", "the connection file that Jupyter wrote")
    .action(async ({ configPath }: { configPath: string }) => {
      await (await import("./kernel/front/main.js")).startKernel(configPath);
    });
  program
    .command("doctor")
    .description("say what is set up, what is missing or broken, and how to mend it")
    .option("--json", "print the checks as JSON")
    .option("--fix", "do what is safe: set-up's missing steps, and own kernelspecs whose paths are gone")
    .option("--timeout <seconds>", "how long a kernel may take to answer", "30")
    .action(async (options: DoctorOptions) => {
      const { doctor } = (await setUp("doctor.mjs")) as { doctor(options: DoctorOptions): Promise<number> };
      process.exitCode = await doctor(options);
    });
  for (const command of program.commands)
    // What these do not know is JupyterLab's.
    if (!["setup", "start", "kernel"].includes(command.name()))
      command.option(verbose, "show where an error comes from");
  for (const command of [program, ...program.commands]) describe(command);
  return program.helpCommand("help [command]", told("display help for command"));
}

/** Puts what a command's help says into the reader's language. */
function describe(command: Command): void {
  command.description(told(command.description())).helpOption("-h, --help", told("display help for command"));
  for (const part of [...command.options, ...command.registeredArguments])
    part.description = told(part.description);
}

/** The set-up runs before anything is compiled: its modules are used as they lie in the sources. */
function setUp(file: string): Promise<unknown> {
  return import(pathToFileURL(join(__dirname, "..", "src", "setup", file)).href);
}

/** Set-up as a program of its own, as npm's scripts run it, which ends all that it started. */
async function runSetUp(args: string[]): Promise<number> {
  const { passSignals } = (await setUp("processes.mjs")) as { passSignals(child: ChildProcess): void };
  const program = join(__dirname, "..", "src", "setup", "main.mjs");
  const child = spawn(process.execPath, [program, ...args], { stdio: "inherit" });
  passSignals(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** What is wrong here and not with what was given: it is said as what it is. */
function faultOf(error: unknown): string {
  const [what] = String(error).split("\n");
  return `This is a fault of tslab-gradients itself: ${what}. Run it again with ${verbose} to see where, and report it.`;
}

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    const { message, exitCode, code } = error as Error & { exitCode?: number; code?: string };
    if (code?.startsWith("commander.") === true) {
      process.exitCode = exitCode === 0 ? 0 : 2;
      return;
    }
    // What is wrong with npm's packages doctor can tell without them.
    if (code === "MODULE_NOT_FOUND" && process.argv[2] === "doctor") {
      const { main } = (await setUp("doctor.mjs")) as { main(args: string[]): Promise<number> };
      process.exitCode = await main(process.argv.slice(3));
      return;
    }
    const isInput = exitCode !== undefined || (error as Error).constructor.name === "InputError";
    const sentence = isInput || isOfInput(error) ? message : faultOf(error);
    console.error(`tslab-gradients: ${told(sentence)}`);
    if (process.argv.includes(verbose)) console.error((error as Error).stack);
    process.exitCode = exitCode ?? (sentence === message ? 2 : 1);
  }
}

void main();
