// Running cells: what they share, what they show, and how a failure is told. That its places can be followed is in test/host/user/errors.test.ts.
// Units alone show: every kind of thrown value (cellErrors.test.ts), since all come to the same output; and whose a late rejection is where its
// frames do not tell (notebookSession.test.ts), since that is decided in the kernel.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  errorMime,
  mimes,
  openCells,
  openNotebook,
  openUntitled,
  plainText,
  runCell,
  runSucceeding,
  startCells,
  stdout,
  textOf,
  waitFor,
  workspaceFile,
} from "./notebooks.ts";

const training = "application/vnd.nnbook.training.v1+json";
const gradients = "application/vnd.nnbook.gradients.v1+json";
const summary = "application/vnd.nnbook.summary.v1+json";

export function describeRunning(): void {
  describe("running", () => {
    afterEach(closeAll);

    it("cells share their variables, await at the top, and show their last expression", async () => {
      const document = await openCells("shared.nnbook", [
        "const a = 20;\nlet b = 1;",
        'b = await Promise.resolve(22);\nconsole.log("streamed");\na + b',
        "const a = 100;\na + b",
      ]);
      await runSucceeding(document, 0);
      const second = await runSucceeding(document, 1);
      assert.equal(textOf(second, plainText), "42");
      assert.match(textOf(second, stdout), /streamed/);
      assert.equal(textOf(await runSucceeding(document, 2), plainText), "122");
    });

    it("the first network trains, and each view has its text beside it", async () => {
      const document = await openNotebook("00-first-network.nnbook");
      const first = await runSucceeding(document, 1);
      const shown = mimes(first);
      const kinds = [training, gradients].map((mime) => shown.find((items) => items.includes(mime)));
      for (const items of kinds) assert.ok(items?.includes(plainText), `got ${JSON.stringify(shown)}`);
      const view = JSON.parse(textOf(first, training)) as { state: string; epochs: { done: number } };
      assert.deepEqual([view.state, view.epochs.done], ["finished", 40]);
      assert.ok(mimes(await runSucceeding(document, 3)).some((items) => items.includes(summary)));
      assert.match(textOf(await runSucceeding(document, 5), plainText), /%/);
    });

    it("an error names the cell's line, marks it, and leaves the cells after it alone", async () => {
      const document = await openCells("failing.nnbook", ["const fine = 1;", "fine;\nnull.length;", "fine"]);
      startCells(document, 0, 3);
      const failing = document.cellAt(1);
      await waitFor("the failure", () => failing.executionSummary?.success === false);
      const error = textOf(failing, errorMime);
      assert.match(error, /TypeError/);
      assert.match(error, /Cell 2:2/);
      const isMarked = () =>
        vscode.languages
          .getDiagnostics(failing.document.uri)
          .some(({ range, message }) => range.start.line === 1 && message.startsWith("TypeError"));
      await waitFor("the mark on the line", isMarked);
      assert.equal(document.cellAt(2).executionSummary?.success, undefined);
    });

    it("a syntax error is told with its place and runs nothing", async () => {
      const document = await openCells("syntax.nnbook", ['console.log("ran");\nconst = 1;']);
      const cell = await runCell(document, 0);
      assert.equal(cell.executionSummary?.success, false);
      assert.match(textOf(cell, errorMime), /SyntaxError/);
      assert.match(textOf(cell, errorMime), /Cell 1:2/);
      assert.equal(textOf(cell, stdout), "");
    });

    it("a cell with a type error runs all the same, and where it fails both are marked", async () => {
      const document = await openCells("typed.nnbook", [
        'const seven: number = "7";\nseven',
        "const word: string = 7 as any as string;\nconst length: string = 1;\nword.trim();",
      ]);
      const marks = (index: number) =>
        vscode.languages.getDiagnostics(document.cellAt(index).document.uri).map(({ range, message }) => {
          return `${range.start.line}: ${message.split("'")[0]?.trim()}`;
        });
      const isUnderlined = (index: number) => marks(index).some((mark) => /: Type$/.test(mark));
      await waitFor("the type errors", () => isUnderlined(0) && isUnderlined(1));
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "'7'");
      assert.equal((await runCell(document, 1)).executionSummary?.success, false);
      const isMarked = () => marks(1).includes("2: TypeError: word.trim is not a function") && isUnderlined(1);
      await waitFor("both marks", isMarked);
    });

    it("a rejection that nobody takes and an error in a timer are told in the cell they come from, also after its end", async () => {
      const document = await openCells("late.nnbook", [
        'import { existsSync } from "node:fs";\nconst waiting = setInterval(() => {\n  if (!existsSync("late")) return;\n  clearInterval(waiting);\n  Promise.reject(new TypeError("unheard"));\n  throw new RangeError("too late");\n}, 20);',
        "1 + 1",
      ]);
      const cell = await runSucceeding(document, 0);
      await runSucceeding(document, 1);
      assert.equal(textOf(cell, errorMime), "");
      await writeFile(workspaceFile("late"), "");
      await waitFor(
        "both errors",
        () => /unheard/.test(textOf(cell, errorMime)) && /too late/.test(textOf(cell, errorMime)),
      );
      assert.match(textOf(cell, errorMime), /Cell 1:5:18/);
      const lines = () =>
        vscode.languages
          .getDiagnostics(cell.document.uri)
          .flatMap(({ range, source, message }) =>
            source === "nnbook" && /unheard|late/.test(message) ? range.start.line : [],
          );
      await waitFor("the marks", () => String(lines().sort()) === "4,5");
      assert.equal(textOf(document.cellAt(1), errorMime), "");
      // It came to its own end.
      await waitFor("the cell's state", () => cell.executionSummary?.success === true);
    });

    it("wrong shapes are told in the user's words", async () => {
      const document = await openCells("shapes.nnbook", [
        'import { tensor } from "nnbook";\ntensor([[1, 2, 3]]).matmul(tensor([[1, 2]]));',
      ]);
      const cell = await runCell(document, 0);
      assert.equal(cell.executionSummary?.success, false);
      assert.match(
        textOf(cell, errorMime),
        /"name":"ShapeError","message":"matmul: expected .*, got \[1, 3\] and \[1, 2\]\. a has 3 columns/,
      );
    });

    it("imports resolve from the notebook's folder, and a missing one is told", async () => {
      await writeFile(workspaceFile("twice.ts"), "export const twice = (x: number): number => 2 * x;\n");
      const document = await openCells("imports.nnbook", [
        'import { twice } from "./twice.ts";\ntwice(21)',
        'import { nothing } from "./missing.ts";',
      ]);
      assert.equal(textOf(await runSucceeding(document, 0), plainText), "42");
      const missing = await runCell(document, 1);
      assert.equal(missing.executionSummary?.success, false);
      assert.match(textOf(missing, errorMime), /missing\.ts/);
    });

    it("an untitled notebook runs", async () => {
      const document = await openUntitled(["const x: number = 40;", "x + 2"]);
      await runSucceeding(document, 0);
      assert.equal(textOf(await runSucceeding(document, 1), plainText), "42");
    });

    it("two notebooks do not see each other's variables", async () => {
      const first = await openCells("one.nnbook", ["const secret = 1;"]);
      await runSucceeding(first, 0);
      const second = await openCells("two.nnbook", ["typeof secret"]);
      assert.match(textOf(await runSucceeding(second, 0), plainText), /undefined/);
    });
  });
}
