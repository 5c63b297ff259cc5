// @ts-check
import { constants } from "node:os";
import { message } from "./messages.mjs";
import { releaseLocks } from "./lock.mjs";
import { endings, whenOrphaned } from "./processes.mjs";
import { endChildren } from "./run.mjs";
import { complain, endShowing, say } from "./say.mjs";
import { mendTemporaryFolder } from "./temporary.mjs";
import { explained, Trouble } from "./trouble.mjs";

/** @param {string[]} argv */
async function main([command, ...args]) {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Trouble(message("oldNode", process.version));
  const note = mendTemporaryFolder();
  if (note) complain(note);
  const { building, carryOut, settingUp, testing } = await import("./steps.mjs");
  switch (command) {
    case "build":
      return carryOut(building);
    case "setup":
      await carryOut(settingUp);
      return say(message("ready"));
    case "start":
      await carryOut(settingUp);
      return (await import("./start.mjs")).startLab(args);
    case "test":
      await carryOut([...settingUp, ...testing]);
      return (await import("./checks.mjs")).runChecks(args);
    case "test:long":
      await carryOut([...settingUp, ...testing]);
      return (await import("./checks.mjs")).runLongTests(args);
    default:
      throw new Trouble(message("usage"), 2);
  }
}

for (const signal of endings) {
  process.on(signal, () => {
    endChildren();
    releaseLocks();
    endShowing();
    complain(`\n${message("interrupted")}`);
    process.exit(128 + constants.signals[signal]);
  });
}

// To those who listen for it, not to the process: on Windows none would hear it.
whenOrphaned(() => process.emit("SIGTERM", "SIGTERM"));

try {
  process.exitCode = (await main(process.argv.slice(2))) ?? 0;
} catch (error) {
  const trouble = explained(error);
  if (!(trouble instanceof Trouble)) throw trouble;
  complain(trouble.message);
  process.exitCode = trouble.exitCode;
}
