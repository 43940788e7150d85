// Registers the language features for code cells of our notebooks.

import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import type { Locale } from "../../shared/words/message.ts";
import { cellSelector } from "../ids.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { CompletionProvider, completionTriggers } from "./completion.ts";
import { DefinitionProvider } from "./definition.ts";
import { NotebookDiagnostics } from "./diagnostics.ts";
import { HoverProvider } from "./hover.ts";
import { LanguageNotebooks } from "./languageNotebooks.ts";
import { SignatureHelpProvider, signatureTriggers } from "./signatureHelp.ts";

export interface LanguageFeatureContext {
  readonly client: LanguageClient;
  /** The language worker died and has forgotten all notebooks. */
  readonly onRestart: vscode.Event<void>;
  readonly kernels: NotebookKernels;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export function registerLanguageFeatures({
  client,
  onRestart,
  kernels,
  locale,
  log,
}: LanguageFeatureContext): vscode.Disposable {
  const notebooks = new LanguageNotebooks(client, onRestart, log);
  const { languages } = vscode;
  return vscode.Disposable.from(
    notebooks,
    new NotebookDiagnostics(notebooks, log),
    languages.registerCompletionItemProvider(cellSelector, new CompletionProvider(notebooks), ...completionTriggers),
    languages.registerSignatureHelpProvider(cellSelector, new SignatureHelpProvider(notebooks), ...signatureTriggers),
    languages.registerHoverProvider(cellSelector, new HoverProvider(notebooks, kernels, locale)),
    languages.registerDefinitionProvider(cellSelector, new DefinitionProvider(notebooks)),
  );
}
