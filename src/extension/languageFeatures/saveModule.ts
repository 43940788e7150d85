// "Save rates.ts": the quick fix where an import leads to a module that an editor holds with changes, which cells do not see before.

import { basename } from "node:path";
import * as vscode from "vscode";
import { commands } from "../ids.ts";

export class SaveModuleProvider implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] } as const;

  provideCodeActions(
    _document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return diagnostics.flatMap((diagnostic) => {
      const uri = unsavedModuleOf(diagnostic);
      if (uri === undefined) return [];
      const title = vscode.l10n.t("Save {0}", basename(uri.fsPath));
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { command: commands.saveModule, title, arguments: [uri] };
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      return [action];
    });
  }
}

/** The mark leads to the module. */
export function markUnsavedModule(diagnostic: vscode.Diagnostic, file: string): void {
  const uri = vscode.Uri.file(file);
  const place = new vscode.Location(uri, new vscode.Position(0, 0));
  diagnostic.relatedInformation = [
    new vscode.DiagnosticRelatedInformation(place, vscode.workspace.asRelativePath(uri)),
  ];
}

function unsavedModuleOf({ source, relatedInformation }: vscode.Diagnostic): vscode.Uri | undefined {
  const [module] = source === "nnbook" ? (relatedInformation ?? []) : [];
  return module?.location.uri;
}

export function registerSaveModule(): vscode.Disposable {
  return vscode.commands.registerCommand(commands.saveModule, async (uri: vscode.Uri) => {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    // Where a file cannot be written the editor says so itself.
    await document?.save();
  });
}
