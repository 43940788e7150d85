// Packages, modules and data beside a notebook: their types while typing, the way into them, and what a run reads of them.

import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { askAt } from "./askAt.ts";
import {
  allText,
  closeAll,
  errorMime,
  openCells,
  openUntitled,
  plainText,
  runCell,
  runSucceeding,
  textOf,
  waitFor,
  workspaceFile,
} from "./notebooks.ts";

const folder = "imports";

async function write(name: string, text: string): Promise<string> {
  const file = workspaceFile(path.join(folder, name));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

export function describeImporting(): void {
  describe("packages, modules and data beside a notebook", () => {
    before(() => mkdir(workspaceFile(folder), { recursive: true }));
    afterEach(closeAll);
    after(() => rm(workspaceFile(folder), { recursive: true, force: true }));

    it("a package of npm has its types, its words and its definition, and runs", async () => {
      await write(
        "node_modules/counted/package.json",
        '{ "name": "counted", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }',
      );
      await write("node_modules/counted/index.js", "exports.count = (text) => text.length;");
      const types = await write(
        "node_modules/counted/index.d.ts",
        "/** How long a text is. */\nexport declare function count(text: string): number;\n",
      );
      const document = await openCells(`${folder}/package.nnbook`, [
        'import { count } from "counted";\ncount("four")',
        "count(4)",
        'import "nowhere-to-be-found";',
      ]);
      const hover = await hoverWith(document, 0, "cou", "How long");
      assert.match(hover, /count\(text: string\): number/);
      assert.deepEqual(await definition(document, 0, 'counted";\ncou'), [types, 1]);
      assert.match(await problem(document, 1), /'number' is not assignable to parameter of type 'string'/);
      assert.match(
        await problem(document, 2),
        /Cannot find the package "nowhere-to-be-found"\. Install it in .*npm install/,
      );
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "4");
      assert.match(textOf(await runCell(document, 2), errorMime), /npm install nowhere-to-be-found/);
    });

    it("a module of one's own is completed by path and name, and another run takes it as it is by then", async () => {
      const file = await write("parts/rate.ts", "/** How fast. */\nexport const rate: number = 1;\n");
      await write(
        "parts/half.mjs",
        "/** @param {number} of\n * @returns {number} */\nexport default function half(of) {\n  return of / 2;\n}\n",
      );
      const document = await openCells(`${folder}/module.nnbook`, [
        'import { rate } from "./parts/rate";\nrate',
        'import {} from "./parts/";',
        'import { rat } from "./parts/rate";',
        'import half from "./parts/half.mjs";\nhalf(4)',
        'half("four")',
        "rate.toFixed()",
      ]);
      const offered = await waitFor("the paths", () => completed(document, 1, '"./parts/', "rate"));
      assert.ok(!offered.includes("nnbook"), offered.join(", "));
      await waitFor("the names", () => completed(document, 2, "rat", "rate"));
      assert.deepEqual(await definition(document, 0, 'rate";\nra'), [file, 1]);
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "1");
      // JavaScript, with the types of its comments.
      assert.match(await problem(document, 4), /'string' is not assignable to parameter of type 'number'/);
      assert.equal(textOf(await runSucceeding(document, 3), plainText), "2");
      // As another program saves it: the notebook is not touched.
      const marks = () => vscode.languages.getDiagnostics(document.cellAt(5).document.uri);
      assert.deepEqual(marks(), []);
      let writtenMs = 0;
      await waitFor("the mark of what the module no longer has", async () => {
        // VS Code's watcher may not have begun when it is saved for the first time.
        if (Date.now() - writtenMs > 5_000) {
          await write("parts/rate.ts", '/** How fast. */\nexport const rate = "fast";\n');
          writtenMs = Date.now();
        }
        return marks().length > 0;
      });
      assert.match(await problem(document, 5), /'toFixed' does not exist on type '"fast"'/);
      await hoverWith(document, 0, 'rate";\nra', 'rate: "fast"');
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "'fast'");
    });

    it("the paths of a tsconfig.json above the notebook lead to a module, for its types and for runs", async () => {
      await write("parts/paths.ts", "/** Led here. */\nexport const led: number = 1;\n");
      const document = await openCells(`${folder}/paths.nnbook`, [
        'import { led } from "@parts/paths";\nled',
        'import {} from "@parts/";',
        'import "@parts/nowhere";',
      ]);
      assert.match(await problem(document, 0), /Cannot find the package "@parts\/paths"/);
      // It comes while the notebook is open.
      const config = await write("tsconfig.json", '{ "compilerOptions": { "paths": { "@parts/*": ["./parts/*"] } } }');
      try {
        await hoverWith(document, 0, 'paths";\nle', "Led here");
        await waitFor("the paths", () => completed(document, 1, '"@parts/', "paths"));
        assert.equal(textOf(await runSucceeding(document, 0), plainText), "1");
        assert.match(textOf(await runCell(document, 2), errorMime), /tsconfig\.json leads it to .*where no module is/);
      } finally {
        await rm(config);
      }
    });

    it("a module with changes that are not saved is marked where it is imported, until it is saved", async () => {
      const file = await write("parts/edited.ts", "export const edited = 1;\n");
      const document = await openCells(`${folder}/edited.nnbook`, ['import { edited } from "./parts/edited";\nedited']);
      const module = await vscode.workspace.openTextDocument(file);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(module.uri, new vscode.Range(0, 22, 0, 23), "'text'");
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      assert.match(await problem(document, 0), /edited\.ts has changes that are not saved/);
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "1");
      const { uri } = document.cellAt(0).document;
      const [save] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        vscode.languages.getDiagnostics(uri)[0]?.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.equal(save?.title, "Save edited.ts");
      assert.ok(save.command);
      await vscode.commands.executeCommand(save.command.command, ...(save.command.arguments ?? []));
      assert.equal(module.isDirty, false);
      await waitFor("the mark to go", () => {
        return vscode.languages.getDiagnostics(document.cellAt(0).document.uri).length === 0;
      });
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "'text'");
    });

    it("a CSV file is read from the notebook's folder, whatever it is called", async () => {
      await write("자료/집값.csv", "면적,종류\n50,아파트\n80,주택\n60,아파트\n");
      const document = await openCells(`${folder}/data.nnbook`, [
        'import { datasets } from "nnbook";\nconst homes = datasets.csv("자료/집값.csv");\n[homes.size, homes.classNames.join()]',
        'datasets.csv("자료/없음.csv")',
        'datasets.csv("자료/집값.csv", { target: "면" })',
      ]);
      assert.match(textOf(await runSucceeding(document, 0), plainText), /3, '아파트,주택'|3, '주택,아파트'/);
      const missing = textOf(await runCell(document, 1), errorMime);
      assert.ok(missing.includes(path.join(folder, "자료", "없음.csv")), missing);
      assert.match(missing, /Paths begin at the notebook's folder/);
      assert.match(textOf(await runCell(document, 2), errorMime), /Unknown column .*Did you mean .*면적/);
    });

    it("an untitled notebook imports and reads from the workspace's folder", async () => {
      await write("plain.csv", "a,b\n1,2\n3,4\n");
      const module = await write("parts/plain.ts", "/** Written beside. */\nexport const plain: number = 1;\n");
      const document = await openUntitled([
        `import { datasets } from "nnbook";\ndatasets.csv("${folder}/plain.csv").size`,
        `import { plain } from "./${folder}/parts/plain";\nplain`,
        `import {} from "./${folder}/parts/";`,
        `import "./${folder}/parts/nowhere";`,
      ]);
      await hoverWith(document, 1, 'plain";\npla', "Written beside");
      assert.deepEqual(await definition(document, 1, 'plain";\npla'), [module, 1]);
      await waitFor("the paths", () => completed(document, 2, `"./${folder}/parts/`, "plain"));
      assert.match(await problem(document, 3), /nowhere/);
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "1");
      const cell = await runSucceeding(document, 0);
      assert.equal(textOf(cell, plainText), "2", allText(cell));
    });
  });
}

