// Quick fixes of models: for what the code alone shows, and for what a run's diagnosis found. Each is one step to undo.

import * as vscode from "vscode";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { notebookOfDocument } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { certainChanges, type FindRemedyChanges, workspaceEditOf } from "../runs/applyRemedy.ts";
import type { ModelDiagnostic, ModelDiagnostics } from "./modelDiagnostics.ts";
import type { RunFindingInCode } from "./runFindings.ts";

export interface ModelFixesContext {
  readonly diagnostics: ModelDiagnostics;
  readonly kernels: NotebookKernels;
  readonly findRemedyChanges: FindRemedyChanges;
  readonly locale: Locale;
}

export class ModelFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };
  readonly #context: ModelFixesContext;

  constructor(context: ModelFixesContext) {
    this.#context = context;
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const notebook = notebookOfDocument(document);
    if (!notebook) return [];
    const marked = this.#context.diagnostics.of(notebook, document).filter((each) => each.range.intersection(range));
    const actions = await Promise.all(marked.map((each) => this.#fixesOf(notebook, each)));
    return actions.flat();
  }

  async #fixesOf(
    notebook: vscode.NotebookDocument,
    diagnostic: ModelDiagnostic,
  ): Promise<readonly vscode.CodeAction[]> {
    const { origin } = diagnostic;
    const fixes =
      origin.kind === "code"
        ? origin.problem.fixes.map(({ title, changes }) => ({ title, edit: workspaceEditOf(notebook, changes) }))
        : await this.#remediesOf(notebook, origin.finding);
    return fixes.map(({ title, edit }, index) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = edit;
      action.diagnostics = [diagnostic];
      action.isPreferred = index === 0;
      return action;
    });
  }

  /** The changes that "Apply" of the diagnosis makes, where their places are certain. */
  async #remediesOf(
    notebook: vscode.NotebookDocument,
    { run, remedies }: RunFindingInCode,
  ): Promise<readonly { readonly title: string; readonly edit: vscode.WorkspaceEdit }[]> {
    const { kernels, findRemedyChanges: findChanges, locale } = this.#context;
    const live = kernels.find(notebook);
    if (!live) return [];
    const found = await Promise.all(
      remedies.map(async ({ title, edits }) => {
        const changes = edits.length === 0 ? null : await certainChanges(live, run, { edits, findChanges });
        const text = plainMessage(insightWords, title, locale);
        return changes === null ? [] : [{ title: text, edit: workspaceEditOf(notebook, changes) }];
      }),
    );
    return found.flat();
  }
}
