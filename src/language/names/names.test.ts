// Where names are defined and used, and how they get others, across the cells of a notebook.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { semanticTokenModifiers, semanticTokenTypes } from "../../shared/editorProtocol.ts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const server = testServer(collectTypescriptLibs());
const notebook = new TestNotebook(server);
const imports = 'import { layers, sequential } from "nnbook";';

function renamed(cells: readonly string[], newName: string, own = notebook): readonly string[] | string | null {
  const answer = own.ask("rename", cells, { newName });
  if (answer === null) return null;
  if (answer.kind === "refused") return answer.reason;
  return own.changed(answer.cells);
}

describe("definitions", () => {
  test("of nnbook's names stand in types that can be read", () => {
    const [place] = notebook.ask("typeDefinition", [imports, "const mod|el = sequential([]);"]) ?? [];
    expect(place).toMatchObject({ kind: "types", path: "/nnbook/types/src/engine/model.d.ts" });
    const [definition] = notebook.definition([imports, "layers.den|se"]);
    if (definition?.kind !== "types") throw new Error(`The definition is ${JSON.stringify(definition)}.`);
    const text = server.answer({ kind: "readTypes", notebookId: "notebook", path: definition.path });
    const line = text?.split("\n")[definition.line - 1] ?? "";
    expect(line.slice(definition.column - 1, definition.column - 1 + definition.length)).toBe("dense");
    expect(server.answer({ kind: "readTypes", notebookId: "notebook", path: "/etc/passwd" })).toBeNull();
  });

  test("of a type is where the type stands, in another cell", () => {
    const cells = ["interface Shape { area: number }", "const square: Shape = { area: 4 };", "squ|are"];
    expect(notebook.texts(notebook.ask("typeDefinition", cells))).toEqual(["cell 0 at 10: Shape"]);
  });

  test("of what an interface asks for are its implementations", () => {
    const cells = ["interface Shape { area(): number }", "class Square implements Sha|pe { area() { return 4 } }"];
    expect(notebook.texts(notebook.ask("implementations", cells))).toContain("cell 1 at 6: Square");
  });

  test("of an exported second name is where it is given", () => {
    expect(notebook.texts(notebook.definition(["const a = 1; export { a as b }", "|b"]))).toEqual(["cell 0 at 27: b"]);
  });
});

describe("references", () => {
  const uses = (cells: readonly string[], withDeclarations = true) =>
    notebook.texts(notebook.ask("references", cells, { withDeclarations }));

  test("are found in all cells, with and without declarations", () => {
    const cells = ["const rate = 1;", "rate + 1", "const f = () => r|ate;"];
    expect(uses(cells)).toEqual(["cell 0 at 6: rate", "cell 1 at 0: rate", "cell 2 at 16: rate"]);
    expect(uses(cells, false)).toEqual(["cell 1 at 0: rate", "cell 2 at 16: rate"]);
  });

  test("end where a later cell declares the name again", () => {
    const cells = (at: number) =>
      ["const v = 1;", "v", 'const v = "s";', "v"].map((text, index) =>
        index === at ? text.replace("v", "|v") : text,
      );
    expect(uses(cells(1))).toEqual(["cell 0 at 6: v", "cell 1 at 0: v"]);
    expect(uses(cells(3))).toEqual(["cell 2 at 6: v", "cell 3 at 0: v"]);
  });

  test("know exports", () => {
    expect(uses(["const |a = 1;", "export { a, a as b };", "a + b"])).toEqual([
      "cell 0 at 6: a",
      "cell 1 at 9: a",
      "cell 1 at 12: a",
      "cell 2 at 0: a",
    ]);
  });

  test("of an imported name are in every cell that imports or uses it", () => {
    expect(uses(["", imports, `${imports} layers`, "lay|ers"])).toEqual([
      "cell 1 at 9: layers",
      "cell 2 at 45: layers",
      "cell 3 at 0: layers",
      "cell 2 at 9: layers",
    ]);
  });

  test("are marked in the same cell only, and tell what writes", () => {
    expect(notebook.ask("highlights", ["let n = 0; n;", "n = 2; |n"])).toEqual([
      { span: { start: 0, length: 1 }, isWritten: true },
      { span: { start: 7, length: 1 }, isWritten: false },
    ]);
  });
});

