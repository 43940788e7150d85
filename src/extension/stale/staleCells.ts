// Which cells show what their code would no longer give, and what must run before one of them. Pure: knows no editor.

import type { CellNames } from "../../shared/cellNames.ts";
import { type Source, sourcesOf } from "./cellGraph.ts";

/** How a cell ran last. */
export interface LastRun {
  readonly names: CellNames;
  /** Counts up with every run of the notebook. */
  readonly order: number;
  /** The first of its runs in a row with this very code. */
  readonly orderOfCode: number;
  /** Which kernel it ran in, counted from 1. */
  readonly kernel: number;
  readonly outcome: "running" | "succeeded" | "failed" | "stopped";
}

export interface CellState {
  readonly id: string;
  /** Of its text as it is now. */
  readonly names: CellNames;
  /** `null`: it did not run since the notebook was opened. */
  readonly lastRun: LastRun | null;
  /** It runs, or is about to. */
  readonly isUnderWay: boolean;
  readonly hasOutputs: boolean;
}

export interface NotebookState {
  /** The code cells in order. */
  readonly cells: readonly CellState[];
  /** The kernel that is there now, counted from 1. */
  readonly kernel: number;
  /** Names that cells declared which were removed since. */
  readonly removedNames: ReadonlySet<string>;
}

export type StaleReason =
  /** What it shows was saved; it did not run since the notebook was opened. */
  | { readonly kind: "earlierSession" }
  /** It ran in a kernel that is gone. */
  | { readonly kind: "restarted" }
  | { readonly kind: "edited" }
  /** Of the cell that makes or changes `name`: it was edited, ran again, or is out of date itself. */
  | ({ readonly kind: "sourceEdited" | "sourceRanAgain" | "sourceStale" } & Source)
  /** The cell that made `name` was removed. */
  | { readonly kind: "sourceRemoved"; readonly name: string };

/** The cells that are out of date, each with the first reason that holds. Those under way are not. */
export function staleCells(notebook: NotebookState): ReadonlyMap<string, StaleReason> {
  const { cells } = notebook;
  const sources = sourcesOf(cells);
  // A source that was edited may no longer declare what it did when it ran.
  const sourcesThen = sourcesOf(cells.map((cell) => ({ id: cell.id, names: cell.lastRun?.names ?? cell.names })));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const known = new Map<string, StaleReason | null>();
  const reasonOf = (cell: CellState): StaleReason | null => {
    const before = known.get(cell.id);
    if (before !== undefined) return before;
    // Cells that take from each other: a circle ends here.
    known.set(cell.id, null);
    const all = [...(sources.get(cell.id) ?? []), ...(sourcesThen.get(cell.id) ?? [])];
    const found = ownReason(cell, notebook) ?? sourceReason(cell, all);
    known.set(cell.id, found);
    return found;
  };
  /** Whether a name stands for the same as before, though the cell that makes it ran again after the run of this order. */
  const isSame = ({ cellId, name }: Source, order: number, seen: Set<string>): boolean => {
    const run = byId.get(cellId)?.lastRun;
    if (!run || seen.has(cellId)) return true;
    seen.add(cellId);
    if (run.order <= order) return true;
    if (!run.names.fixed.includes(name) || run.orderOfCode > order) return false;
    return (sourcesThen.get(cellId) ?? []).every((source) => isSame(source, order, seen));
  };
  const sourceReason = (cell: CellState, all: readonly Source[]): StaleReason | null => {
    const { lastRun } = cell;
    if (lastRun === null) return null;
    const ran = all.flatMap((source) => {
      const maker = byId.get(source.cellId);
      return maker?.lastRun?.kernel === notebook.kernel ? [{ source, maker, run: maker.lastRun }] : [];
    });
    const edited = ran.find(({ maker, run }) => maker.names.code !== run.names.code);
    if (edited) return { kind: "sourceEdited", ...edited.source };
    const again = ran.find(({ source, run }) => run.order > lastRun.order && !isSame(source, lastRun.order, new Set()));
    if (again) return { kind: "sourceRanAgain", ...again.source };
    const stale = ran.find(({ maker }) => reasonOf(maker) !== null);
    if (stale) return { kind: "sourceStale", ...stale.source };
    const isMade = (name: string) => cells.some(({ names }) => names.declares.includes(name));
    const gone = cell.names.uses.find((name) => notebook.removedNames.has(name) && !isMade(name));
    return gone === undefined ? null : { kind: "sourceRemoved", name: gone };
  };
  return new Map(
    cells.flatMap((cell) => {
      const reason = cell.isUnderWay ? null : reasonOf(cell);
      return reason ? [[cell.id, reason] as const] : [];
    }),
  );
}

function ownReason({ lastRun, names, hasOutputs }: CellState, { kernel }: NotebookState): StaleReason | null {
  if (lastRun === null) return hasOutputs ? { kind: "earlierSession" } : null;
  if (names.code !== lastRun.names.code) return { kind: "edited" };
  return lastRun.kernel === kernel ? null : { kind: "restarted" };
}

/** What must run so that a cell runs with what it needs: those it takes from that did not run as they stand, then itself. */
export function cellsToRun(notebook: NotebookState, cellId: string): readonly string[] {
  const sources = sourcesOf(notebook.cells);
  const stale = staleCells(notebook);
  const byId = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const isNeeded = new Map<string, boolean>();
  const inOrder: string[] = [];
  /** Whether a cell has to run; those it takes from are in the list before it. */
  const visit = (id: string): boolean => {
    const before = isNeeded.get(id);
    if (before !== undefined) return before;
    isNeeded.set(id, false);
    const above = [...new Set((sources.get(id) ?? []).map((source) => source.cellId))];
    // All of them are visited, not only until one must run.
    const must =
      above.map(visit).some((each) => each) || id === cellId || !isFresh(byId.get(id), stale, notebook.kernel);
    isNeeded.set(id, must);
    if (must) inOrder.push(id);
    return must;
  };
  visit(cellId);
  return inOrder;
}

/** Also one that is under way: it will have run by then. */
function isFresh(cell: CellState | undefined, stale: ReadonlyMap<string, StaleReason>, kernel: number): boolean {
  if (cell === undefined || cell.isUnderWay) return true;
  return cell.lastRun?.kernel === kernel && cell.lastRun.outcome === "succeeded" && !stale.has(cell.id);
}
