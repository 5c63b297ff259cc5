import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { curveKeyPair } from "zeromq";
import type { Content } from "./wire";

export interface ConnectionOptions {
  transport?: "tcp" | "ipc";
  curve?: boolean;
  key?: string;
  /** Where it lies, if not in the system's temporary folder. */
  within?: string;
}

/** A connection file in a folder of its own. TCP ports may be taken by another program before the kernel has them. */
export async function writeConnection({
  transport = "ipc",
  curve = false,
  key = randomUUID() as string,
  within = tmpdir(),
}: ConnectionOptions) {
  const folder = mkdtempSync(join(within, "tslab-gradients-client-"));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const keys = curve ? curveKeyPair() : null;
  const connection: Content = {
    transport,
    ip: transport === "ipc" ? join(folder, "socket") : "127.0.0.1",
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "tslab",
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
    ...(keys === null ? {} : { curve_publickey: keys.publicKey, curve_secretkey: keys.secretKey }),
  };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  return { connection, file, folder, keys };
}

/** Where a channel's socket is: `shell_port` and so on. */
export function addressOf(connection: Content, port: string): string {
  const { transport, ip } = connection as { transport: string; ip: string };
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${connection[port] as number}`;
}

/** A free port for each channel. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
