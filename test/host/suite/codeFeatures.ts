// Cells as code: uses and renaming across them, what is listed and folded, layout, colours, marks and their quick fixes; and that the
// extension host stays free meanwhile. How long answers take (completion after an edit, all diagnostics) is measured by bench/language.mts alone:
// a time taken beside a window and other work could decide no test.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, openCells, openUntitled, waitFor } from "./notebooks.ts";

export function describeCodeFeatures(): void {
  describe("cells as code", () => {
    afterEach(closeAll);

    it("offers what must be imported, with where it comes from", async () => {
      const document = await openCells("imports.nnbook", ["const a = 1;", "seq"]);
      const list = await ask<vscode.CompletionList>("vscode.executeCompletionItemProvider", document, 1, "seq");
      const labels = list.items.map(({ label }) => (typeof label === "string" ? { label, description: "" } : label));
      assert.equal(labels.find(({ label }) => label === "sequential")?.description, "nnbook");
    });

    it("finds uses in all cells, and marks those in the cell", async () => {
      const document = await openCells("uses.nnbook", ["let rate = 1;", "rate + 1", "rate = 2;\nrate"]);
      const found = await waitFor("the uses", async () => {
        const places = await ask<vscode.Location[]>("vscode.executeReferenceProvider", document, 1, "ra");
        return places.length > 0 ? places : null;
      });
      const cells = document.getCells().map((cell) => cell.document.uri.toString());
      assert.deepEqual(found.map(({ uri }) => cells.indexOf(uri.toString())).sort(), [0, 1, 2, 2]);
      const marked = await ask<vscode.DocumentHighlight[]>("vscode.executeDocumentHighlights", document, 2, "ra");
      assert.deepEqual(
        marked.map(({ range, kind }) => [range.start.line, kind]),
        [
          [0, vscode.DocumentHighlightKind.Write],
          [1, vscode.DocumentHighlightKind.Read],
        ],
      );
    });

    it("renames in all cells up to where a name is declared again, and refuses what is nnbook's", async () => {
      const document = await openCells("rename.nnbook", [
        'import { layers } from "nnbook";',
        "const size = 1;",
        "layers.dense(size);",
        "const size = 2; size",
      ]);
      const at = position(document, 2, "layers.dense(si");
      const { uri } = document.cellAt(2).document;
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        "vscode.executeDocumentRenameProvider",
        uri,
        at,
        "units",
      );
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      assert.deepEqual(textsOf(document).slice(1), [
        "const units = 1;",
        "layers.dense(units);",
        "const size = 2; size",
      ]);
      const refused = vscode.commands.executeCommand("vscode.prepareRename", uri, position(document, 2, "layers.de"));
      await assert.rejects(Promise.resolve(refused), /"dense" belongs to nnbook/);
      const badName = vscode.commands.executeCommand(
        "vscode.executeDocumentRenameProvider",
        uri,
        position(document, 2, "layers.dense(un"),
        "2nd",
      );
      await assert.rejects(Promise.resolve(badName), /"2nd" cannot be a name/);
    });

    it("goes to the types of nnbook, which can be read", async () => {
      const document = await openCells("types.nnbook", ['import { sequential } from "nnbook";', "sequential([]);"]);
      const [place] = await waitFor("the definition", async () => {
        const places = await ask<(vscode.Location | vscode.LocationLink)[]>(
          "vscode.executeDefinitionProvider",
          document,
          1,
          "seq",
        );
        return places.length > 0 ? places : null;
      });
      assert.ok(place);
      const [uri, range] = "targetUri" in place ? [place.targetUri, place.targetRange] : [place.uri, place.range];
      const types = await vscode.workspace.openTextDocument(uri);
      assert.equal(
        types.getText(range).includes("sequential"),
        true,
        `${uri.toString()} has "${types.getText(range)}" there`,
      );
    });

    it("goes to the type of a name and to what implements it", async () => {
      const document = await openCells("kinds.nnbook", [
        "interface Shape { area(): number }",
        "class Square implements Shape { area() { return 4 } }",
        "const shape: Shape = new Square(); shape;",
      ]);
      const cellsOf = (places: readonly vscode.Location[]) =>
        places.map(({ uri }) =>
          document.getCells().findIndex((cell) => cell.document.uri.toString() === uri.toString()),
        );
      const types = await waitFor("the type", async () => {
        const places = await ask<vscode.Location[]>("vscode.executeTypeDefinitionProvider", document, 2, "(); sha");
        return places.length > 0 ? places : null;
      });
      assert.deepEqual(cellsOf(types), [0]);
      const implementing = await ask<vscode.Location[]>(
        "vscode.executeImplementationProvider",
        document,
        0,
        "interface Sha",
      );
      assert.ok(cellsOf(implementing).includes(1));
    });

    it("lists, folds and selects parts of a cell", async () => {
      const text =
        "class Net {\n  units = 1;\n  train() {\n    return 1;\n  }\n}\n// #region data\nconst rate = 1;\n// #endregion";
      const document = await openCells("structure.nnbook", [text]);
      const { uri } = document.cellAt(0).document;
      const symbols = await waitFor("the outline", async () => {
        const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
          "vscode.executeDocumentSymbolProvider",
          uri,
        );
        return found && found.length > 0 ? found : null;
      });
      assert.deepEqual(
        symbols.map(({ name, children }) => [name, ...children.map((child) => child.name)]),
        [["Net", "units", "train"], ["rate"]],
      );
      const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        "vscode.executeFoldingRangeProvider",
        uri,
      );
      const lines = folds.map(({ start, end, kind }) => [start, end, kind]);
      assert.deepEqual(
        lines.sort(([a], [b]) => Number(a) - Number(b)),
        [
          [0, 4, undefined],
          [2, 3, undefined],
          [6, 8, vscode.FoldingRangeKind.Region],
        ],
      );
      const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
        "vscode.executeSelectionRangeProvider",
        uri,
        [new vscode.Position(3, 6)],
      );
      const widths: number[] = [];
      for (let at = selection; at; at = at.parent) widths.push(document.cellAt(0).document.getText(at.range).length);
      assert.ok(widths.length > 3 && widths.at(-1) === text.length, `the selection grows ${widths.join(", ")}`);
    });

    it("lays a cell out as the editor is set, and leaves what does not parse", async () => {
      const document = await openCells("layout.nnbook", ["if(true){\nconst  a=1\n}", "const b = = (1"]);
      const format = async (cell: number, insertSpaces: boolean) => {
        const { uri } = document.cellAt(cell).document;
        const options = { tabSize: 4, insertSpaces };
        return (
          (await vscode.commands.executeCommand<vscode.TextEdit[]>(
            "vscode.executeFormatDocumentProvider",
            uri,
            options,
          )) ?? []
        );
      };
      const edits = await waitFor("the layout", async () => {
        const found = await format(0, false);
        return found.length > 0 ? found : null;
      });
      const change = new vscode.WorkspaceEdit();
      change.set(document.cellAt(0).document.uri, edits);
      assert.equal(await vscode.workspace.applyEdit(change), true);
      assert.equal(document.cellAt(0).document.getText(), "if (true) {\n\tconst a = 1\n}");
      for (const { newText } of await format(1, true)) assert.match(newText, /^\s*$/);
    });

    it("colours names by what they are", async () => {
      const document = await openCells("colours.nnbook", ["class Net {}", "const f = (net: Net) =>\n  net;"]);
      const { uri } = document.cellAt(1).document;
      const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
        "vscode.provideDocumentSemanticTokensLegend",
        uri,
      );
      const tokens = await waitFor("the colours", async () =>
        vscode.commands.executeCommand<vscode.SemanticTokens>("vscode.provideDocumentSemanticTokens", uri),
      );
      const lines = document.cellAt(1).document.getText().split("\n");
      let [line, start] = [0, 0];
      const coloured = Array.from({ length: tokens.data.length / 5 }, (_, at) => {
        const [lineOn = 0, startOn = 0, length = 0, type = 0] = tokens.data.slice(5 * at, 5 * at + 4);
        [line, start] = [line + lineOn, lineOn === 0 ? start + startOn : startOn];
        return `${legend.tokenTypes[type]} ${lines[line]?.slice(start, start + length)} in ${line}`;
      });
      // The names alone: what stands between them keeps the colours of the grammar.
      assert.deepEqual(coloured, ["function f in 0", "parameter net in 0", "class Net in 0", "parameter net in 1"]);
    });

    it("says which later cell defines a name, fades what is not used, and leaves other languages alone", async () => {
      const document = await openCells("marks.nnbook", [
        "late + 1",
        "const f = (never: number) => 1; f(2)",
        "const late = 1;",
        "late.nothing",
      ]);
      const marks = (cell: number) => vscode.languages.getDiagnostics(document.cellAt(cell).document.uri);
      const [late] = await waitFor("the mark of the late name", () => (marks(0).length > 0 ? marks(0) : null));
      assert.match(late?.message ?? "", /"late" is defined in a later cell: cell 3/);
      assert.equal(late?.severity, vscode.DiagnosticSeverity.Warning);
      const [faded] = await waitFor("the faded name", () => (marks(1).length > 0 ? marks(1) : null));
      assert.deepEqual(faded?.tags, [vscode.DiagnosticTag.Unnecessary]);
      await waitFor("the error", () => marks(3).length > 0);
      await vscode.languages.setTextDocumentLanguage(document.cellAt(3).document, "plaintext");
      await waitFor("the error to go", () => marks(3).length === 0);
    });

    it("puts right what is marked: an import, everywhere the same, in an untitled notebook too", async () => {
      const document = await openUntitled(["const a = 1;", "sequential([]);"]);
      const { uri } = document.cellAt(1).document;
      await waitFor("the error", () => vscode.languages.getDiagnostics(uri).length > 0);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        new vscode.Range(0, 0, 0, 3),
        vscode.CodeActionKind.QuickFix.value,
      );
      const action = actions.find(({ title }) => title === 'Import "sequential" from "nnbook"');
      assert.ok(action?.edit, `offered: ${actions.map(({ title }) => title).join(", ")}`);
      assert.equal(await vscode.workspace.applyEdit(action.edit), true);
      assert.equal(document.cellAt(1).document.getText(), 'import { sequential } from "nnbook";\nsequential([]);');
      await waitFor("the error to go", () => vscode.languages.getDiagnostics(uri).length === 0);
    });

    it("brings imports in order, and takes those away that no cell uses", async () => {
      const document = await openCells("order.nnbook", [
        'import { sequential, layers, show } from "nnbook";\nlayers;',
        "sequential;",
      ]);
      const { uri } = document.cellAt(0).document;
      const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        new vscode.Range(0, 0, 0, 0),
        vscode.CodeActionKind.SourceOrganizeImports.value,
      );
      assert.ok(action?.edit);
      assert.equal(await vscode.workspace.applyEdit(action.edit), true);
      assert.equal(document.cellAt(0).document.getText(), 'import { layers, sequential } from "nnbook";\nlayers;');
    });

    it("answers at places of lines that end in CR LF, outside of the text, and while cells go", async () => {
      const document = await openUntitled(["const a = 1;\r\nconst far = 2;", "far", "far + far"]);
      const [place] = await waitFor("the definition", async () => {
        const places = await ask<vscode.Location[]>("vscode.executeDefinitionProvider", document, 1, "fa");
        return places.length > 0 ? places : null;
      });
      assert.equal(document.cellAt(0).document.getText(place?.range), "far");
      const { uri } = document.cellAt(2).document;
      const outside = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        new vscode.Position(99, 99),
      );
      assert.ok(Array.isArray(outside));
      const asked = vscode.commands.executeCommand<vscode.Location[]>(
        "vscode.executeReferenceProvider",
        uri,
        new vscode.Position(0, 1),
      );
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 3))]);
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      for (const { uri: found } of (await asked) ?? []) assert.notEqual(found.toString(), uri.toString());
      assert.equal(document.cellCount, 1);
    });

    // That it cannot be blocked is seen by test/bundles.test.ts: no TypeScript is in its bundle. Here is how long it pauses.
    it("leaves the extension host free while it looks through 30 cells", async () => {
      const cell = (index: number) =>
        `const model${index} = sequential([layers.dense(${index + 1}), layers.dropout(0.5)]);\nconst f${index} = (x: number) => x * ${index};\nf${index}(model${index}.layers.length)`;
      const texts = Array.from({ length: 30 }, (_, index) =>
        index === 0 ? 'import { layers, sequential } from "nnbook";' : cell(index),
      );
      const document = await openUntitled([...texts, "model29."]);
      await ask("vscode.executeCompletionItemProvider", document, 30, "model29.");
      let longestMs = 0;
      let last = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        longestMs = Math.max(longestMs, now - last);
        last = now;
      }, 1);
      const waits: number[] = [];
      try {
        for (let round = 0; round < 5; round++) {
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.cellAt(15).document.uri, new vscode.Position(0, 0), `// ${round}\n`);
          await vscode.workspace.applyEdit(edit);
          const started = performance.now();
          const list = await ask<vscode.CompletionList>(
            "vscode.executeCompletionItemProvider",
            document,
            30,
            "model29.",
          );
          waits.push(performance.now() - started);
          assert.ok(list.items.some(({ label }) => label === "fit"));
        }
      } finally {
        clearInterval(timer);
      }
      const median = waits.sort((a, b) => a - b)[2] ?? 0;
      console.log(
        `      completion after an edit ${median.toFixed(0)} ms (median), the host's longest pause ${longestMs.toFixed(0)} ms`,
      );
    });
  });
}

function position(document: vscode.NotebookDocument, cell: number, before: string): vscode.Position {
  const text = document.cellAt(cell).document;
  const offset = text.getText().indexOf(before);
  assert.ok(offset >= 0, `cell ${cell} holds no "${before}"`);
  return text.positionAt(offset + before.length);
}

/** Calls a provider command at the end of a text in a cell. */
function ask<Answer>(
  command: string,
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Thenable<Answer> {
  return vscode.commands.executeCommand<Answer>(
    command,
    document.cellAt(cell).document.uri,
    position(document, cell, before),
  );
}

function textsOf(document: vscode.NotebookDocument): string[] {
  return document.getCells().map((cell) => cell.document.getText());
}
