// Registers what brings a network's numbers to its code.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { cellSelector } from "../ids.ts";
import type { LanguageNotebooks } from "../languageFeatures/languageNotebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { LayerInlayHints } from "./inlayHints.ts";
import type { LayerMarkdown } from "./layerMarkdown.ts";
import { NotebookModels } from "./notebookModels.ts";

export interface NumbersInCodeContext {
  readonly notebooks: LanguageNotebooks;
  readonly kernels: NotebookKernels;
  readonly layerMarkdown: LayerMarkdown;
  readonly locale: Locale;
}

export function registerNumbersInCode(context: NumbersInCodeContext): vscode.Disposable {
  const models = new NotebookModels(context.notebooks);
  const hints = new LayerInlayHints({ ...context, models });
  return vscode.Disposable.from(models, hints, vscode.languages.registerInlayHintsProvider(cellSelector, hints));
}
