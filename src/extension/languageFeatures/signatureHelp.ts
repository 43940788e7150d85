// The parameters of the call that is being written.

import * as vscode from "vscode";
import type { LanguageNotebooks } from "./languageNotebooks.ts";

export const signatureTriggers = ["(", ",", "<"] as const;

export class SignatureHelpProvider implements vscode.SignatureHelpProvider {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideSignatureHelp(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.SignatureHelp | null> {
    const place = this.#notebooks.locate(document, position);
    if (!place) return null;
    const { notebookId, cellId, offset } = place;
    const answer = await this.#notebooks.client.requestWhile(token, {
      kind: "signatureHelp",
      notebookId,
      cellId,
      offset,
    });
    if (!answer) return null;
    const help = new vscode.SignatureHelp();
    help.activeSignature = answer.activeSignature;
    help.activeParameter = answer.activeParameter;
    help.signatures = answer.signatures.map(({ label, documentation, parameters }) => {
      const signature = new vscode.SignatureInformation(label, new vscode.MarkdownString(documentation));
      signature.parameters = parameters.map(
        (parameter) =>
          new vscode.ParameterInformation([...parameter.label], new vscode.MarkdownString(parameter.documentation)),
      );
      return signature;
    });
    return help;
  }
}
