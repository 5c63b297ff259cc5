import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { addressOf, writeConnection } from "./connection";
import { type Content, type Received, decode, encode } from "./wire";

type Channel = "shell" | "control" | "stdin" | "iopub";
export type Heard = Received & { header: Content; channel: Channel };

/** The types of what @jupyterlab/services, which the extension is built on, refuses a message without. */
const needed: { [type: string]: { [field: string]: "string" | "object" | "number" | "boolean" } } = {
  stream: { name: "string", text: "string" },
  display_data: { data: "object", metadata: "object" },
  execute_input: { code: "string", execution_count: "number" },
  execute_result: { execution_count: "number", data: "object", metadata: "object" },
  error: { ename: "string", evalue: "string", traceback: "object" },
  status: { execution_state: "string" },
  clear_output: { wait: "boolean" },
  comm_open: { comm_id: "string", target_name: "string", data: "object" },
  comm_msg: { comm_id: "string", data: "object" },
  comm_close: { comm_id: "string" },
  shutdown_reply: { restart: "boolean" },
};
const states = ["starting", "idle", "busy", "restarting", "dead"];

/** Says what is wrong with a message, as @jupyterlab/services does. */
function wrongOf({ header, metadata, content, type, channel }: Heard): string[] {
  const wrong: string[] = [];
  for (const name of ["username", "version", "session", "msg_id", "msg_type"])
    if (typeof header[name] !== "string") wrong.push(`${type}: its header has no ${name}`);
  for (const part of [metadata, content])
    if (typeof part !== "object" || part === null) wrong.push(`${type}: a part is no object`);
  if (channel !== "iopub") return wrong;
  for (const [field, kind] of Object.entries(needed[type] ?? {}))
    if (typeof content[field] !== kind) wrong.push(`${type}: its ${field} is no ${kind}`);
  if (type === "status" && !states.includes(content.execution_state as string))
    wrong.push(`status: ${content.execution_state as string}`);
  return wrong;
}

