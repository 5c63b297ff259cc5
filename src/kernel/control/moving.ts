import { AsyncLocalStorage } from "node:async_hooks";

const movements = new AsyncLocalStorage<true>();

/** Runs what a reader's hand in the page set off: more of it may follow at once. */
export function whileMoving<T>(run: () => T): T {
  return movements.run(true, run);
}

/** Whether the running code was set off by a control that a reader moves. */
export function isMoving(): boolean {
  return movements.getStore() === true;
}
