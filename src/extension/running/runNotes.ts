// What a cell says when it did not come to its end by itself.

import * as vscode from "vscode";
import type { CellError } from "../../shared/outputs.ts";

export function kernelError(message: string): CellError {
  return { name: "KernelError", message, stack: "", place: null };
}

export function stopNote(how: "training" | "terminated" | "abandoned"): string {
  switch (how) {
    case "training":
      return vscode.l10n.t(
        "Stopped between two steps of the training. The model keeps its weights and its run so far: await model.run?.resume() goes on. All variables are kept.",
      );
    case "terminated":
      return vscode.l10n.t("Stopped. Variables and models are kept.");
    case "abandoned":
      return vscode.l10n.t("Stopped while it waited. Variables and models are kept.");
  }
}
