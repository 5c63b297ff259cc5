// @ts-check
// Run as a program of its own: starts a kernel as Jupyter does, asks it who it is and lets it run a cell.
import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {{ argv: string[], env: Record<string, string>, ports: number[], cell: boolean, seconds: number }} Question */

/** @type {Question} */
const { argv, env, ports, cell, seconds } = JSON.parse(process.argv[2] ?? "");

/** @param {Record<string, unknown>} answer */
function tell(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** @returns {typeof import("zeromq") | undefined} */
function loadZeromq() {
  try {
    return createRequire(import.meta.url)("zeromq");
  } catch {
    return undefined;
  }
}

const key = randomUUID();
const session = randomUUID();
const delimiter = "<IDS|MSG>";

/**
 * The signed frames of a request.
 * @param {string} type
 * @param {object} content
 */
function request(type, content) {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "doctor",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  const signature = createHmac("sha256", key);
  for (const part of parts) signature.update(part);
  return [delimiter, signature.digest("hex"), ...parts];
}

/**
 * Sends a request, and waits for the reply to it.
 * @param {import("zeromq").Dealer} socket
 * @param {string} type
 * @param {object} content
 * @returns {Promise<any>}
 */
async function ask(socket, type, content) {
  const frames = request(type, content);
  const { msg_id } = JSON.parse(frames[2] ?? "");
  await socket.send(frames);
  for (;;) {
    const received = (await socket.receive()).map(String);
    const at = received.indexOf(delimiter);
    if (JSON.parse(received[at + 3] ?? "{}").msg_id === msg_id) return JSON.parse(received[at + 5] ?? "{}");
  }
}

/** @param {typeof import("zeromq")} zeromq */
async function tryKernel({ Dealer }) {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-doctor-"));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const file = join(folder, "connection.json");
  const about = {
    transport: "tcp",
    ip: "127.0.0.1",
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "tslab",
  };
  const connection = { ...about, shell_port, iopub_port, stdin_port, control_port, hb_port };
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  const [program = "", ...args] = argv.map((part) => part.replaceAll("{connection_file}", file));
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let error = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (error = (error + text).slice(-20_000)));
  const ended = new Promise((resolve) => {
    child.on("error", ({ message }) => {
      error += message;
      resolve({ ended: true });
    });
    child.on("close", (code, signal) => resolve({ ended: true, code, signal }));
  });
  const shell = new Dealer({ linger: 0 });
  const control = new Dealer({ linger: 0 });
  shell.connect(`tcp://127.0.0.1:${shell_port}`);
  control.connect(`tcp://127.0.0.1:${control_port}`);
  const late = sleep(seconds * 1000, { late: true });
  /** @type {Record<string, unknown>} */
  const answer = {};
  try {
    const info = await Promise.race([ask(shell, "kernel_info_request", {}), ended, late]);
    if (info.ended || info.late) return { ...info, error };
    Object.assign(answer, { milliseconds: elapsed(), implementation: info.implementation });
    answer.version = info.implementation_version;
    if (cell) {
      const code = {
        code: "1;",
        silent: false,
        store_history: false,
        user_expressions: {},
        allow_stdin: false,
      };
      const reply = await Promise.race([ask(shell, "execute_request", code), ended, late]);
      if (reply.status === "ok") answer.cellMilliseconds = elapsed();
      else answer.cellError = reply.evalue ?? (reply.late ? "" : error || "ended");
    }
    return answer;
  } finally {
    // Politely, and then not: a kernel that hangs is not to be left behind.
    const patience = sleep(2000);
    await Promise.race([
      ask(control, "shutdown_request", { restart: false }).then(() => ended),
      ended,
      patience,
    ]);
    child.kill("SIGKILL");
    await Promise.race([ended, sleep(1000)]);
    rmSync(folder, { recursive: true, force: true });
  }
}

const zeromq = loadZeromq();
if (zeromq === undefined) tell({ zeromq: false });
else
  tell(
    await tryKernel(zeromq).catch((/** @type {Error} */ error) => ({ ended: true, error: error.message })),
  );
process.exit(0);
