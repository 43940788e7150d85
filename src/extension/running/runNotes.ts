// What a cell says when it did not come to its end by itself.

import * as vscode from "vscode";
import type { CellError, Output } from "../../shared/outputs.ts";

export function kernelError(message: string): CellError {
  return { name: "KernelError", message, stack: "", place: null };
}

/** A sentence with its code between backticks, as Markdown has it. */
export function stopNote(how: "training" | "terminated" | "abandoned"): string {
  switch (how) {
    case "training":
      return vscode.l10n.t(
        "Stopped between two steps of the training. The model keeps its weights and its run so far: {0} goes on. All variables are kept.",
        "`await model.run?.resume()`",
      );
    case "terminated":
      return vscode.l10n.t("Stopped. Variables and models are kept.");
    case "abandoned":
      return vscode.l10n.t("Stopped while it waited. Variables and models are kept.");
  }
}

/**
 * A note as an output. The editor cuts plain text at the end of the cell, and a narrow cell would lose the advice; it wraps
 * Markdown. What shows no Markdown has the same words as text.
 */
export function noteOutput(note: string): Output {
  return { items: { "text/markdown": note, "text/plain": note.replaceAll("`", "") } };
}
