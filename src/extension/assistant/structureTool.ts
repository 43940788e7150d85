// "What is in this notebook?": its cells in order, what each declares and uses, which ran, which are old, which failed.

import { basename } from "node:path";
import type * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { cellIdOf, isCodeCell } from "../notebooks.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { runStatus } from "../runs/runStatus.ts";
import { type SavedRun, savedNote, savedRunsOf } from "./savedRuns.ts";
import { type NotebookInput, nameOf, notebookOf, type ToolContext } from "./toolContext.ts";

export type StructureInput = NotebookInput;

export async function readStructure({ kernels, client, locale }: ToolContext, input: StructureInput): Promise<object> {
  const document = notebookOf(input);
  const live = kernels.find(document);
  const cells = document.getCells();
  const code = cells.filter(isCodeCell).map((cell) => ({ id: cellIdOf(cell), text: cell.document.getText() }));
  const outlines = await client.request({ kind: "outlineCells", cells: code });
  const runs = live?.runs.newestFirst() ?? [];
  const saved = savedRunsOf(document).filter(({ runId }) => runs.every((run) => run.runId !== runId));
  return {
    notebook: basename(document.uri.path),
    kernel: live === undefined ? "none" : live.isBusy ? "busy" : "idle",
    cells: cells.map((cell) => {
      const { index, document: text } = cell;
      const place = { cell: index + 1 };
      if (!isCodeCell(cell)) return { ...place, kind: "text", text: text.getText() };
      const { declares = [], uses = [] } = outlines.find(({ id }) => id === cellIdOf(cell)) ?? {};
      const error = errorOf(cell);
      return {
        ...place,
        kind: "code",
        source: text.getText(),
        ...{ declares, uses, state: stateOf(cell, live) },
        ...(error === null ? {} : { error }),
      };
    }),
    runs: runs.map((run) => ({
      run: run.runId,
      name: nameOf(run),
      cell: (cells.find((cell) => cellIdOf(cell) === run.cellId)?.index ?? -1) + 1 || null,
      status: runStatus(run, locale),
    })),
    ...(saved.length === 0 ? {} : { runsInOutputs: saved.map((run) => savedRun(run, locale)), note: savedNote }),
  };
}

function savedRun({ runId, name, cell, training, gradients, diagnosis }: SavedRun, locale: Locale): object {
  return {
    ...{ run: runId, name, cell },
    ...(training === null ? {} : { status: runStatus({ view: training, report: null }, locale) }),
    ...(gradients === null ? {} : { gradients: gradients.verdict.kind }),
    hasDiagnosis: diagnosis !== null,
  };
}

type CellState =
  /** Not since the notebook was opened, or the kernel began. */
  "notRun" | "succeeded" | "failed" | "stopped" | "running" | "changedSinceItRan";

function stateOf(cell: vscode.NotebookCell, live: LiveNotebook | undefined): CellState {
  const ran = live?.ranTextOf(cellIdOf(cell));
  if (ran === undefined) return "notRun";
  if (live?.isUnderWay(cellIdOf(cell))) return "running";
  if (ran !== cell.document.getText()) return "changedSinceItRan";
  const success = cell.executionSummary?.success;
  if (success === undefined) return "stopped";
  return success ? "succeeded" : "failed";
}

const errorMime = "application/vnd.code.notebook.error";

/** The error that stands in its outputs. */
function errorOf(cell: vscode.NotebookCell): string | null {
  const item = cell.outputs.flatMap(({ items }) => items).find(({ mime }) => mime === errorMime);
  if (item === undefined) return null;
  // The editor's own items: always JSON with these.
  const { name, message, stack } = JSON.parse(new TextDecoder().decode(item.data)) as Partial<Error>;
  const place = /\bat .*$/m.exec(stack ?? "")?.[0] ?? "";
  return [`${name}: ${message}`, place].filter(Boolean).join(" ");
}
