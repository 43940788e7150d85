// Which cells ran with other code than there is now, their own or that of cells they take from. A cell that merely ran again changes nothing here. Pure: knows no editor.

import type { CellState, NotebookState } from "./cellStates.ts";
import { staleCells } from "./staleCells.ts";

export function editedSinceRun(notebook: NotebookState): ReadonlySet<string> {
  const cells = inOneKernel(notebook);
  const stale = staleCells({ ...notebook, cells });
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const isEdited = (cellId: string, seen: readonly string[] = []): boolean => {
    const reason = stale.get(cellId);
    if (reason === undefined || seen.includes(cellId)) return false;
    switch (reason.kind) {
      case "edited":
      case "sourceEdited":
      case "sourceRemoved":
        return true;
      case "sourceRanAgain":
        return ranOtherwise(byId.get(reason.cellId), byId.get(cellId)?.lastRun?.order ?? 0);
      case "sourceStale":
        return isEdited(reason.cellId, [...seen, cellId]);
      case "nothingRan":
      case "earlierSession":
      case "restarted":
      case "kernelDied":
        return false;
    }
  };
  return new Set([...stale.keys()].filter((cellId) => isEdited(cellId)));
}

/** What a run found stays true of its code when the kernel is a new one. */
function inOneKernel({ cells, kernel }: NotebookState): readonly CellState[] {
  return cells.map((cell) => (cell.lastRun === null ? cell : { ...cell, lastRun: { ...cell.lastRun, kernel } }));
}

/** Whether the newest code that a cell ran with is another than that at the time of a run. */
function ranOtherwise(cell: CellState | undefined, order: number): boolean {
  const run = cell?.lastRun;
  if (!run) return false;
  return run.history.findLast((each) => each.order <= order)?.names.code !== run.names.code;
}
