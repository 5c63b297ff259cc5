import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Frame } from "../../runtime/ports";
import { encode, FrameReader } from "../pipe";
import { ownFolder, packageFolder } from "../packages";
import { preparedFlags } from "./snapshotfile";

/** The pipes between the two: from the engine, to it, and for interrupts, which a thread of its own waits for. */
const [answers, requests, alarm] = [3, 4, 5];

/** How a process ended. */
export interface End {
  code: number | null;
  signal: string | null;
}

/** What the engine's end means to the one who watches it. */
export interface EngineEvents {
  frame(frame: Frame): void;
  /** It ended by itself, by this signal or with this code. */
  ended(how: End): void;
}

/** The process that knows TypeScript and runs the cells. It can be stopped and replaced; the front lives on. */
export class Engine {
  private child: ChildProcess;
  /** What was sent to an engine that started prepared and is not ready: should it never be, another is sent the same. */
  private early: Frame[] | null;
  private stopped = false;
  private events: EngineEvents = { frame: () => {}, ended: () => {} };

  /** @param cwd the folder that its cells run in */
  constructor(private readonly cwd = process.cwd()) {
    // What it is prepared with is this package and its TensorFlow.js, of which there would then be two.
    const prepared = packageFolder(cwd) === ownFolder ? preparedFlags() : [];
    this.early = prepared.length > 0 ? [] : null;
    this.child = this.start(prepared);
  }

  private start(prepared: readonly string[]): ChildProcess {
    const program = join(__dirname, "..", "engine", "main.js");
    const child = spawn(process.execPath, [...flags(), ...prepared, program], {
      cwd: this.cwd,
      stdio: ["ignore", "inherit", "inherit", "pipe", "pipe", "pipe"],
      // A group of its own, so that what a cell started ends with it.
      detached: process.platform !== "win32",
    });
    const reader = new FrameReader();
    const pipes = child.stdio as readonly (Readable | Writable | null)[];
    pipes[answers]!.on("data", (chunk: Buffer) => {
      for (const frame of reader.read(chunk)) {
        if (frame.op === "ready") this.early = null;
        this.events.frame(frame);
      }
    });
    // Writing to an engine that just ended is no error of its own: its end is told below.
    for (const pipe of [answers, requests, alarm]) pipes[pipe]!.on("error", () => {});
    child.on("error", () => this.events.ended({ code: null, signal: null }));
    // "close" comes when all it said has been read.
    child.on("close", (code, signal) => this.closed({ code, signal }));
    return child;
  }

  private closed(how: End): void {
    if (this.stopped) return;
    const { early } = this;
    if (early === null) return this.events.ended(how);
    // Its prepared state may be what ended it.
    this.early = null;
    this.child = this.start([]);
    for (const frame of early) this.send(frame);
  }

  /** To be called in the turn that made it, before anything can have happened. */
  hear(events: EngineEvents): this {
    this.events = events;
    return this;
  }

  send(frame: Frame): void {
    this.early?.push(frame);
    this.pipe(requests).write(encode(frame));
  }

  /** Reaches the engine even while a cell computes. */
  interrupt(sequence: number): void {
    this.pipe(alarm).write(`${sequence}\n`);
  }

  private pipe(number: number): Writable {
    return (this.child.stdio as readonly unknown[])[number] as Writable;
  }

  /** Ends it at once, whatever timers, servers and processes its cells left. */
  stop(): void {
    this.stopped = true;
    const { pid } = this.child;
    if (pid === undefined) return;
    const inGroup = process.platform !== "win32";
    // Windows has no groups, and finds what a process started only as long as that runs.
    if (!inGroup) spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true });
    try {
      process.kill(inGroup ? -pid : pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  }
}

/** Node's own warning about a module that a dependency uses is nothing a reader of the notebook can act upon. */
function flags(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 21 || (major === 21 && minor >= 3) ? ["--disable-warning=DEP0040"] : [];
}