/** A machine with a desktop program's environment: nothing of npm's, and a Python that must not be asked for anything. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "tslab-gradients-vscode-"));
  readonly home = this.made("home");
  /** Where the notebook lies. */
  readonly notebooks = this.made("my notebooks 笔记本");
  /** Where connection files are written. */
  readonly runtime = this.made("run time 运行");
  private readonly asked = join(this.folder, "python-was-asked");
  readonly env: NodeJS.ProcessEnv;

  constructor() {
    const programs = this.made("bin");
    for (const name of ["python", "python3", "pip", "jupyter"]) {
      const script = `#!/bin/sh\necho ${name} >> '${this.asked}'\nexit 1\n`;
      writeFileSync(join(programs, name), script, { mode: 0o755 });
    }
    this.env = { HOME: this.home, PATH: `${programs}:/usr/bin:/bin`, LANG: "en_US.UTF-8" };
  }

  /** Which of Python's programs were started. */
  get pythons(): string {
    return existsSync(this.asked) ? readFileSync(this.asked, "utf8") : "";
  }

  /** Writes the kernelspec as `install --user` does, and says what it says. */
  install(): { argv: string[]; interrupt_mode: string; language: string } {
    const command = [join(process.cwd(), "dist", "cli.js"), "install", "--user"];
    const { status, stderr } = spawnSync(process.execPath, command, {
      env: this.env,
      cwd: this.notebooks,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const file = join(this.home, ".local", "share", "jupyter", "kernels", "tslab", "kernel.json");
    return JSON.parse(readFileSync(file, "utf8")) as ReturnType<Machine["install"]>;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private made(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }
}

/**
 * The kernel as VS Code's Jupyter extension drives it: it starts the kernelspec's command itself, has one identity on
 * three channels, asks on shell and control until both a reply and an output come, and allows no subshells.
 */
export class Extension {
  readonly heard: Heard[] = [];
  /** What @jupyterlab/services would have refused. */
  readonly wrong: string[] = [];
  log = "";
  private readonly session = randomUUID();
  private readonly username = randomUUID();
  private readonly sockets: { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber };
  private wake: () => void = () => {};

  private constructor(
    readonly process: ChildProcess,
    private readonly connection: Content,
  ) {
    const unlimited = { maxMessageSize: -1, receiveHighWaterMark: 0, linger: 0 };
    const dealer = { ...unlimited, sendHighWaterMark: 0, routingId: randomUUID() };
    this.sockets = {
      iopub: new Subscriber(unlimited),
      shell: new Dealer(dealer),
      control: new Dealer(dealer),
      stdin: new Dealer(dealer),
    };
    for (const [channel, socket] of Object.entries(this.sockets)) {
      socket.connect(addressOf(connection, `${channel}_port`));
      void this.listen(channel as Channel, socket);
    }
    this.sockets.iopub.subscribe();
    for (const stream of [process.stdout!, process.stderr!])
      stream.on("data", (chunk) => (this.log += String(chunk)));
  }

  static async start(machine: Machine, argv: string[]): Promise<Extension> {
    const { connection, file } = await writeConnection({ transport: "tcp", within: machine.runtime });
    const [program, ...rest] = argv.map((part) => part.replace("{connection_file}", file));
    const child = spawn(program!, rest, { cwd: machine.notebooks, env: machine.env });
    const extension = new Extension(child, connection);
    for (let attempt = 0; attempt < 60; attempt++) {
      const ids = (["control", "shell"] as const).map((on) => extension.send(on, "kernel_info_request", {}));
      const isReady = (): boolean =>
        extension.heard.some(({ channel }) => channel === "iopub") &&
        extension.heard.some(({ type, parent }) => type === "kernel_info_reply" && ids.includes(parent));
      if (await extension.until(isReady, 500).catch(() => false)) return extension;
    }
    throw new Error(`The kernel does not answer: ${extension.log}`);
  }

  send(
    channel: Exclude<Channel, "iopub">,
    type: string,
    content: Content,
    { metadata = {}, parent = {} }: { metadata?: Content; parent?: Content } = {},
  ): string {
    const id = randomUUID();
    const header = { username: this.username, version: "5.2", subshell_id: null };
    const { key } = this.connection as { key: string };
    const frames = encode(type, content, { id, metadata, parent, header, key, session: this.session });
    void this.sockets[channel].send(frames);
    return id;
  }

  async ask(channel: "shell" | "control", type: string, content: Content): Promise<Content> {
    const id = this.send(channel, type, content);
    const reply = type.replace("_request", "_reply");
    return (await this.until(() => this.heard.find((m) => m.type === reply && m.parent === id))).content;
  }

  /** The extension names the cell by its document's address. */
  begin(code: string): string {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: false,
    };
    const metadata = { cellId: `vscode-notebook-cell:/my%20notebooks/a.ipynb#${randomUUID()}` };
    return this.send("shell", "execute_request", content, { metadata });
  }

  /** What a cell that runs now shows, with its reply at the end. */
  async run(code: string): Promise<Heard[]> {
    return this.end(this.begin(code));
  }

  async end(id: string): Promise<Heard[]> {
    const of = (): Heard[] => this.heard.filter(({ parent }) => parent === id);
    await this.until(
      () =>
        of().some(({ type }) => type === "execute_reply") &&
        of().some(({ content }) => content.execution_state === "idle"),
    );
    const shown = of().filter(({ type }) => !["status", "execute_input", "execute_reply"].includes(type));
    return [...shown, of().find(({ type }) => type === "execute_reply")!];
  }

  async until<T>(look: () => T | undefined | false, timeout = 30_000): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`Nothing within ${timeout} ms; the kernel's log: ${this.log}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.wake = () => (clearTimeout(timer), resolve());
      });
    }
  }

  /** Waits for the kernel's end. */
  async ended(): Promise<{ code: number | null; signal: string | null }> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    return { code: this.process.exitCode, signal: this.process.signalCode };
  }

  close(): void {
    this.process.kill("SIGKILL");
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  private async listen(channel: Channel, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = { ...decode(frames), channel };
      this.heard.push(message);
      this.wrong.push(...wrongOf(message));
      this.wake();
    }
  }
}
