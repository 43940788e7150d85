// Which names stand for something else than when a cell took them. A name at a time: an edit of one line of a cell leaves what its other lines make as it is. Pure.

import { type Source, sourcesOf } from "./cellGraph.ts";
import type { CellState, LastRun, NotebookState, StaleReason } from "./cellStates.ts";

type Sources = ReadonlyMap<string, readonly Source[]>;

export class StaleNames {
  readonly #notebook: NotebookState;
  readonly #byId: ReadonlyMap<string, CellState>;
  readonly #sources: Sources;
  /** A source that was edited may no longer declare what it did when it ran. */
  readonly #sourcesThen: Sources;
  readonly #known = new Map<string, boolean>();

  constructor(notebook: NotebookState) {
    const { cells } = notebook;
    this.#notebook = notebook;
    this.#byId = new Map(cells.map((cell) => [cell.id, cell]));
    this.#sources = sourcesOf(cells);
    this.#sourcesThen = sourcesOf(cells.map(({ id, names, lastRun }) => ({ id, names: lastRun?.names ?? names })));
  }

  /** Why one of these names, which a cell takes from others, is not what it was when the cell ran. */
  reasonIn({ id, lastRun }: CellState, names: readonly string[]): StaleReason | null {
    if (lastRun === null) return null;
    const all = [...(this.#sources.get(id) ?? []), ...(this.#sourcesThen.get(id) ?? [])];
    const ran = all.flatMap((source) => {
      const maker = this.#byId.get(source.cellId);
      if (!names.includes(source.name) || maker?.lastRun?.kernel !== this.#notebook.kernel) return [];
      return [{ source, maker, run: maker.lastRun }];
    });
    const edited = ran.find(({ source, maker, run }) => codeOf(maker.names, source) !== codeOf(run.names, source));
    if (edited) return { kind: "sourceEdited", ...edited.source };
    const again = ran.find(({ source, run }) => run.order > lastRun.order && !this.#isSame(source, lastRun.order));
    if (again) return { kind: "sourceRanAgain", ...again.source };
    const stale = ran.find(({ source }) => this.#isStale(source));
    if (stale) return { kind: "sourceStale", ...stale.source };
    const gone = names.find((name) => this.#notebook.removedNames.has(name) && !this.#isMade(name));
    return gone === undefined ? null : { kind: "sourceRemoved", name: gone };
  }

  /** Whether what a cell made a name of is out of date, since what it took for that is. */
  #isStale(source: Source): boolean {
    const key = `${source.cellId} ${source.name}`;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    // Cells that take from each other: a circle ends here.
    this.#known.set(key, false);
    const maker = this.#byId.get(source.cellId);
    const isStale = maker !== undefined && this.reasonIn(maker, usesOf(maker.lastRun, source)) !== null;
    this.#known.set(key, isStale);
    return isStale;
  }

  /** Whether a name stands for the same as before, though the cell that makes it ran again after the run of this order. */
  #isSame(source: Source, order: number, seen = new Set<string>()): boolean {
    const key = `${source.cellId} ${source.name}`;
    const run = this.#byId.get(source.cellId)?.lastRun;
    if (!run || seen.has(key)) return true;
    seen.add(key);
    if (run.order <= order) return true;
    if (!run.names.fixed.includes(source.name) || this.#isChanged(source.name, run)) return false;
    if (orderOfMaking(run, source) > order) return false;
    const uses = usesOf(run, source);
    const taken = this.#sourcesThen.get(source.cellId) ?? [];
    return taken.every((each) => !uses.includes(each.name) || this.#isSame(each, order, seen));
  }

  /** Whether another cell changes inside what one makes: made anew, it is without the change. What is called on an import changes nothing. */
  #isChanged(name: string, { names }: LastRun): boolean {
    if (names.imports.includes(name)) return false;
    return this.#notebook.cells.some(({ lastRun }) => lastRun?.names.changes.includes(name));
  }

  #isMade(name: string): boolean {
    return this.#notebook.cells.some(({ names }) => names.declares.includes(name));
  }
}

function codeOf(names: CellState["names"], { name }: Source): string | undefined {
  return names.makings.get(name)?.code;
}

function usesOf(run: LastRun | null, { name }: Source): readonly string[] {
  return run?.names.makings.get(name)?.uses ?? [];
}

/** The first of a cell's runs in a row that made a name by this code. */
function orderOfMaking({ names, history, order }: LastRun, source: Source): number {
  const firstOther = history.findLastIndex((each) => codeOf(each.names, source) !== codeOf(names, source));
  return history[firstOther + 1]?.order ?? order;
}
