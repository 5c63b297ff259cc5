import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { curveKeyPair, Dealer, Request, Subscriber } from "zeromq";

export type Content = Record<string, any>;
export interface Received {
  type: string;
  content: Content;
  metadata: Content;
  parent: string;
  buffers: Buffer[];
}
/** What a cell did. */
export interface Ran {
  reply: Content;
  metadata: Content;
  outputs: Received[];
}

export interface StartOptions {
  transport?: "tcp" | "ipc";
  curve?: boolean;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  command?: string[];
  key?: string;
}

const delimiter = Buffer.from("<IDS|MSG>");
/** How long anything may take before the test fails, in milliseconds. */
const patience = 60_000;

/** A free port for each channel. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A front end of our own, so that a test can say what no well-behaved front end says. */
export class Client {
  readonly heard: Received[] = [];
  /** What the kernel's process wrote itself. */
  log = "";
  private readonly replies: Received[] = [];
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
    const { transport = "tcp", curve = false, cwd = process.cwd(), env = {}, key = randomUUID() } = options;
    const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-client-"));
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
    const keys = curveKeyPair();
    const connection = {
      transport,
      ip: transport === "ipc" ? join(folder, "socket") : "127.0.0.1",
      key,
      signature_scheme: "hmac-sha256",
      kernel_name: "tslab",
      ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
      ...(curve ? { curve_publickey: keys.publicKey, curve_secretkey: keys.secretKey } : {}),
    };
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection));
    const command = options.command ?? [process.execPath, join(process.cwd(), "src", "setup", "kernel.mjs")];
    const child = spawn(command[0]!, [...command.slice(1), "--config-path", file], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const client = new Client(child, connection, folder);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (client.log += String(chunk)));
    const own = curveKeyPair();
    const { iopub, heartbeat } = client;
    const sockets = { shell_port: client.shell, control_port: client.control, stdin_port: client.stdin, iopub_port: iopub, hb_port: heartbeat };
    for (const socket of [client.shell, client.stdin]) socket.routingId = client.session;
    for (const [name, socket] of Object.entries(sockets)) {
      socket.linger = 0;
      if (curve) {
        socket.curveServerKey = keys.publicKey;
        socket.curvePublicKey = own.publicKey;
        socket.curveSecretKey = own.secretKey;
      }
      const port = (connection as Content)[name] as number;
      socket.connect(transport === "ipc" ? `ipc://${connection.ip}-${port}` : `tcp://127.0.0.1:${port}`);
    }
    iopub.subscribe("");
    void client.listen(iopub, client.heard);
    for (const socket of [client.shell, client.control]) void client.listen(socket, client.replies);
    // IOPub's subscription takes a moment: what is asked before it stands is not heard.
    for (let i = 0; i < 100; i++) {
      const id = client.send("shell", "kernel_info_request", {});
      await client.reply(id);
      if (await client.until(() => client.heard.find(({ parent }) => parent === id), 200).catch(() => null)) break;
    }
    return client;
  }

  /** The frames of a message. */
  frames(type: string, content: unknown, extra: { id?: string; metadata?: Content; key?: string } = {}): Buffer[] {
    const { id = randomUUID(), metadata = {}, key = this.connection.key as string } = extra;
    const header = { msg_id: id, msg_type: type, session: this.session, username: "test", date: new Date().toISOString(), version: "5.3" };
    const parts = [header, {}, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return [delimiter, Buffer.from(key === "" ? "" : hmac.digest("hex")), ...parts];
  }

  send(channel: "shell" | "control" | "stdin", type: string, content: unknown, metadata: Content = {}): string {
    const id = randomUUID();
    this.raw(channel, this.frames(type, content, { id, metadata }));
    return id;
  }

  private sending: Promise<void> = Promise.resolve();
  raw(channel: "shell" | "control" | "stdin", frames: (Buffer | string)[]): void {
    this.sending = this.sending.then(() => this[channel].send(frames));
  }

  async reply(id: string, timeout = patience): Promise<Received> {
    return this.until(() => this.replies.find(({ parent }) => parent === id), timeout);
  }

  async ask(type: string, content: Content, channel: "shell" | "control" = "shell"): Promise<Content> {
    return (await this.reply(this.send(channel, type, content))).content;
  }

  begin(code: string, content: Content = {}, metadata: Content = {}): string {
    const request = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    return this.send("shell", "execute_request", { ...request, ...content }, metadata);
  }

  /** Runs a cell until the kernel is idle again. */
  async run(code: string, content: Content = {}, metadata: Content = {}): Promise<Ran> {
    return this.end(this.begin(code, content, metadata));
  }

  async end(id: string): Promise<Ran> {
    const { content: reply, metadata } = await this.reply(id);
    await this.until(() => this.outputs(id).some(({ type, content }) => type === "status" && content.execution_state === "idle"));
    return { reply, metadata, outputs: this.outputs(id).filter(({ type }) => type !== "status" && type !== "execute_input") };
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

  async line(): Promise<{ content: Content; parent: Content; header: Content }> {
    const frames = await this.stdin.receive();
    const at = frames.findIndex((frame) => frame.equals(delimiter));
    const [header, parent, , content] = frames.slice(at + 2).map((frame) => JSON.parse(String(frame)) as Content);
    return { header: header!, parent: parent!, content: content! };
  }

  /** Resolves to what `look` finds when it finds something. */
  async until<T>(look: () => T | undefined | false | null, timeout = patience): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`Nothing within ${timeout} ms; the kernel's log: ${this.log.slice(-2000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(50, timeout));
        this.waiters.push(() => (clearTimeout(timer), resolve()));
      });
    }
  }

  async shutdown(): Promise<void> {
    const ended = once(this.process, "exit");
    if (this.process.exitCode === null) {
      this.send("control", "shutdown_request", { restart: false });
      await ended;
    }
    this.close();
  }

  close(): void {
    if (this.process.exitCode === null) this.process.kill("SIGKILL");
    for (const socket of [this.shell, this.control, this.stdin, this.iopub, this.heartbeat]) socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async listen(socket: Dealer | Subscriber, into: Received[]): Promise<void> {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.equals(delimiter));
      const [header, parent, metadata, content] = frames
        .slice(at + 2, at + 6)
        .map((frame) => JSON.parse(String(frame)) as Content);
      into.push({
        type: header!.msg_type as string,
        parent: (parent!.msg_id as string | undefined) ?? "",
        metadata: metadata!,
        content: content!,
        buffers: frames.slice(at + 6),
      });
      for (const wake of this.waiters.splice(0)) wake();
    }
  }
}

/** What a cell's outputs say on one of its streams. */
export function textOf(outputs: Received[], name = "stdout"): string {
  return outputs
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text as string)
    .join("");
}