/** The text of a hover, once it holds `expected`. */
function hoverWith(document: vscode.NotebookDocument, cell: number, before: string, expected: string): Promise<string> {
  return waitFor(`a hover with ${expected}`, async () => {
    const hovers = await askAt<vscode.Hover[]>("vscode.executeHoverProvider", document, cell, before);
    const parts = hovers.flatMap(({ contents }) => contents);
    const text = parts.map((each) => (typeof each === "string" ? each : each.value)).join("\n");
    return text.includes(expected) ? text : null;
  });
}

/** The file and the line, from 0, of the one place that a name is defined at. */
async function definition(
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
): Promise<[file: string, line: number]> {
  const places = await waitFor("the definition", async () => {
    const found = await askAt<vscode.Location[]>("vscode.executeDefinitionProvider", document, cell, before);
    return found.length > 0 ? found : null;
  });
  const [place] = places;
  assert.equal(places.length, 1);
  assert.ok(place);
  return [place.uri.fsPath, place.range.start.line];
}

/** The labels that are offered, once `expected` is among them. */
async function completed(
  document: vscode.NotebookDocument,
  cell: number,
  before: string,
  expected: string,
): Promise<string[] | null> {
  const list = await askAt<vscode.CompletionList>("vscode.executeCompletionItemProvider", document, cell, before);
  const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  return labels.includes(expected) ? labels : null;
}

async function problem(document: vscode.NotebookDocument, cell: number): Promise<string> {
  const [first] = await waitFor(`a problem in cell ${cell}`, () => {
    const found = vscode.languages.getDiagnostics(document.cellAt(cell).document.uri);
    return found.length > 0 ? found : null;
  });
  return first?.message ?? "";
}
