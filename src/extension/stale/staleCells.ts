// Which cells show what their code would no longer give, and what must run before one of them. Pure: knows no editor.

import { sourcesOf } from "./cellGraph.ts";
import type { CellState, NotebookState, StaleReason } from "./cellStates.ts";
import { StaleNames } from "./staleNames.ts";

/** The cells that are out of date, each with the first reason that holds. Those under way are not. */
export function staleCells(notebook: NotebookState): ReadonlyMap<string, StaleReason> {
  const { cells } = notebook;
  const names = new StaleNames(notebook);
  return new Map(
    cells.flatMap((cell) => {
      const reason = cell.isUnderWay ? null : (ownReason(cell, notebook) ?? names.reasonIn(cell, cell.names.uses));
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
