import { ConnectionError, readConnection } from "./connection";
import { Engine } from "./engineprocess";
import { speakReadersLanguage } from "../language";

/** How often the kernel looks whether the program that started it lives, in milliseconds. */
const look = 1000;

/**
 * Starts the kernel that Jupyter's connection file describes; it runs until Jupyter shuts it down or is gone itself.
 * @throws ConnectionError where the file or an address in it cannot be used.
 */
export async function startKernel(connectionFile: string): Promise<void> {
  speakReadersLanguage();
  if (connectionFile === "")
    throw new ConnectionError("No connection file was named: --config-path is missing.");
  const connection = readConnection(connectionFile);
  // What takes longest starts first: the library of the sockets is loaded meanwhile.
  const engine = new Engine();
  const { Kernel } = require("./kernel") as typeof import("./kernel");
  const kernel = new Kernel(connection, engine);
  await kernel.start();
  process.on("SIGINT", () => kernel.interrupt());
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void kernel.stop().finally(() => process.exit(0)));
  }
  const parent = process.ppid;
  setInterval(() => {
    // An orphan is handed to another process; on Windows it keeps the number of the one that is gone.
    if (process.ppid !== parent || !isThere(parent)) void kernel.stop().finally(() => process.exit(0));
  }, look).unref();
}

/** Whether there is a process of this number. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
