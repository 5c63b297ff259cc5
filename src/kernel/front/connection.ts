import { readFileSync } from "node:fs";
import { getHashes } from "node:crypto";
import { isIPv6 } from "node:net";

/** Where the kernel listens and how messages are signed. Jupyter: the connection file. */
export interface Connection {
  /** The key of the signatures; where it is empty, messages are not signed. */
  key: string;
  /** The hash of the signatures, such as `sha256`. */
  hash: string;
  /** The address of each channel, such as `tcp://127.0.0.1:5555`. */
  addresses: { [channel in Channel]: string };
  /** CurveZMQ: the server's keys, as Z85. */
  curve: { publicKey: string; secretKey: string } | null;
}

export type Channel = "shell" | "iopub" | "stdin" | "control" | "hb";
export const channels: readonly Channel[] = ["shell", "iopub", "stdin", "control", "hb"];

/** A connection file, or an address in it, that cannot be used: one sentence and exit code 2. */
export class ConnectionError extends Error {
  readonly exitCode = 2;
}

/** @throws ConnectionError where the file is missing or does not say what Jupyter's connection files say. */
export function readConnection(path: string): Connection {
  const bad = (what: string): never => {
    throw new ConnectionError(`The connection file ${path} ${what}.`);
  };
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    bad(code === "ENOENT" ? "is missing" : `cannot be read (${code})`);
  }
  let file: Record<string, unknown> = {};
  try {
    file = JSON.parse(text) as Record<string, unknown>;
  } catch {
    bad("is not JSON");
  }
  if (typeof file !== "object" || file === null || Array.isArray(file)) bad("is not a JSON object");
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme: scheme = "hmac-sha256" } = file;
  if (transport !== "tcp" && transport !== "ipc")
    bad(`has the transport ${JSON.stringify(transport)}; expected "tcp" or "ipc"`);
  if (typeof ip !== "string" || ip === "") bad(`has the ip ${JSON.stringify(ip)}; expected an address`);
  if (typeof key !== "string") bad("has a key that is not a string");
  const hash = /^hmac-([a-z0-9-]+)$/i.exec(String(scheme))?.[1]?.toLowerCase();
  if (hash === undefined || !getHashes().includes(hash))
    bad(`has the signature_scheme ${JSON.stringify(scheme)}; expected one such as "hmac-sha256"`);
  const address = (channel: Channel): string => {
    const port = file[`${channel}_port`];
    if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535)
      bad(`has the ${channel}_port ${JSON.stringify(port)}; expected a whole number from 1 to 65535`);
    if (transport === "ipc") return `ipc://${ip as string}-${port as number}`;
    return `tcp://${isIPv6(ip as string) ? `[${ip as string}]` : (ip as string)}:${port as number}`;
  };
  return {
    key: key as string,
    hash: hash as string,
    addresses: Object.fromEntries(
      channels.map((channel) => [channel, address(channel)]),
    ) as Connection["addresses"],
    curve: curveOf(file, bad),
  };
}

function curveOf(file: Record<string, unknown>, bad: (what: string) => never): Connection["curve"] {
  const { curve_publickey: publicKey = null, curve_secretkey: secretKey = null } = file;
  if (publicKey === null && secretKey === null) return null;
  for (const [name, key] of Object.entries({ curve_publickey: publicKey, curve_secretkey: secretKey })) {
    if (typeof key !== "string" || key.length !== 40)
      bad(`has a ${name} that is not a CurveZMQ key; expected 40 characters of Z85`);
  }
  return { publicKey: publicKey as string, secretKey: secretKey as string };
}
