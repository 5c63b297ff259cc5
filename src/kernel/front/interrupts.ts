import { inReadersWords } from "../../runtime/readerswords";
import type { Conversation } from "./conversation";
import type { IoPub, Message } from "./wire";

/** The cell that runs now: its request, and the number that the engine knows it by. */
export interface RunningCell {
  message: Message;
  id: number;
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
    private readonly running: () => RunningCell | null,
    private readonly iopub: IoPub,
  ) {}

  interrupt(): void {
    // A second interrupt while the first is not heeded says that the restart is wanted now.
    if (this.timers.length > 0 && this.hasWarned) return this.replace();
    this.conversation.interrupt(++this.sequence, this.running()?.id ?? null);
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
    const parent = this.running()?.message.header;
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
