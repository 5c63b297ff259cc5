import type { Cells } from "./cells";
import type { Conversation } from "./conversation";
import type { IoPub } from "./iopub";
import { inReadersWords } from "../language";

/** After these times, in milliseconds, a cell that does not stop is spoken of, and ended. */
const warned = 5_000;
const ended = 10_000;

/** Interrupts, and what is done where one is not heeded. Jupyter: `interrupt_request`. */
export class Stopper {
  private sequence = 0;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly conversation: Conversation,
    private readonly cells: Cells,
    private readonly iopub: IoPub,
  ) {}

  interrupt(): void {
    // A second interrupt while the first is not heeded says that the restart is wanted now.
    if (this.timers.length > 0 && this.told) {
      this.replace();
      return;
    }
    this.conversation.interrupt(++this.sequence, this.cells.running?.id ?? null);
    this.settle();
    this.timers = [setTimeout(() => this.warn(), warned), setTimeout(() => this.replace(), ended)];
  }

  private told = false;

  /** The engine has noticed the interrupt of this number. */
  noticed(sequence: number): void {
    if (sequence === this.sequence) this.settle();
  }

  /** Nothing is waited for any more. */
  settle(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.told = false;
  }

  private warn(): void {
    this.told = true;
    const parent = this.cells.running?.message.header;
    if (parent === undefined) return;
    const text = `The cell is in code that cannot be interrupted. In ${(ended - warned) / 1000} seconds the kernel starts anew and its variables are lost; interrupt once more to do so now.`;
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
