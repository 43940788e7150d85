// The notebook's program after many edits answers as a program made at once.

import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { diagnoseNotebook } from "../diagnostics/diagnostics.ts";
import { sayIn } from "../languageWords.ts";
import { smallNnbookTypes } from "../notebooks.testing.ts";
import { SharedFiles } from "./languageHost.ts";
import { NotebookProgram } from "./notebookProgram.ts";
import { NotebookService } from "./notebookService.ts";

const say = sayIn("en");
const snippets = [
  'import { layers } from "nnbook";',
  'import * as nn from "nnbook"; import { join } from "node:path";',
  "const v = 1;",
  'const v = "text";\nexport const w = v;',
  "export { w as ww };",
  "interface T { a: 1 }\nexport { type T, v };",
  "function f(a: number) { return a + v }",
  "class C { m() { return f(1) } }",
  "v.length; f('x'); ww;",
  "layers.dense({ units: 1 })",
  "export default { v };",
  "{",
  "}",
  "(",
  "`",
  "${",
  "/*",
  "*/",
  "//",
  "\n",
  ";",
  " = ",
  ".",
  '"',
  "import {",
];
const cellText = fc.array(fc.constantFrom(...snippets), { maxLength: 4 }).map((parts) => parts.join("\n"));
const notebookTexts = fc.array(cellText, { maxLength: 5 });

function cellsOf(texts: readonly string[]): { id: string; text: string }[] {
  return texts.map((text, index) => ({ id: String(index), text }));
}

test("every place of every cell is found again in the program", () => {
  fc.assert(
    fc.property(notebookTexts, (texts) => {
      const program = new NotebookProgram();
      const cells = cellsOf(texts);
      program.update(cells);
      for (const { id, text } of cells) {
        for (let offset = 0; offset < text.length; offset++) {
          const there = program.toProgram({ cellId: id, offset });
          expect(there).not.toBeNull();
          expect(program.toCell(there ?? -1)).toMatchObject({ cellId: id });
        }
      }
    }),
  );
});

test("cells without exports stand in the program as they are", () => {
  const program = new NotebookProgram();
  program.update(cellsOf(['const a = 1;\nimport { b } from "b";\na', "b"]));
  expect(program.text).toBe('import { b } from "b";\n;\n{\nconst a = 1;\n;\na\n\n;\n{\nb\n\n;}}\nexport {};\n');
});

test("what TypeScript knows after any edits is what it would know from the start", () => {
  const shared = new SharedFiles({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: smallNnbookTypes });
  const registry = ts.createDocumentRegistry();
  const open = (texts: readonly string[]) =>
    new NotebookService({ notebookId: "n", folder: null, version: 1, cells: cellsOf(texts) }, shared, registry);
  fc.assert(
    fc.property(fc.array(notebookTexts, { minLength: 2, maxLength: 4 }), (edits) => {
      const edited = open([]);
      for (const texts of edits) {
        edited.update(cellsOf(texts));
        diagnoseNotebook(edited, say);
      }
      const fresh = open(edits.at(-1) ?? []);
      expect(edited.program.text).toBe(fresh.program.text);
      expect(diagnoseNotebook(edited, say)).toEqual(diagnoseNotebook(fresh, say));
      edited.dispose();
      fresh.dispose();
    }),
    { numRuns: 12 },
  );
});
