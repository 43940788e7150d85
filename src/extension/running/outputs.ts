// What a cell gave → what the editor shows: outputs with all their forms, streams, errors in the user's terms.

import * as vscode from "vscode";
import { errorMimeType } from "../../notebook/notebookFile.ts";
import { thinEpochs } from "../../shared/keptEpochs.ts";
import type { CellError, Output } from "../../shared/outputs.ts";
import { endedRuns } from "../../shared/racesCutShort.ts";
import { type OptimizersView, type TrainingView, viewMimeTypes } from "../../shared/views.ts";
import { toOutputItem, withShownError } from "../file/serializer.ts";

/** All forms of an output, the richest first, as the kernel ordered them. */
export function toOutputItems(output: Output): vscode.NotebookCellOutputItem[] {
  return Object.entries(output.items).map(([mime, value]) => toOutputItem(mime, value));
}

export function streamItem(stream: "stdout" | "stderr", text: string): vscode.NotebookCellOutputItem {
  return stream === "stdout" ? vscode.NotebookCellOutputItem.stdout(text) : vscode.NotebookCellOutputItem.stderr(text);
}

/** How many characters of an error stand in a line: the editor does not wrap them. */
const errorColumns = 96;

/**
 * The error as our renderer shows it, and beside it as files hold it: there the stack begins with the message, in lines
 * that can be read whole, since an editor without our renderer shows the stack alone.
 */
export function errorItems({ name, message, stack }: CellError): vscode.NotebookCellOutputItem[] {
  const frames = stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => `    ${line}`);
  const whole = [...wrapLines(`${name}: ${message}`, errorColumns), ...frames].join("\n");
  return toOutputItems({ items: withShownError({ [errorMimeType]: { name, message, stack: whole } }) });
}

/** The lines of a text, broken between words where they are longer than `columns`. Indented lines (code) stay whole. */
export function wrapLines(text: string, columns: number): string[] {
  return text.split("\n").flatMap((line) => {
    if (line.startsWith(" ")) return [line];
    const lines: string[] = [];
    for (const word of line.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  });
}

/** The training view an output shows, if it shows one. */
export function trainingOf(output: Output): TrainingView | null {
  const view = output.items[viewMimeTypes.training];
  return typeof view === "object" && view !== null && "runId" in view ? (view as unknown as TrainingView) : null;
}

/** The view of a race that an output shows, if it shows one. */
export function raceOf(output: Output): OptimizersView | null {
  const view = output.items[viewMimeTypes.optimizers];
  return typeof view === "object" && view !== null && "raceId" in view ? (view as unknown as OptimizersView) : null;
}

/** The id of the training or the race that an output shows; `null` for any other output. */
export function runIdOf(output: Output): string | null {
  return trainingOf(output)?.runId ?? raceOf(output)?.raceId ?? null;
}

/** The same for an item of a shown output, if it can be read. */
export function runIdInItem(item: vscode.NotebookCellOutputItem): string | null {
  return runIdOf(runInItem(item));
}

/** Whether an item of a shown output is of a training or a race that had not ended when it was written. */
export function isUnfinishedRun(item: vscode.NotebookCellOutputItem): boolean {
  const output = runInItem(item);
  return (trainingOf(output) ?? raceOf(output))?.state === "running";
}

function runInItem({ mime, data }: vscode.NotebookCellOutputItem): Output {
  if (mime !== viewMimeTypes.training && mime !== viewMimeTypes.optimizers) return { items: {} };
  try {
    return { items: { [mime]: JSON.parse(new TextDecoder().decode(data)) } };
  } catch {
    // Data that is no JSON is shown as unreadable; it names no run.
    return { items: {} };
  }
}

/** An output for a training as far as it is known, where its kernel does not word it: it is gone, or still at work. */
export function unfinishedTrainingOutput(view: TrainingView): Output {
  const { done, planned } = view.epochs;
  const text =
    view.state === "running"
      ? vscode.l10n.t("Training still ran when this was saved, after epoch {0} of {1}.", done, planned)
      : vscode.l10n.t("Training ended early, after epoch {0} of {1}.", done, planned);
  // A view is plain JSON: that is what it came as.
  return {
    items: { [viewMimeTypes.training]: thinEpochs(view) as unknown as Output["items"][string], "text/plain": text },
  };
}

/** The same for a race. */
export function unfinishedRaceOutput(view: OptimizersView): Output {
  const { ended, all } = endedRuns(view);
  const text =
    view.state === "running"
      ? vscode.l10n.t("A race still ran when this was saved: {0} of {1} runs had ended.", ended, all)
      : vscode.l10n.t("A race ended early: {0} of {1} runs had ended.", ended, all);
  return { items: { [viewMimeTypes.optimizers]: view as unknown as Output["items"][string], "text/plain": text } };
}
