import type { Frame } from "../../runtime/ports";
import { type End, Engine } from "./engineprocess";
import { type Content, type IoPub, type Message, cellOf } from "./wire";
import { inReadersWords } from "../../runtime/readerswords";

/** What the engine answered: the reply's content and metadata. */
export interface Answer {
  content: Content;
  metadata: Content;
}

/** What the engine says on its own. */
export interface EngineNews {
  /** A cell asks its reader for a line. */
  input(message: Message, content: Content, token: number): void;
  /** The interrupt of this number was noticed. */
  interrupted(sequence: number): void;
  /** The engine ended and another one took its place; what was asked is answered with the error. */
  replaced(): void;
}

/** After so many further cells one is forgotten: what it still prints goes to the newest. */
const rememberedCells = 10_000;
/** So many engines in a row may end before they are ready. */
const attempts = 3;

/** A request that has no answer yet. */
interface Pending {
  message: Message;
  frame: Frame;
  resolve(answer: Answer): void;
}

/** Requests to the engine and its answers; what it publishes meanwhile goes out under the request it belongs to. */
export class Conversation {
  /** Cells by the number of their request, also those that have ended: what they left may still print. */
  private readonly cells = new Map<number, Message>();
  private newest: Message | null = null;
  private readonly pending = new Map<number, Pending>();
  private number = 0;
  private unready = 1;
  /** Why the engine is being stopped, for the cells that wait for it. */
  private reason: string | null = null;

  /** @param engine one that was made in this turn */
  constructor(
    private readonly iopub: IoPub,
    private readonly news: EngineNews,
    private engine: Engine,
  ) {
    this.attend(engine);
  }

  /** The number of the request is given to `begun` before the answer is there. */
  ask(
    message: Message,
    op: string,
    fields: Content,
    begun: (id: number) => void = () => {},
  ): Promise<Answer> {
    const id = ++this.number;
    this.newest = message;
    if (isCell(message)) this.remember(id, message);
    begun(id);
    return new Promise((resolve) => {
      const frame = { op, id, ...fields };
      this.pending.set(id, { message, frame, resolve });
      this.engine.send(frame);
    });
  }

  private remember(id: number, message: Message): void {
    this.cells.set(id, message);
    if (this.cells.size > rememberedCells) this.cells.delete(this.cells.keys().next().value as number);
  }

  tell(frame: Frame): void {
    this.engine.send(frame);
  }

  /** Stops the cell of this request, or what a cell left running. */
  interrupt(sequence: number, target: number | null): void {
    this.engine.interrupt(sequence);
    this.engine.send({ op: "interrupt", sequence, target });
  }

  /** Puts a new engine in the old one's place; the requests that wait are answered with an error that says why. */
  replace(reason: string): void {
    this.reason = reason;
    this.engine.stop();
    this.ended({ code: null, signal: "SIGKILL" });
  }

  stop(): void {
    this.engine.stop();
  }

  private launch(): Engine {
    this.unready++;
    return this.attend(new Engine());
  }

  private attend(engine: Engine): Engine {
    return engine.hear({ frame: (frame) => this.hear(frame), ended: (how) => this.ended(how) });
  }

  private hear(frame: Frame): void {
    const { op, id, parent } = frame as Frame & { id: number; parent: number };
    const message = this.cells.get(parent) ?? this.newest;
    switch (op) {
      case "ready":
        this.unready = 0;
        break;
      case "stream":
        if (message) this.iopub.stream(frame.name as string, frame.text as string, message.header);
        break;
      case "publish": {
        const { type, content, metadata, buffers } = frame as unknown as Answer & {
          type: string;
          buffers: Buffer[];
        };
        this.iopub.publish(type, content, message?.header ?? {}, { metadata, buffers });
        break;
      }
      case "reply":
        this.pending.get(id)?.resolve(frame as unknown as Answer);
        this.pending.delete(id);
        break;
      case "input":
        if (message) this.news.input(message, frame.content as Content, frame.token as number);
        break;
      case "interrupted":
        this.news.interrupted(frame.sequence as number);
    }
  }

  private ended({ code, signal }: End): void {
    const how = signal ?? `exit code ${code}`;
    if (this.unready >= attempts) {
      const problem = `The kernel's engine ended ${attempts} times before it was ready (${how}): run "npx tslab-gradients doctor".`;
      process.stderr.write(`${inReadersWords(problem)}\n`);
      process.exit(1);
    }
    if (this.unready > 0 && this.reason === null) {
      // It did nothing yet: the next one is asked the same.
      this.engine = this.launch();
      for (const { frame } of this.pending.values()) this.engine.send(frame);
      return;
    }
    const why = signal === "SIGABRT" ? ", perhaps for want of memory" : "";
    const evalue = inReadersWords(
      this.reason ??
        `The process that runs the cells ended (${how}${why}). A new one has taken its place; variables are lost.`,
    );
    this.reason = null;
    this.engine = this.launch();
    const waiting = [...this.pending.values()];
    this.pending.clear();
    const content = { status: "error", ename: "EngineEnded", evalue, traceback: [`EngineEnded: ${evalue}`] };
    for (const { message, resolve } of waiting) {
      if (isCell(message)) {
        const { ename, traceback } = content;
        this.iopub.publish("error", { ename, evalue, traceback }, message.header);
      }
      // Nothing is known any more of what depends on what.
      const cell = cellOf(message);
      const nothing = { cell, declares: [], uses: [], stale: [] };
      resolve({ content, metadata: cell === null ? {} : { "tslab-gradients": nothing } });
    }
    this.news.replaced();
  }
}

function isCell({ header }: Message): boolean {
  return header.msg_type === "execute_request";
}
