import { isUtf8 } from "node:buffer";
import { Reply, Router, type Socket, XPublisher } from "zeromq";
import { type Channel, type Connection, ConnectionError } from "./connection";

/** A frame larger than this is refused by ZeroMQ itself, before it is in memory. */
const largestFrame = 256 * 2 ** 20;
/** A subscription that is longer than this, in bytes, is refused: it is not signed, and it is kept. */
const longestTopic = 1 << 16;

/** Sends in order: ZeroMQ's own `send` takes one message at a time. */
export class Outbox {
  private readonly queue: Buffer[][] = [];
  private sending: Promise<void> | null = null;

  constructor(private readonly socket: XPublisher | Router) {}

  send(frames: Buffer[]): void {
    this.queue.push(frames);
    this.sending ??= this.run();
  }

  /** Ends when all that was given is with ZeroMQ. */
  async empty(): Promise<void> {
    while (this.sending !== null) await this.sending;
  }

  private async run(): Promise<void> {
    for (let i = 0; i < this.queue.length; i++) {
      try {
        await this.socket.send(this.queue[i]!);
      } catch {
        // The one it was for is gone, or the socket is closed: nobody is left to tell.
      }
    }
    this.queue.length = 0;
    this.sending = null;
  }
}

/** The kernel's five sockets. Jupyter: "Messaging in Jupyter". */
export class Sockets {
  private readonly open: { [channel in Channel]: Socket };
  readonly shell = new Router();
  readonly control = new Router();
  readonly stdin = new Router();
  readonly iopub = new XPublisher();
  private readonly hb = new Reply();

  constructor(private readonly connection: Connection) {
    const { shell, control, stdin, iopub, hb } = this;
    this.open = { shell, control, stdin, iopub, hb };
    // No message of a flood may be dropped, on whichever side it waits.
    iopub.sendHighWaterMark = 0;
    // A second front end subscribes to the same as the first, and it is heard of too.
    iopub.verbosity = "allSubs";
    iopub.maxMessageSize = longestTopic;
    for (const socket of [shell, control, stdin]) {
      socket.maxMessageSize = largestFrame;
      socket.sendHighWaterMark = 0;
    }
    for (const socket of Object.values(this.open)) {
      socket.linger = 1000;
      if (connection.addresses.shell.startsWith("tcp://[")) socket.ipv6 = true;
      if (connection.curve === null) continue;
      socket.curveServer = true;
      socket.curvePublicKey = connection.curve.publicKey;
      socket.curveSecretKey = connection.curve.secretKey;
    }
  }

  /** @throws ConnectionError where an address cannot be had. */
  async bind(): Promise<void> {
    for (const [channel, address] of Object.entries(this.connection.addresses)) {
      try {
        await this.open[channel as Channel].bind(address);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        this.close();
        throw new ConnectionError(
          code === "EADDRINUSE"
            ? `The ${channel} channel's address ${address} is in use by another program.`
            : `The kernel cannot listen at the ${channel} channel's address ${address}: ${message}.`,
        );
      }
    }
    void this.echo();
  }

  /** The topic of each subscription to iopub, when it is in force; "" is all of it. */
  async *subscriptions(): AsyncGenerator<string> {
    for await (const [event] of this.iopub) {
      // 1 and the topic. 0 ends a subscription, and others are no events.
      if (event?.[0] !== 1) continue;
      const topic = event.subarray(1);
      if (isUtf8(topic)) yield topic.toString();
    }
  }

  /** The heartbeat: what comes goes back. */
  private async echo(): Promise<void> {
    for await (const frames of this.hb) await this.hb.send(frames);
  }

  close(): void {
    for (const socket of Object.values(this.open)) socket.close();
  }
}
