// @ts-check
// Runs a program in a folder as long as whoever started us holds our standard input open: however the tests end, it ends with
// them, all that it started too, and the folder is removed.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { passingSignals } from "../../src/setup/processes.mjs";

const [, , folder = "", program = "", ...args] = process.argv;
const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
const ended = passingSignals(child);
process.stdin.on("close", () => process.emit("SIGTERM", "SIGTERM")).resume();
const code = await ended;
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
process.exit(code);
