// Registers what brings a network's numbers to its code.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { cellSelector } from "../ids.ts";
import type { LanguageNotebooks } from "../languageFeatures/languageNotebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { FindRemedyChanges } from "../runs/applyRemedy.ts";
import { LayerInlayHints } from "./inlayHints.ts";
import type { LayerMarkdown } from "./layerMarkdown.ts";
import { ModelDiagnostics } from "./modelDiagnostics.ts";
import { ModelFixes } from "./modelFixes.ts";
import { NotebookModels } from "./notebookModels.ts";
import { NumbersHover } from "./numbersHover.ts";
import { ProblemsPage } from "./problemsPage.ts";

export interface NumbersInCodeContext {
  readonly notebooks: LanguageNotebooks;
  readonly kernels: NotebookKernels;
  readonly layerMarkdown: LayerMarkdown;
  readonly findRemedyChanges: FindRemedyChanges;
  readonly extension: vscode.Uri;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export function registerNumbersInCode(context: NumbersInCodeContext): vscode.Disposable {
  const { notebooks, extension, locale } = context;
  const { languages } = vscode;
  const models = new NotebookModels(notebooks);
  const hints = new LayerInlayHints({ ...context, models });
  const problemsPage = new ProblemsPage(extension, locale);
  const diagnostics = new ModelDiagnostics({ ...context, models, problemsPage });
  const fixes = new ModelFixes({ ...context, diagnostics });
  return vscode.Disposable.from(
    models,
    hints,
    diagnostics,
    languages.registerHoverProvider(cellSelector, new NumbersHover({ ...context, models })),
    languages.registerInlayHintsProvider(cellSelector, hints),
    languages.registerCodeActionsProvider(cellSelector, fixes, ModelFixes.metadata),
  );
}
