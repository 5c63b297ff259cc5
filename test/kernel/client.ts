import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { curveKeyPair, Dealer, Request, Subscriber } from "zeromq";
import { type ConnectionOptions, addressOf, writeConnection } from "./connection";
import { type Content, type Ran, type Received, decode, encode, textOf } from "./wire";

export interface StartOptions extends ConnectionOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  command?: string[];
}

/** A reply, and the channel it came on. */
export interface Reply extends Received {
  channel: "shell" | "control";
}

/** How long anything may take before the test fails, in milliseconds. */
const patience = 60_000;

/** A front end of our own, so that a test can say what no well-behaved front end says. */
export class Client {
  readonly heard: Received[] = [];
  /** What the kernel's process wrote itself. */
  log = "";
  private readonly replies: Reply[] = [];
  private readonly shell = new Dealer();
  private readonly control = new Dealer();
  private readonly stdin = new Dealer();
  private readonly iopub = new Subscriber();
  private readonly heartbeat = new Request();
  private readonly session = randomUUID();
  private waiters: (() => void)[] = [];

  private constructor(
    readonly process: ChildProcess,
    readonly connection: Content,
    private readonly folder: string,
  ) {}

  /** Starts a kernel and waits until it answers. */
  static async start(options: StartOptions = {}): Promise<Client> {
    const { cwd = process.cwd(), env = {} } = options;
    const { connection, file, folder, keys } = await writeConnection(options);
    const command = options.command ?? [process.execPath, join(process.cwd(), "src", "setup", "kernel.mjs")];
    const child = spawn(command[0]!, [...command.slice(1), "--config-path", file], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const client = new Client(child, connection, folder);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (client.log += String(chunk)));
    const own = curveKeyPair();
    const { iopub, heartbeat } = client;
    const sockets = {
      shell_port: client.shell,
      control_port: client.control,
      stdin_port: client.stdin,
      iopub_port: iopub,
      hb_port: heartbeat,
    };
    for (const socket of [client.shell, client.stdin]) socket.routingId = client.session;
    for (const [name, socket] of Object.entries(sockets)) {
      socket.linger = 0;
      if (keys !== null) {
        socket.curveServerKey = keys.publicKey;
        socket.curvePublicKey = own.publicKey;
        socket.curveSecretKey = own.secretKey;
      }
      socket.connect(addressOf(connection, name));
    }
    iopub.subscribe("");
    void client.listen(iopub, (message) => client.heard.push(message));
    for (const channel of ["shell", "control"] as const) {
      void client.listen(client[channel], (message) => client.replies.push({ ...message, channel }));
    }
    // IOPub's subscription takes a moment: what is asked before it stands is not heard.
    for (let i = 0; i < 100; i++) {
      const id = client.send("shell", "kernel_info_request", {});
      await client.reply(id);
      if (await client.until(() => client.heard.find(({ parent }) => parent === id), 200).catch(() => null))
        break;
    }
    return client;
  }

  /** The frames of a message. */
  frames(
    type: string,
    content: unknown,
    extra: { id?: string; metadata?: Content; key?: string } = {},
  ): Buffer[] {
    return encode(type, content, { key: this.connection.key as string, session: this.session, ...extra });
  }

  send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: unknown,
    metadata: Content = {},
  ): string {
    const id = randomUUID();
    this.raw(channel, this.frames(type, content, { id, metadata }));
    return id;
  }

  private sending: Promise<void> = Promise.resolve();
  raw(channel: "shell" | "control" | "stdin", frames: (Buffer | string)[]): void {
    this.sending = this.sending.then(() => this[channel].send(frames));
  }

  async reply(id: string, timeout = patience): Promise<Reply> {
    return this.until(() => this.replies.find(({ parent }) => parent === id), timeout);
  }

  async ask(type: string, content: Content, channel: "shell" | "control" = "shell"): Promise<Content> {
    return (await this.reply(this.send(channel, type, content))).content;
  }

  begin(code: string, content: Content = {}, metadata: Content = {}): string {
    const request = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    return this.send("shell", "execute_request", { ...request, ...content }, metadata);
  }

  /** Runs a cell until the kernel is idle again. */
  async run(code: string, content: Content = {}, metadata: Content = {}): Promise<Ran> {
    return this.end(this.begin(code, content, metadata));
  }

  async end(id: string): Promise<Ran> {
    const { content: reply, metadata } = await this.reply(id);
    await this.until(() =>
      this.outputs(id).some(({ type, content }) => type === "status" && content.execution_state === "idle"),
    );
    return {
      reply,
      metadata,
      outputs: this.outputs(id).filter(({ type }) => type !== "status" && type !== "execute_input"),
    };
  }

  outputs(id: string): Received[] {
    return this.heard.filter(({ parent }) => parent === id);
  }

  /** All that a cell printed. */
  text(id: string, name = "stdout"): string {
    return textOf(this.outputs(id), name);
  }

  async beat(): Promise<void> {
    await this.heartbeat.send("beat");
    await this.heartbeat.receive();
  }

  /** The next `input_request`. */
  async line(): Promise<Received & { header: Content }> {
    return decode(await this.stdin.receive());
  }

  /** Resolves to what `look` finds when it finds something. */
  async until<T>(look: () => T | undefined | false | null, timeout = patience): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`Nothing within ${timeout} ms; the kernel's log: ${this.log.slice(-2000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(50, timeout));
        this.waiters.push(() => (clearTimeout(timer), resolve()));
      });
    }
  }

  /** Drops what was heard. */
  forget(): void {
    this.heard.length = this.replies.length = 0;
  }

  async shutdown(restart = false): Promise<void> {
    const ended = once(this.process, "exit");
    if (this.process.exitCode === null) {
      this.send("control", "shutdown_request", { restart });
      await ended;
    }
    this.close();
  }

  close(): void {
    if (this.process.exitCode === null) this.process.kill("SIGKILL");
    for (const socket of [this.shell, this.control, this.stdin, this.iopub, this.heartbeat]) socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async listen(socket: Dealer | Subscriber, hear: (message: Received) => void): Promise<void> {
    for await (const frames of socket) {
      hear(decode(frames));
      for (const wake of this.waiters.splice(0)) wake();
    }
  }
}
