// @ts-check
// Run as a program of its own, which what it tries may end: node trials.mjs zeromq | picture | kernel [QUESTION]. What it finds
// is its last line, as JSON.
import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot } from "../paths.mjs";

const require = createRequire(import.meta.url);

/** @typedef {"zeromq" | "picture" | "kernel"} Trial */

/** @param {Record<string, unknown>} answer */
function tell(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Whether ZeroMQ loads, and carries a message as Jupyter sends it. */
async function tryZeromq() {
  const { Dealer, Router, version } = /** @type {typeof import("zeromq")} */ (require("zeromq"));
  // Where it is loaded and carries nothing, this is the last line.
  tell({ version, works: false });
  const router = new Router({ linger: 0 });
  const dealer = new Dealer({ linger: 0 });
  await router.bind("tcp://127.0.0.1:*");
  dealer.connect(router.lastEndpoint ?? "");
  await dealer.send("sent");
  const [, frame] = await router.receive();
  return { version, works: String(frame) === "sent" };
}

/** Draws a small figure as a cell's still picture is drawn. */
async function tryPicture() {
  const { gradientFigure } = /** @type {typeof import("../../figures/gradientfigure.ts")} */ (
    require(inRoot("dist", "figures", "gradientfigure.js"))
  );
  const { paint } = /** @type {typeof import("../../figures/still/thread.ts")} */ (
    require(inRoot("dist", "figures", "still", "thread.js"))
  );
  const gradients = [1, 2].map((layer) => ({
    name: `layers.${layer}.0.weight`,
    mean: 10 ** -layer,
    shape: [1, 1],
  }));
  // Chinese, so that the large font is looked for too.
  const figure = gradientFigure([{ useShortcut: true, gradients }], { title: "梯度" });
  const { svg, png } = await paint(figure);
  const isPng = Buffer.from(png, "base64").subarray(1, 4).toString() === "PNG";
  return { svg: svg.includes("</svg>"), png: isPng };
}

/** @param {Question} question */
async function tryKernel(question) {
  const zeromq = loadZeromq();
  if (zeromq === undefined) return { zeromq: false };
  return answersOf(question, zeromq).catch((/** @type {Error} */ error) => ({
    ended: true,
    error: error.message,
  }));
}

/** @typedef {{ argv: string[], env: Record<string, string>, ports: number[], cell: boolean, seconds: number }} Question */

/** @returns {typeof import("zeromq") | undefined} */
function loadZeromq() {
  try {
    return require("zeromq");
  } catch {
    return undefined;
  }
}

/** What the messages to the kernel are signed with. */
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

/**
 * Starts a kernel as Jupyter does, asks it who it is and lets it run a cell.
 * @param {Question} question
 * @param {typeof import("zeromq")} zeromq
 */
async function answersOf({ argv, env, ports, cell, seconds }, { Dealer }) {
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

/** @type {Record<Trial, (question: any) => Promise<Record<string, unknown>>>} */
const trials = { zeromq: tryZeromq, picture: tryPicture, kernel: tryKernel };
const [, , trial = "", question = ""] = process.argv;
tell(await trials[/** @type {Trial} */ (trial)](JSON.parse(question)));
process.exit(0);
