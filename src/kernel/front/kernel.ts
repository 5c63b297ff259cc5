import { quote } from "../../nn/quote";
import { inReadersWords } from "../../runtime/readerswords";
import type { Connection } from "./connection";
import { Conversation, type EngineNews } from "./conversation";
import type { Engine } from "./engineprocess";
import { History } from "./cellhistory";
import { Interrupts, type RunningCell } from "./interrupts";
import { kernelInfo, complaint, isAnswered, isHeeded } from "./requests";
import { Outbox, Sockets } from "./sockets";
import { cellOf, type Content, IoPub, type Message, MessageError, Wire } from "./wire";

/** The kernel as Jupyter sees it: its sockets, its requests and their replies. Jupyter: "Messaging in Jupyter", 5.5. */
export class Kernel {
  private readonly sockets: Sockets;
  private readonly wire: Wire;
  private readonly outboxes: { [channel in "shell" | "control" | "stdin" | "iopub"]: Outbox };
  private readonly iopub: IoPub;
  private readonly conversation: Conversation;
  private readonly history = new History();
  private readonly cells: CellQueue;
  private readonly interrupts: Interrupts;
  /** Whether nobody has subscribed or asked yet: before that, nobody can hear that it starts. */
  private isStarting = true;
  /** The channel that a request came on, for its reply. */
  private readonly cameOn = new WeakMap<Message, "shell" | "control">();
  /** Lines that cells wait for, by the id of the `input_request` that asked. */
  private readonly asked = new Map<string, { message: Message; token: number }>();

  /** @param engine one that was made in this turn */
  constructor(connection: Connection, engine: Engine) {
    this.sockets = new Sockets(connection);
    this.wire = new Wire(connection.key, connection.hash);
    const { shell, control, stdin, iopub } = this.sockets;
    this.outboxes = {
      shell: new Outbox(shell),
      control: new Outbox(control),
      stdin: new Outbox(stdin),
      iopub: new Outbox(iopub),
    };
    this.iopub = new IoPub(this.wire, this.outboxes.iopub);
    const news: EngineNews = {
      input: (message, content, token) => this.askForLine(message, content, token),
      interrupted: (sequence) => this.interrupts.noticed(sequence),
      replaced: () => this.interrupts.settle(),
    };
    this.conversation = new Conversation(this.iopub, news, engine);
    this.cells = new CellQueue(this.conversation, this.iopub, this.history, (...reply) =>
      this.reply(...reply),
    );
    this.interrupts = new Interrupts(this.conversation, () => this.cells.running, this.iopub);
  }

  /** @throws ConnectionError where an address cannot be had. */
  async start(): Promise<void> {
    try {
      await this.sockets.bind();
    } catch (error) {
      this.conversation.stop();
      throw error;
    }
    void this.welcome();
    void this.listen("shell");
    void this.listen("control");
    void this.listenForLines();
  }

  interrupt(): void {
    this.interrupts.interrupt();
  }

  /** Ends at once; what was said is sent first. */
  async stop(): Promise<void> {
    this.conversation.stop();
    this.iopub.flush();
    await Promise.all(Object.values(this.outboxes).map((outbox) => outbox.empty()));
    this.sockets.close();
  }

  private async welcome(): Promise<void> {
    for await (const topic of this.sockets.subscriptions()) {
      this.iopub.welcome(topic);
      if (this.isStarting) this.iopub.status("starting", {});
      this.isStarting = false;
    }
  }

