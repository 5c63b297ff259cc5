import { homedir, userInfo } from "node:os";
import { ExportError } from "./error";
import { alternatives } from "./guard/alternatives";
import { failures } from "./guard/failures";
import { privacy, type Owner } from "./guard/privacy";
import { staleness } from "./guard/staleness";
import { unchanging } from "./guard/unchanging";
import type { Notebook } from "./notebook";

/** What a notebook may have that one does not want to publish. */
export const guardKinds = ["stale", "failed", "static", "alt", "private"] as const;
export type GuardKind = (typeof guardKinds)[number];

/**
 * @param allowed what is not looked for
 * @param owner whose name and folder must not be in it
 * @throws ExportError with a sentence for each problem, one a line
 */
export function guard(notebook: Notebook, allowed: readonly GuardKind[], owner: Owner = self()): void {
  const problemsOf: { [kind in GuardKind]: () => string[] } = {
    stale: () => staleness(notebook),
    failed: () => failures(notebook),
    static: () => unchanging(notebook),
    alt: () => alternatives(notebook),
    private: () => privacy(notebook, owner),
  };
  const problems = guardKinds
    .filter((kind) => !allowed.includes(kind))
    .flatMap((kind) =>
      problemsOf[kind]().map((problem) => `${problem}, or allow it with \`--allow ${kind}\`.`),
    );
  if (problems.length > 0) throw new ExportError(problems.join("\n"));
}

function self(): Owner {
  const home = homedir();
  try {
    return { user: userInfo().username, home };
  } catch {
    // A container's user may have no entry in the system's list.
    return { user: "", home };
  }
}
