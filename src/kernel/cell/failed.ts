import { inChinese } from "../language";

/** Names whose values are older than they look: the cell that makes them ran again since, and failed. */
export class FailedNames {
  /** By name, the run that failed. */
  private readonly runs = new Map<string, string>();

  /** A run that did not come to give the names their values, which still hold earlier ones. */
  failed(run: string, names: Iterable<string>): void {
    for (const name of names) this.runs.set(name, run);
  }

  renewed(names: Iterable<string>): void {
    for (const name of names) this.runs.delete(name);
  }

  /** A sentence about those of the names that are such; null where none is. */
  notice(names: readonly string[]): string | null {
    const old = names.filter((name) => this.runs.has(name));
    if (old.length === 0) return null;
    const quoted = old.map((name) => `\`${name}\``);
    const run = this.runs.get(old.at(-1)!)!.replace("[", " [");
    if (inChinese())
      return `${quoted.join("、")} 还是之前运行的结果：生成它的单元格最近一次运行（${run}）失败了。`;
    return `${quoted.join(", ")} ${old.length === 1 ? "is" : "are"} from an earlier run of ${run}, whose last run failed.`;
  }
}
