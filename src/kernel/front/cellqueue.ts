import { inReadersWords } from "../../runtime/readerswords";
import type { Conversation } from "./conversation";
import type { History } from "./cellhistory";
import { type Content, type IoPub, type Message, cellOf } from "./wire";

/** Sends the reply to a request. */
export type Replier = (message: Message, content: Content, metadata?: Content) => void;

/** The cells that wait and the one that runs, one after another. Jupyter: `execute_request`. */
export class CellQueue {
  private readonly queue: Message[] = [];
  private current: { message: Message; id: number } | null = null;
  private count = 0;

  constructor(
    private readonly conversation: Conversation,
    private readonly iopub: IoPub,
    private readonly history: History,
    private readonly reply: Replier,
  ) {}

  /** The request that runs now. */
  get running(): { message: Message; id: number } | null {
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

/** After these times, in milliseconds, the reader of a cell that does not stop is warned, and the engine is ended. */
const warnAfter = 5_000;
const endAfter = 10_000;

/** Interrupts, and what is done where one is not heeded. Jupyter: `interrupt_request`. */
export class Interrupts {
  private sequence = 0;
  private timers: NodeJS.Timeout[] = [];
  private hasWarned = false;

  constructor(
    private readonly conversation: Conversation,
    private readonly cells: CellQueue,
    private readonly iopub: IoPub,
  ) {}

  interrupt(): void {
    // A second interrupt while the first is not heeded says that the restart is wanted now.
    if (this.timers.length > 0 && this.hasWarned) return this.replace();
    this.conversation.interrupt(++this.sequence, this.cells.running?.id ?? null);
    this.settle();
    this.timers = [setTimeout(() => this.warn(), warnAfter), setTimeout(() => this.replace(), endAfter)];
  }

  /** The engine has noticed the interrupt of this number. */
  noticed(sequence: number): void {
    if (sequence === this.sequence) this.settle();
  }

  /** Nothing is waited for any more. */
  settle(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.hasWarned = false;
  }

  private warn(): void {
    this.hasWarned = true;
    const parent = this.cells.running?.message.header;
    if (parent === undefined) return;
    const text = `The cell is in code that cannot be interrupted. In ${(endAfter - warnAfter) / 1000} seconds the kernel starts anew and its variables are lost; interrupt once more to do so now.`;
    this.iopub.stream("stderr", `${inReadersWords(text)}\n`, parent);
    this.iopub.flush();
  }

  private replace(): void {
    this.settle();
    this.conversation.replace(
      "The cell could only be stopped by starting the kernel's engine anew; variables are lost.",
    );
  }
}
