// @ts-check
// Run as a program of its own: whether ZeroMQ loads, and carries a message as Jupyter sends it.
import { createRequire } from "node:module";

const { Dealer, Router, version } = /** @type {typeof import("zeromq")} */ (
  createRequire(import.meta.url)("zeromq")
);
process.stdout.write(`${JSON.stringify({ version, works: false })}\n`);
const router = new Router({ linger: 0 });
const dealer = new Dealer({ linger: 0 });
await router.bind("tcp://127.0.0.1:*");
dealer.connect(router.lastEndpoint ?? "");
await dealer.send("sent");
const [, frame] = await router.receive();
process.stdout.write(`${JSON.stringify({ version, works: String(frame) === "sent" })}\n`);
process.exit(0);
