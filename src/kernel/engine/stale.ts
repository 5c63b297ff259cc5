/** What a cell's code says about top-level names. */
export interface Names {
  declares: readonly string[];
  uses: readonly string[];
}

/** The latest run of a cell. */
interface Run {
  number: number;
  /** The run that had declared each name it used when it ran; 0 where none had. */
  saw: ReadonlyMap<string, number>;
}

/** Where a name's value comes from. */
interface Source {
  cell: string;
  number: number;
}

/**
 * Which cells ran before what they use changed. A name belongs to the run that declared it last; a cell is stale when a
 * name it used has been declared again since, or comes from a cell that is stale itself.
 */
export class Dependencies {
  /** By cell, in the order in which they were last run. */
  private readonly runs = new Map<string, Run>();
  private readonly sources = new Map<string, Source>();
  private number = 0;

  /** Records a run of a cell; returns the cells that are stale now, in the order in which they were last run. */
  ran(cell: string, { declares, uses }: Names): string[] {
    const number = ++this.number;
    const own = new Set(declares);
    // A name of the cell's own does not come from elsewhere, whoever declared it before.
    const saw = new Map(
      uses.filter((name) => !own.has(name)).map((name) => [name, this.sources.get(name)?.number ?? 0]),
    );
    this.runs.delete(cell);
    this.runs.set(cell, { number, saw });
    for (const name of own) this.sources.set(name, { cell, number });
    return this.stale();
  }

  /** The cells that have run. */
  get cells(): string[] {
    return [...this.runs.keys()];
  }

  /** Cells that are no longer in the notebook. What they declared is still there for others to use. */
  forget(cells: readonly string[]): void {
    for (const cell of cells) this.runs.delete(cell);
  }

  private stale(): string[] {
    const users = this.users();
    const found = new Set<string>();
    for (const [cause, direct] of this.outdated()) {
      // The cell that made them stale is left out: it cannot be made stale by itself, or two cells that feed each
      // other would never come to rest.
      const reached = new Set(direct);
      for (const cell of reached) {
        for (const user of users.get(cell) ?? []) if (user !== cause) reached.add(user);
      }
      for (const cell of reached) found.add(cell);
    }
    return [...this.runs.keys()].filter((cell) => found.has(cell));
  }

  /** The cells that used a name before its latest declaration, by the cell that declared it. */
  private outdated(): Map<string, Set<string>> {
    const cells = new Map<string, Set<string>>();
    for (const [cell, { saw }] of this.runs) {
      for (const [name, number] of saw) {
        const source = this.sources.get(name);
        if (source !== undefined && source.number !== number) add(cells, source.cell, cell);
      }
    }
    return cells;
  }

  /** The cells that use what the latest run of a cell declared, by that cell. */
  private users(): Map<string, Set<string>> {
    const cells = new Map<string, Set<string>>();
    for (const [cell, { saw }] of this.runs) {
      for (const name of saw.keys()) {
        const source = this.sources.get(name);
        if (source !== undefined && source.number === this.runs.get(source.cell)?.number)
          add(cells, source.cell, cell);
      }
    }
    return cells;
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}
