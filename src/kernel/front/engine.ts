import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { encode, type Frame, FrameReader } from "../pipe";
import { ownFolder, packageFolder } from "../packages";
import { preparedFlags } from "./prepared";

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
  private readonly child: ChildProcess;
  private readonly requests: Writable;
  private readonly alarm: Writable;
  private stopped = false;
  private events: EngineEvents = { frame: () => {}, ended: () => {} };

  /**
   * @param cwd the folder that its cells run in
   * @param prepared whether it may start from its prepared state
   */
  constructor(cwd = process.cwd(), prepared = true) {
    const program = join(__dirname, "..", "engine", "main.js");
    // What it is prepared with is this package and its TensorFlow.js, of which there would then be two.
    const isOwn = packageFolder(cwd) === ownFolder;
    const options = [...flags(), ...(prepared && isOwn ? preparedFlags() : [])];
    this.child = spawn(process.execPath, [...options, program], {
      cwd,
      // 3: from the engine, 4: to it, 5: interrupts, which a thread of its own waits for.
      stdio: ["ignore", "inherit", "inherit", "pipe", "pipe", "pipe"],
      // A group of its own, so that what a cell started ends with it.
      detached: process.platform !== "win32",
    });
    const reader = new FrameReader();
    const [, , , answers, requests, alarm] = this.child.stdio as unknown as [
      null,
      null,
      null,
      NodeJS.ReadableStream,
      Writable,
      Writable,
    ];
    answers.on("data", (chunk: Buffer) => {
      for (const frame of reader.read(chunk)) this.events.frame(frame);
    });
    this.requests = requests;
    this.alarm = alarm;
    // Writing to an engine that just ended is no error of its own: its end is told below.
    for (const pipe of [requests, alarm, answers] as NodeJS.EventEmitter[]) pipe.on("error", () => {});
    this.child.on("error", () => this.events.ended({ code: null, signal: null }));
    // "close" comes when all it said has been read.
    this.child.on("close", (code, signal) => {
      if (!this.stopped) this.events.ended({ code, signal });
    });
  }

  /** To be called in the turn that made it, before anything can have happened. */
  hear(events: EngineEvents): this {
    this.events = events;
    return this;
  }

  send(frame: Frame): void {
    this.requests.write(encode(frame));
  }

  /** Reaches the engine even while a cell computes. */
  interrupt(sequence: number): void {
    this.alarm.write(`${sequence}\n`);
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
