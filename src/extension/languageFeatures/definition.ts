// Go to definition, to type definition and to implementations: across cells, into the user's files, and into types that can be read.

import * as vscode from "vscode";
import type { CodePlace } from "../../shared/codePlaces.ts";
import { findCell, notebookOfDocument } from "../notebooks.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";
import { typesUri } from "./typesDocuments.ts";

export class DefinitionProvider
  implements vscode.DefinitionProvider, vscode.TypeDefinitionProvider, vscode.ImplementationProvider
{
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const place = this.#notebooks.locate(document, position);
    if (!place) return [];
    const { notebookId, cellId, offset } = place;
    const answer = await this.#notebooks.client.requestWhile(token, { kind: "definition", notebookId, cellId, offset });
    return toLocations(document, answer ?? []);
  }

  async provideTypeDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const offset = document.offsetAt(position);
    const answer = await this.#notebooks.ask(document, token, { kind: "typeDefinition", offset });
    return toLocations(document, answer ?? []);
  }

  async provideImplementation(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const offset = document.offsetAt(position);
    const answer = await this.#notebooks.ask(document, token, { kind: "implementations", offset });
    return toLocations(document, answer ?? []);
  }
}

/** Places in cells that are no longer there are left out. */
export function toLocations(document: vscode.TextDocument, places: readonly CodePlace[]): vscode.Location[] {
  const notebook = notebookOfDocument(document);
  return places.flatMap((place) => {
    if (place.kind === "cell") {
      const cell = notebook && findCell(notebook, place.cellId);
      return cell ? [new vscode.Location(cell.document.uri, toRange(cell.document, place.span))] : [];
    }
    const start = new vscode.Position(place.line - 1, place.column - 1);
    const uri = place.kind === "file" ? vscode.Uri.file(place.path) : notebook && typesUri(notebook, place.path);
    return uri ? [new vscode.Location(uri, new vscode.Range(start, start.translate(0, place.length)))] : [];
  });
}
