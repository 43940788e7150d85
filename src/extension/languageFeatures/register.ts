// Registers the language features for code cells of our notebooks.

import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import type { Locale } from "../../shared/words/message.ts";
import { cellSelector } from "../ids.ts";
import { layerMarkdownOf } from "../numbersInCode/layerMarkdown.ts";
import { NotebookModels } from "../numbersInCode/notebookModels.ts";
import { OldRuns } from "../numbersInCode/oldRuns.ts";
import { registerNumbersInCode } from "../numbersInCode/register.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { FindRemedyChanges } from "../runs/applyRemedy.ts";
import type { NotebookStates } from "../stale/notebookStates.ts";
import { CompletionProvider, completionTriggers } from "./completion.ts";
import { DefinitionProvider } from "./definition.ts";
import { NotebookDiagnostics } from "./diagnostics.ts";
import { HoverProvider } from "./hover.ts";
import { LanguageNotebooks } from "./languageNotebooks.ts";
import { FormattingProvider, formatTriggers, StructureProvider } from "./layout.ts";
import { OrganizeImportsProvider, QuickFixProvider } from "./quickFixes.ts";
import { ReferenceProvider } from "./references.ts";
import { CellRenameProvider } from "./rename.ts";
import { registerSaveModule, SaveModuleProvider } from "./saveModule.ts";
import { SemanticTokensProvider, semanticTokensLegend } from "./semanticTokens.ts";
import { SignatureHelpProvider, signatureTriggers } from "./signatureHelp.ts";
import { TypesDocuments, typesScheme } from "./typesDocuments.ts";

export interface LanguageFeatureContext {
  readonly client: LanguageClient;
  /** The language worker died and has forgotten all notebooks. */
  readonly onRestart: vscode.Event<void>;
  readonly kernels: NotebookKernels;
  readonly findRemedyChanges: FindRemedyChanges;
  readonly states: NotebookStates;
  /** Where the extension's own files lie. */
  readonly extension: vscode.Uri;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export function registerLanguageFeatures({
  client,
  onRestart,
  kernels,
  states,
  findRemedyChanges,
  extension,
  locale,
  log,
}: LanguageFeatureContext): vscode.Disposable {
  const notebooks = new LanguageNotebooks(client, onRestart, log);
  const models = new NotebookModels(notebooks);
  const oldRuns = new OldRuns(kernels, states);
  const layerMarkdown = layerMarkdownOf({ kernels, models, oldRuns, locale });
  const { languages } = vscode;
  const definitions = new DefinitionProvider(notebooks);
  const references = new ReferenceProvider(notebooks);
  const formatting = new FormattingProvider(notebooks);
  const structure = new StructureProvider(notebooks);
  const semanticTokens = new SemanticTokensProvider(notebooks);
  return vscode.Disposable.from(
    notebooks,
    new NotebookDiagnostics(notebooks, log),
    models,
    registerNumbersInCode({
      notebooks,
      models,
      kernels,
      oldRuns,
      layerMarkdown,
      findRemedyChanges,
      extension,
      locale,
      log,
    }),
    languages.registerCompletionItemProvider(cellSelector, new CompletionProvider(notebooks), ...completionTriggers),
    languages.registerSignatureHelpProvider(cellSelector, new SignatureHelpProvider(notebooks), ...signatureTriggers),
    languages.registerHoverProvider(cellSelector, new HoverProvider(notebooks, layerMarkdown)),
    languages.registerDefinitionProvider(cellSelector, definitions),
    languages.registerTypeDefinitionProvider(cellSelector, definitions),
    languages.registerImplementationProvider(cellSelector, definitions),
    vscode.workspace.registerTextDocumentContentProvider(typesScheme, new TypesDocuments(notebooks)),
    languages.registerReferenceProvider(cellSelector, references),
    languages.registerDocumentHighlightProvider(cellSelector, references),
    languages.registerRenameProvider(cellSelector, new CellRenameProvider(notebooks)),
    languages.registerDocumentFormattingEditProvider(cellSelector, formatting),
    languages.registerDocumentRangeFormattingEditProvider(cellSelector, formatting),
    languages.registerOnTypeFormattingEditProvider(cellSelector, formatting, ...formatTriggers),
    languages.registerDocumentSymbolProvider(cellSelector, structure),
    languages.registerFoldingRangeProvider(cellSelector, structure),
    languages.registerSelectionRangeProvider(cellSelector, structure),
    semanticTokens,
    languages.registerDocumentSemanticTokensProvider(cellSelector, semanticTokens, semanticTokensLegend),
    languages.registerCodeActionsProvider(
      cellSelector,
      new OrganizeImportsProvider(notebooks),
      OrganizeImportsProvider.metadata,
    ),
    languages.registerCodeActionsProvider(cellSelector, new QuickFixProvider(notebooks), QuickFixProvider.metadata),
    languages.registerCodeActionsProvider(cellSelector, new SaveModuleProvider(), SaveModuleProvider.metadata),
    registerSaveModule(),
  );
}
