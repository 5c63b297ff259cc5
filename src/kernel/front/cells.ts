import type { Conversation } from "./conversation";
import type { History } from "./history";
import type { IoPub } from "./iopub";
import { type Content, type Message, cellOf } from "./message";

/** Sends the reply to a request. */
export type Replier = (message: Message, content: Content, metadata?: Content) => void;

/** The cells that wait and the one that runs, one after another. Jupyter: `execute_request`. */
export class Cells {
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
