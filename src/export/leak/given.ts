import { isForeign } from "../codelanguage";
import type { Notebook } from "../notebook";
import type { Secret } from "./needles";
import { normalised } from "./normalised";
import { statementsOf, tokensOf } from "./pieces";
import { isText, runningIn } from "./places";
import { offeredIn } from "./sentences";

/** What students get anyway, where it belongs: as code that runs, as a task's text. */
export class Given {
  private readonly statements = new Set<string>();
  /** Code without its comments. */
  private readonly code: string;
  /** And without its strings. */
  private readonly bare: string;
  /** What tasks ask and offer, and all of the text. */
  private readonly offered: string;
  private readonly prose: string;
  private readonly sources: string;
  private readonly isForeign: boolean;

  constructor(student: Notebook) {
    const { cells } = student;
    this.isForeign = isForeign(student);
    const code: string[] = [];
    const bare: string[] = [];
    const prose: string[] = [];
    for (const { type, source } of cells) {
      if (type !== "code") {
        prose.push(source);
        continue;
      }
      if (this.isForeign) {
        code.push(source);
        bare.push(source);
        continue;
      }
      const file = runningIn(source);
      for (const statement of statementsOf(file)) this.statements.add(statement);
      for (const token of tokensOf(file, file)) {
        code.push(token.getText(file));
        if (!isText(token)) bare.push(token.getText(file));
      }
    }
    this.code = normalised(code.join(" "));
    this.bare = normalised(bare.join(" "));
    this.sources = normalised(cells.map(({ source }) => source).join("\n"));
    this.prose = normalised(prose.join("\n"));
    this.offered = prose.map(offeredIn).join("\n");
  }

  /** Whether it is no secret at all. */
  has({ kind, text = "" }: Secret): boolean {
    switch (kind) {
      case "statement":
        return this.isForeign ? this.code.includes(text) : this.statements.has(text);
      case "expression":
        return this.bare.includes(text);
      case "message":
        return this.code.includes(text) || this.prose.includes(text);
      case "line":
        return this.sources.includes(text);
      case "sentence":
        return this.offered.includes(text);
      default:
        return false;
    }
  }

  /** Whether it stands within code that runs, as a part of something longer. */
  runs({ text = "" }: Secret): boolean {
    return this.code.includes(text);
  }
}