describe("renaming", () => {
  test("changes all cells, and leaves a later name of the same spelling alone", () => {
    expect(renamed(["const v = 1;", "v + |v", "const v = 's'; v"], "value")).toEqual([
      "const value = 1;",
      "value + value",
      "const v = 's'; v",
    ]);
  });

  test("keeps what other code calls it", () => {
    expect(renamed(["const |rate = 1;", "const options = { rate };", "options.rate"], "speed")).toEqual([
      "const speed = 1;",
      "const options = { rate: speed };",
      "options.rate",
    ]);
    expect(renamed([imports, `${imports}\nlay|ers.dense;`, "layers"], "kit")).toEqual([
      'import { layers as kit, sequential } from "nnbook";',
      'import { layers as kit, sequential } from "nnbook";\nkit.dense;',
      "kit",
    ]);
  });

  test("takes an import of the same name from elsewhere for another thing", () => {
    const cells = ['import { lay|ers } from "nnbook"; layers', 'import { layers } from "other";'];
    expect(renamed(cells, "kit")).toEqual(['import { layers as kit } from "nnbook"; kit', cells[1]]);
  });

  test("follows exports and exported second names", () => {
    expect(renamed(["const |a = 1;", "export { a };", "a"], "first")).toEqual([
      "const first = 1;",
      "export { first };",
      "first",
    ]);
    expect(renamed(["const a = 1; export { a as b };", "|b"], "second")).toEqual([
      "const a = 1; export { a as second };",
      "second",
    ]);
    expect(renamed(["interface |T { a: 1 } export { type T };", "let t: T"], "Kind")).toEqual([
      "interface Kind { a: 1 } export { type Kind };",
      "let t: Kind",
    ]);
  });

  test("starts with the name it finds", () => {
    expect(notebook.ask("prepareRename", ["const rate = 1", "r|ate"])).toEqual({
      kind: "ready",
      span: { start: 0, length: 4 },
      name: "rate",
    });
  });

  test.each([
    [[imports, "layers.den|se({ units: 1 })"], '"dense" belongs to nnbook and cannot be renamed.'],
    [["[1].ma|p((x) => x)"], '"map" belongs to JavaScript and cannot be renamed.'],
    [["undef|ined"], '"undefined" cannot be renamed.'],
    [["con|sole.log(1)"], '"console" belongs to JavaScript and cannot be renamed.'],
    [["1 |+ 1"], "Here stands no name that could be changed."],
    [['"te|xt"'], "Here stands no name that could be changed."],
  ])("refuses what is not the user's: %j", (cells, reason) => {
    expect(notebook.ask("prepareRename", cells)).toEqual({ kind: "refused", reason });
    expect(renamed(cells, "other")).toBe(reason);
  });

  test.each([
    ["2nd", /"2nd" cannot be a name/],
    ["two words", /cannot be a name/],
    ["class", /cannot be a name/],
    ["await", /cannot be a name/],
    ["", /cannot be a name/],
    ["globalThis", /"globalThis" cannot be declared in a cell/],
    ["taken", /"taken" has a meaning there already: it is declared in cell 2/],
  ])("refuses the name %j", (newName, reason) => {
    expect(renamed(["const a = 1;", "const taken = 2;", "|a + taken"], newName)).toMatch(reason);
  });

  test("takes words that mean something only elsewhere, and names of globals", () => {
    for (const newName of ["type", "of", "async", "값", "name"]) {
      expect(renamed(["const |a = 1;"], newName)).toEqual([`const ${newName} = 1;`]);
    }
  });

  test("reaches into modules beside the notebook", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "nnbook-rename-"));
    try {
      writeFileSync(path.join(folder, "helper.ts"), "export function twice(x: number) { return 2 * x }\ntwice(1);\n");
      const own = new TestNotebook(server, { id: folder, folder });
      const cells = ['import * as helper from "./helper.ts";', "helper.tw|ice(2)"];
      const references = own.texts(own.ask("references", cells, { withDeclarations: true }));
      expect(references).toEqual(["helper.ts:1:17", "cell 1 at 7: twice", "helper.ts:2:1"]);
      const answer = own.ask("rename", cells, { newName: "double" });
      expect(answer).toMatchObject({
        kind: "changes",
        cells: [{ cellId: "1", text: "double" }],
        files: [
          { path: expect.stringMatching(/helper\.ts$/), line: 1, column: 17, length: 5, text: "double" },
          { line: 2, column: 1, text: "double" },
        ],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("names are told apart by what they are, in the cell that is asked about", () => {
  const cells = [
    "class Net { units = 1 }",
    '|import { layers } from "nnbook";\nconst f = (n: Net) => n.units + layers;',
    "f",
  ];
  const numbers = notebook.ask("semanticTokens", cells) ?? [];
  const shown = Array.from({ length: numbers.length / 4 }, (_, at) => numbers.slice(4 * at, 4 * at + 4));
  const text = cells[1]?.slice(1) ?? "";
  expect(
    shown.map(([start = 0, length = 0, type = 0, modifiers = 0]) => [
      text.slice(start, start + length),
      semanticTokenTypes[type],
      semanticTokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0).join(" "),
    ]),
  ).toEqual([
    ["f", "function", "declaration readonly"],
    ["n", "parameter", "declaration"],
    ["Net", "class", ""],
    ["n", "parameter", ""],
    ["units", "property", ""],
  ]);
});

test("places outside of a cell, and cells that are gone, have no answers", () => {
  notebook.set(["const a = 1"]);
  const at = { notebookId: "notebook", offset: 99 };
  expect(server.answer({ kind: "references", ...at, cellId: "0", withDeclarations: true })).toEqual([]);
  expect(server.answer({ kind: "prepareRename", ...at, cellId: "0" })).toBeNull();
  expect(server.answer({ kind: "rename", ...at, cellId: "gone", newName: "b" })).toBeNull();
  expect(server.answer({ kind: "highlights", ...at, cellId: "gone" })).toBeNull();
  expect(server.answer({ kind: "outline", notebookId: "never", cellId: "0" })).toBeNull();
});
