// Marks the line where a cell failed, until the cell is edited or runs again.

import * as vscode from "vscode";
import { findCell } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { followOffset, offsetAt } from "../runs/editedText.ts";

interface Mark {
  readonly ranCellId: string;
  readonly uri: vscode.Uri;
}

export class CellErrors implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("nnbook run");
  readonly #disposables: vscode.Disposable[] = [];
  /** Each failed cell marks one line, maybe in another cell (a function that is defined there). */
  #marks: readonly Mark[] = [];

  constructor(kernels: NotebookKernels) {
    this.#disposables.push(
      kernels.onNews(({ notebook, news }) => {
        if (news.kind === "cellStarted") this.#clear((mark) => mark.ranCellId === news.cellId);
        const isError = news.kind === "cellFailed" || news.kind === "failedInBackground";
        if (!isError || !news.error.place) return;
        const { place } = news.error;
        const cell = findCell(notebook.document, place.cellId);
        const ran = notebook.ranTextOf(place.cellId);
        if (!cell || ran === undefined) return;
        // The place is one of the text that ran; the cell may have been edited meanwhile.
        const offset = followOffset(ran, cell.document.getText(), offsetAt(ran, place.line, place.column));
        if (offset === null) return;
        const start = cell.document.positionAt(offset);
        const word = cell.document.getWordRangeAtPosition(start);
        const range = word ?? new vscode.Range(start, cell.document.lineAt(start.line).range.end);
        const diagnostic = new vscode.Diagnostic(range, `${news.error.name}: ${news.error.message}`);
        diagnostic.source = "nnbook";
        const before = this.#collection.get(cell.document.uri) ?? [];
        // A timer may fail again and again.
        if (before.some(({ message, range: other }) => message === diagnostic.message && other.isEqual(range))) return;
        this.#marks = [...this.#marks, { ranCellId: news.cellId, uri: cell.document.uri }];
        this.#collection.set(cell.document.uri, [...before, diagnostic]);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#clear((mark) => mark.uri.toString() === document.uri.toString());
      }),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        const left = notebook.getCells();
        // A cell that was moved is among the removed ones too.
        const gone = contentChanges.flatMap(({ removedCells }) => removedCells.filter((cell) => !left.includes(cell)));
        const uris = gone.map((cell) => cell.document.uri.toString());
        if (uris.length > 0) this.#clear((mark) => uris.includes(mark.uri.toString()));
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        const uris = notebook.getCells().map((cell) => cell.document.uri.toString());
        this.#clear((mark) => uris.includes(mark.uri.toString()));
      }),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }

  #clear(isOver: (mark: Mark) => boolean): void {
    const over = this.#marks.filter(isOver);
    if (over.length === 0) return;
    this.#marks = this.#marks.filter((mark) => !isOver(mark));
    for (const { uri } of over) this.#collection.delete(uri);
  }
}
