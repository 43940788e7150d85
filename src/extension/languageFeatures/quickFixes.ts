// The light bulb: what would put right what is marked in a cell, here or wherever the notebook has the same problem.

import * as vscode from "vscode";
import type { CodeChange } from "../../shared/codePlaces.ts";
import type { CodeLayout, QuickFix } from "../../shared/editorProtocol.ts";
import { findCell, notebookOfDocument } from "../notebooks.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";

class FixAllAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly code: number;
  readonly fixId: string;

  constructor(document: vscode.TextDocument, { code }: QuickFix, { id, title }: NonNullable<QuickFix["fixAll"]>) {
    super(title, vscode.CodeActionKind.QuickFix);
    this.document = document;
    this.code = code;
    this.fixId = id;
  }
}

/** "Organize Imports": by command, and on save where the user's settings say so. */
export class OrganizeImportsProvider implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.SourceOrganizeImports] } as const;
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { only }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    if (!only?.contains(vscode.CodeActionKind.SourceOrganizeImports)) return [];
    const changes = (await this.#notebooks.ask(document, token, { kind: "organizeImports" })) ?? [];
    if (changes.length === 0) return [];
    const title = vscode.l10n.t("Organize Imports");
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.SourceOrganizeImports);
    action.edit = cellEdit(document, changes);
    return [action];
  }
}

export class QuickFixProvider implements vscode.CodeActionProvider<vscode.CodeAction> {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] } as const;
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    // Nothing marked: nothing to put right.
    if (diagnostics.length === 0) return [];
    const start = document.offsetAt(range.start);
    const span = { start, length: document.offsetAt(range.end) - start };
    const request = { kind: "quickFixes", span, layout: layoutOf(document) } as const;
    const fixes = (await this.#notebooks.ask(document, token, request)) ?? [];
    const ofEach = fixes.map((fix) => toAction(document, fix, diagnostics));
    const known = new Set<string>();
    const ofAll = fixes.flatMap((fix) => {
      if (fix.fixAll === null || known.has(fix.fixAll.id)) return [];
      known.add(fix.fixAll.id);
      return [new FixAllAction(document, fix, fix.fixAll)];
    });
    return [...ofEach, ...ofAll];
  }

  /** The changes everywhere are looked for when they are chosen. */
  async resolveCodeAction(action: vscode.CodeAction, token: vscode.CancellationToken): Promise<vscode.CodeAction> {
    if (!(action instanceof FixAllAction)) return action;
    const { document, code, fixId } = action;
    const request = { kind: "fixAll", code, fixId, layout: layoutOf(document) } as const;
    const changes = await this.#notebooks.ask(document, token, request);
    if (changes !== null) action.edit = cellEdit(document, changes);
    return action;
  }
}

function toAction(
  document: vscode.TextDocument,
  { title, isPreferred, changes, about }: QuickFix,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const range = toRange(document, about);
  action.isPreferred = isPreferred;
  action.edit = cellEdit(document, changes);
  action.diagnostics = diagnostics.filter((diagnostic) => diagnostic.range.isEqual(range));
  return action;
}

/** Changes in cells of the same notebook; those of cells that are gone are left out. */
export function cellEdit(document: vscode.TextDocument, changes: readonly CodeChange[]): vscode.WorkspaceEdit {
  const notebook = notebookOfDocument(document);
  const edit = new vscode.WorkspaceEdit();
  for (const { cellId, span, text } of changes) {
    const cell = notebook && findCell(notebook, cellId);
    if (cell) edit.replace(cell.document.uri, toRange(cell.document, span), text);
  }
  return edit;
}

/** As the editor that shows the cell is set; failing one, as editors are by default. */
function layoutOf(document: vscode.TextDocument): CodeLayout {
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  const { tabSize, insertSpaces } = options ?? {};
  return { indentSize: typeof tabSize === "number" ? tabSize : 2, usesTabs: insertSpaces === false };
}
