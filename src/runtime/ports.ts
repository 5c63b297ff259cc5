/** What is said between what runs cells and who shows them: JSON, and binary frames after it. */
export interface Frame {
  op: string;
  [key: string]: unknown;
  buffers?: Uint8Array[];
}

/** What a place gives the runtime that runs cells there: the kernel's engine on Node, or the worker of an exported page. */
export interface Ports {
  /** Sends on what cells publish, print and ask. */
  tell(frame: Frame): void;
  /** Node's `util.inspect`. */
  inspect(
    value: unknown,
    options: { depth?: number; maxStringLength?: number; breakLength?: number },
  ): string;
  /** Keeps an object for the code that runs inside, through its timers and awaits. Node.js: `AsyncLocalStorage`. */
  owners: {
    run<T>(owner: object, work: () => T): T;
    getStore(): object | undefined;
  };
}

/** Set once, before the first cell. */
export let ports: Ports;

export function openPorts(given: Ports): void {
  ports = given;
}

/** Under this symbol `inspect` finds how an object shows itself. Node.js: `util.inspect.custom`. */
export const inspectCustom = Symbol.for("nodejs.util.inspect.custom");