  private async listen(channel: "shell" | "control"): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      const message = this.read(frames);
      if (message === null) continue;
      this.cameOn.set(message, channel);
      void this.handle(message);
    }
  }

  /** A message that cannot be trusted or understood is spoken of in the log, and nothing else is done about it. */
  private read(frames: Buffer[]): Message | null {
    try {
      return this.wire.read(frames);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      this.ignore(error.message);
      return null;
    }
  }

  private ignore(why: string): void {
    process.stderr.write(`${inReadersWords(`A message was ignored: ${why}.`)}\n`);
  }

  private async handle(message: Message): Promise<void> {
    const { header } = message;
    // Who subscribes later hears of what comes, not of what was.
    this.isStarting = false;
    if (!isHeeded(header.msg_type)) return this.ignore(`its type is ${quote(header.msg_type)}`);
    const problem = complaint(header.msg_type, message.content);
    if (header.msg_type === "execute_request" && problem === null) return this.cells.add(message);
    this.iopub.status("busy", header);
    if (problem === null)
      await this.answer(message).catch((error: Error) => this.refuse(message, error.message));
    else this.refuse(message, problem);
    this.iopub.status("idle", header);
    // A front end shows the last state it heard of: the cell that still runs is what it should show.
    if (this.cells.running !== null) this.iopub.status("busy", this.cells.running.message.header);
  }

  private async answer(message: Message): Promise<void> {
    const { content, metadata, buffers, header } = message;
    switch (header.msg_type) {
      case "kernel_info_request":
        return this.reply(message, kernelInfo());
      case "history_request":
        return this.reply(message, { status: "ok", history: this.history.entries(content) });
      case "interrupt_request":
        this.interrupt();
        return this.reply(message, { status: "ok" });
      case "shutdown_request":
        this.reply(message, { status: "ok", restart: content.restart === true });
        this.iopub.publish("shutdown_reply", { status: "ok", restart: content.restart === true }, header);
        this.iopub.status("idle", header);
        await this.stop();
        process.exit(0);
      case "complete_request":
      case "inspect_request":
      case "is_complete_request":
      case "comm_info_request":
        return this.forward(message);
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        await this.conversation.ask(message, header.msg_type, { content, metadata, buffers });
        return;
      default: {
        const evalue = inReadersWords(
          `The request ${quote(header.msg_type)} is not supported by this kernel.`,
        );
        this.reply(message, { status: "error", ename: "UnsupportedRequest", evalue, traceback: [] });
      }
    }
  }

  private refuse(message: Message, problem: string): void {
    if (!isAnswered(message.header.msg_type)) return this.ignore(problem.replace(/\.$/, ""));
    const evalue = inReadersWords(problem);
    this.reply(message, { status: "error", ename: "BadRequest", evalue, traceback: [evalue] });
  }

  private async forward(message: Message): Promise<void> {
    const op = message.header.msg_type.replace(/_request$/, "");
    const { content, metadata } = await this.conversation.ask(message, op, { content: message.content });
    this.reply(message, content, metadata);
  }

  private reply(message: Message, content: Content, metadata: Content = {}): void {
    const { header, identities } = message;
    this.iopub.flush();
    const type = header.msg_type.replace(/_request$/, "_reply");
    const frames = this.wire.frames(type, content, header, { identities, metadata });
    this.outboxes[this.cameOn.get(message) ?? "shell"].send(frames);
  }

  /** Jupyter: `input_request`, to the front end whose cell asks. */
  private askForLine(message: Message, content: Content, token: number): void {
    const { identities, header } = message;
    const frames = this.wire.frames("input_request", content, header, { identities });
    const { msg_id } = JSON.parse(frames[identities.length + 2]!.toString()) as { msg_id: string };
    this.asked.set(msg_id, { message, token });
    this.iopub.flush();
    this.outboxes.stdin.send(frames);
  }

  private async listenForLines(): Promise<void> {
    for await (const frames of this.sockets.stdin) {
      const message = this.read(frames);
      if (message?.header.msg_type !== "input_reply" || typeof message.content.value !== "string") continue;
      const parent = message.parent.msg_id as string | undefined;
      // Older front ends name no parent: theirs is the answer to what was asked last.
      const id = parent !== undefined && this.asked.has(parent) ? parent : [...this.asked.keys()].at(-1);
      const asked = id === undefined ? undefined : this.asked.get(id);
      if (id === undefined || asked === undefined) continue;
      this.asked.delete(id);
      this.conversation.tell({ op: "line", token: asked.token, value: message.content.value });
    }
  }
}

/** Sends the reply to a request. */
type Replier = (message: Message, content: Content, metadata?: Content) => void;

/** The cells that wait and the one that runs, one after another. Jupyter: `execute_request`. */
class CellQueue {
  private readonly queue: Message[] = [];
  private current: RunningCell | null = null;
  private count = 0;

  constructor(
    private readonly conversation: Conversation,
    private readonly iopub: IoPub,
    private readonly history: History,
    private readonly reply: Replier,
  ) {}

  /** The request that runs now. */
  get running(): RunningCell | null {
    return this.current;
  }

  add(message: Message): void {
    this.queue.push(message);
    if (this.current === null) void this.work();
  }

  private async work(): Promise<void> {
    for (let message = this.queue.shift(); message !== undefined; message = this.queue.shift()) {
      this.current = { message, id: 0 };
      this.iopub.status("busy", message.header);
      const failed = await this.run(message);
      this.current = null;
      this.iopub.status("idle", message.header);
      if (failed && message.content.stop_on_error !== false) this.abort();
    }
  }

  /** Whether the cell failed. */
  private async run(message: Message): Promise<boolean> {
    const {
      code,
      silent = false,
      store_history: store = true,
    } = message.content as { [key: string]: unknown };
    const keeps = store === true && silent !== true;
    if (keeps) this.count++;
    const execution_count = this.count;
    if (silent !== true) this.iopub.publish("execute_input", { code, execution_count }, message.header);
    const { content, metadata } = await this.conversation.ask(
      message,
      "execute",
      {
        code,
        silent: silent === true,
        count: execution_count,
        expressions: message.content.user_expressions ?? {},
        allowStdin: message.content.allow_stdin !== false,
        cell: cellOf(message),
        deleted: message.metadata.deletedCells ?? [],
      },
      (id) => (this.current = { message, id }),
    );
    const { result = null, ...rest } = content as Content & { result?: string | null };
    if (keeps) this.history.add(execution_count, String(code), result);
    this.reply(message, { ...rest, execution_count }, metadata);
    return content.status !== "ok";
  }

  /** After an error the cells that came meanwhile are not run, and their senders are told so. */
  private abort(): void {
    for (const message of this.queue.splice(0)) {
      this.iopub.status("busy", message.header);
      // Without a count: JupyterLab would show it as that of a cell that ran.
      this.reply(message, { status: "aborted" });
      this.iopub.status("idle", message.header);
    }
  }
}
