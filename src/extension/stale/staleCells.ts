// Which cells show what their code would no longer give, and what must run before one of them. Pure: knows no editor.

import { sourcesOf } from "./cellGraph.ts";
import type { CellState, NotebookState, StaleReason } from "./cellStates.ts";
import { StaleNames } from "./staleNames.ts";

/** The cells that are out of date, each with the first reason that holds. Those under way are not. */
export function staleCells(notebook: NotebookState): ReadonlyMap<string, StaleReason> {
  const { cells } = notebook;
  const names = new StaleNames(notebook);
  const saved = savedCells(cells);
  return new Map(
    cells.flatMap((cell) => {
      const own = saved.get(cell.id) ?? ownReason(cell, notebook);
      const reason = cell.isUnderWay ? null : (own ?? names.reasonIn(cell, cell.names.uses));
      return reason ? [[cell.id, reason] as const] : [];
    }),
  );
}

/**
 * The cells whose saved outputs need a word. While nothing ran one word is enough. Then it matters for those that take from what ran,
 * and for those that what ran takes from: their variables are not those that their outputs show. The rest has no number, as nothing that did not run.
 */
function savedCells(cells: readonly CellState[]): ReadonlyMap<string, StaleReason> {
  const saved = cells.filter(({ lastRun, hasOutputs }) => lastRun === null && hasOutputs);
  if (cells.every(({ lastRun }) => lastRun === null))
    return new Map(saved.slice(0, 1).map(({ id }) => [id, { kind: "nothingRan" }]));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const sources = sourcesOf(cells);
  // An import is the same in every session.
  const makersOf = ({ id }: CellState) =>
    (sources.get(id) ?? []).flatMap(({ cellId, name }) => {
      const maker = byId.get(cellId);
      return maker === undefined || maker.names.imports.includes(name) ? [] : [maker];
    });
  const takesFromRun = (cell: CellState, seen: Set<CellState>): boolean =>
    makersOf(cell).some((maker) => {
      if (maker.lastRun !== null) return true;
      if (seen.has(maker)) return false;
      seen.add(maker);
      return takesFromRun(maker, seen);
    });
  const isTaken = new Set(cells.filter(({ lastRun }) => lastRun !== null).flatMap(makersOf));
  const told = saved.filter((cell) => isTaken.has(cell) || takesFromRun(cell, new Set([cell])));
  return new Map(told.map(({ id }) => [id, { kind: "earlierSession" }]));
}

function ownReason({ lastRun, names }: CellState, { kernel, deaths }: NotebookState): StaleReason | null {
  if (lastRun === null) return null;
  if (names.code !== lastRun.names.code) return { kind: "edited" };
  if (lastRun.kernel === kernel) return null;
  const why = deaths.get(lastRun.kernel);
  return why === undefined ? { kind: "restarted" } : { kind: "kernelDied", why };
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
