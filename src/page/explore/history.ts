/** States to go back to and forth again. */
export class History<S> {
  private past: S[] = [];
  private future: S[] = [];
  private merging: string | null = null;

  constructor(
    private current: S,
    private readonly most = 200,
  ) {}

  get now(): S {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** @param merge steps of one movement, such as a drag, have the same name and are undone at once */
  push(state: S, merge: string | null = null): void {
    if (merge === null || merge !== this.merging) this.past = [...this.past, this.current].slice(-this.most);
    this.merging = merge;
    this.current = state;
    this.future = [];
  }

  /** The movement is over: the next step of its name is another one. */
  settle(): void {
    this.merging = null;
  }

  undo(): S {
    const before = this.past.pop();
    if (before !== undefined) {
      this.future.push(this.current);
      this.current = before;
    }
    this.settle();
    return this.current;
  }

  redo(): S {
    const after = this.future.pop();
    if (after !== undefined) {
      this.past.push(this.current);
      this.current = after;
    }
    this.settle();
    return this.current;
  }
}
