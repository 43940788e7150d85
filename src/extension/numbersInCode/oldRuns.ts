// Which runs no longer stand for the code as it is: a cell that made their model was edited, or one that it takes from, such as the data's.

import type * as vscode from "vscode";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { isOutdated, type KnownRun } from "../runs/runStore.ts";
import { editedSinceRun } from "../stale/editedCells.ts";
import type { NotebookStates } from "../stale/notebookStates.ts";

export type IsOldRun = (run: KnownRun) => boolean;

export class OldRuns {
  readonly #kernels: NotebookKernels;
  readonly #states: NotebookStates;

  constructor(kernels: NotebookKernels, states: NotebookStates) {
    this.#kernels = kernels;
    this.#states = states;
  }

  /** For the code as it stands when it is asked. */
  async of(notebook: vscode.NotebookDocument): Promise<IsOldRun> {
    const live = this.#kernels.find(notebook);
    if (!live || live.runs.newestFirst().length === 0) return () => false;
    const edited = await this.editedCells(notebook, live);
    return (run) => isOutdated(run, (cellId) => live.textOf(cellId)) || edited.has(run.cellId);
  }

  /** The cells whose results no longer stand for the code. */
  async editedCells(notebook: vscode.NotebookDocument, live: LiveNotebook): Promise<ReadonlySet<string>> {
    return editedSinceRun(await this.#states.stateOf(notebook, live));
  }
}
