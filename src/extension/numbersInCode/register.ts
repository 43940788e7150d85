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
import type { NotebookModels } from "./notebookModels.ts";
import { NumbersHover } from "./numbersHover.ts";
import type { OldRuns } from "./oldRuns.ts";
import { ProblemsPage } from "./problemsPage.ts";

export interface NumbersInCodeContext {
  readonly notebooks: LanguageNotebooks;
  readonly kernels: NotebookKernels;
  readonly oldRuns: OldRuns;
  readonly models: NotebookModels;
  readonly layerMarkdown: LayerMarkdown;
  readonly findRemedyChanges: FindRemedyChanges;
  readonly extension: vscode.Uri;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export function registerNumbersInCode(context: NumbersInCodeContext): vscode.Disposable {
  const { extension, locale } = context;
  const { languages } = vscode;
  const hints = new LayerInlayHints(context);
  const problemsPage = new ProblemsPage(extension, locale);
  const diagnostics = new ModelDiagnostics({ ...context, problemsPage });
  const fixes = new ModelFixes({ ...context, diagnostics });
  return vscode.Disposable.from(
    hints,
    diagnostics,
    languages.registerHoverProvider(cellSelector, new NumbersHover(context)),
    languages.registerInlayHintsProvider(cellSelector, hints),
    languages.registerCodeActionsProvider(cellSelector, fixes, ModelFixes.metadata),
  );
}
