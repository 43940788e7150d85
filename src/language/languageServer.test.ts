// What a user sees while typing in the cells of a notebook.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../scripts/languageFiles.mts";
import { LanguageServer } from "./languageServer.ts";
import { smallNnbookTypes, TestNotebook, testServer } from "./notebooks.testing.ts";

const server = testServer(collectTypescriptLibs());
const notebook = new TestNotebook(server);
const imports = 'import { layers, sequential } from "nnbook";';

describe("signature help", () => {
  test("names the parameter that is typed", () => {
    const help = notebook.signature([imports, "const m = sequential([]);", "m.fit([[1]], |"]);
    expect(help?.activeParameter).toBe(1);
    const { label = "", parameters = [], documentation } = help?.signatures[0] ?? {};
    expect(label).toMatch(/^fit\(x: number\[\]\[\], y: number\[\], options\?: /);
    expect(parameters.map((parameter) => label.slice(...parameter.label).split(":")[0])).toEqual([
      "x",
      "y",
      "options?",
    ]);
    expect(documentation).toBe("Trains the model.");
  });

  test("documents parameters", () => {
    const help = notebook.signature([imports, "layers.dense(|)"]);
    expect(help?.signatures[0]?.parameters[0]?.documentation).toBe("units and activation");
  });
});

describe("hover", () => {
  test("shows the signature and the doc comment with its tags", () => {
    const hover = notebook.hover([imports, "const d = layers.de|nse({ units: 1 })"]);
    expect(hover?.signature).toBe("function dense(options: layers.DenseOptions): layers.Dense");
    expect(hover?.span).toEqual({ start: 10, length: 12 });
    expect(hover?.documentation).toBe(
      [
        "Fully connected layer: `y = x · W + b`.",
        "*@param* `options`: units and activation",
        "*@throws* ShapeError when the last axis of the input is not `inputSize`.",
        "*@example*\n```typescript\nlayers.dense({ units: 8 })\n```",
      ].join("\n\n"),
    );
  });

  test("anywhere in a layer's call it is about what is called", () => {
    expect(notebook.hover([imports, "la|yers.dense({ units: 1 })"])?.signature).toMatch(/^function dense/);
    expect(notebook.hover([imports, "la|yers"])?.signature).toMatch(/layers/);
  });

  test("a function that is held by a property has the words of the property, by whatever name it is called", () => {
    const held = [
      "/** How it is made. */ function make(n: number) { return n }",
      "const kit = {\n  /** What it is for. */\n  make,\n};",
      "const { make: renamed } = kit; const again = kit.make; const kit2 = { again };",
    ];
    const words = (use: string) => notebook.hover([...held, use])?.documentation;
    expect(["kit.ma|ke(1)", "kit.ma|ke", "rena|med(1)", "rena|med", "aga|in(1)", "kit2.aga|in"].map(words)).toEqual(
      Array.from({ length: 6 }, () => "What it is for."),
    );
    expect(words("ma|ke(1)")).toBe("How it is made.");
    expect(notebook.signature([...held, "kit.make(|"])?.signatures[0]?.documentation).toBe("What it is for.");
  });

  test("each overload has its own words", () => {
    const overloads =
      "/** Of a number. */ function f(a: number): 1;\n/** Of a text. */ function f(a: string): 2;\nfunction f(a: any): any {}";
    expect(notebook.hover([overloads, "|f('')"])?.documentation).toBe("Of a text.");
  });

  test("a redefined name has the type that its cell sees", () => {
    const cells = (at: number) =>
      ["const v = 1; v", 'const v = "s"; v', "v"].map((text, index) =>
        index === at ? text.replace(/v$/, "|v") : text,
      );
    expect(notebook.hover(cells(0))?.signature).toBe("const v: 1");
    expect(notebook.hover(cells(1))?.signature).toBe('const v: "s"');
    expect(notebook.hover(cells(2))?.signature).toBe('const v: "s"');
  });

  test("a place with nothing to say has no hover", () => {
    expect(notebook.hover(["1 |+ 1"])).toBeNull();
  });
});

describe("definition", () => {
  test("is found in another cell", () => {
    expect(notebook.definition(["\nconst a = 1", "|a"])).toEqual([
      { kind: "cell", cellId: "0", span: { start: 7, length: 1 } },
    ]);
  });
});

describe("notebooks", () => {
  test("never see each other's names, untitled ones neither", () => {
    const one = new TestNotebook(server, { id: "untitled:1" }).set(["const onlyInOne = 1"]);
    const two = new TestNotebook(server, { id: "untitled:2" });
    expect(two.names(["|"])).not.toContain("onlyInOne");
    expect(two.problems(["onlyInOne"])).toEqual([`cell 0 error "onlyInOne": Cannot find name 'onlyInOne'.`]);
    expect(one.names(["const onlyInOne = 1", "|"])).toContain("onlyInOne");
    expect(two.problems(['const onlyInOne = "other"', "onlyInOne.length"])).toEqual([]);
  });

  test("that are closed or were never opened have no answers", () => {
    const closed = new TestNotebook(server, { id: "closed" }).set(["a"]);
    closed.close();
    expect(server.answer({ kind: "diagnose", notebookId: "closed" })).toEqual([]);
    expect(server.answer({ kind: "hover", notebookId: "never", cellId: "0", offset: 0 })).toBeNull();
  });

  test("an older version does not replace a newer one", () => {
    const cells = [{ id: "0", text: "const a: string = 1" }];
    const base = { notebookId: "versions", folder: null };
    server.answer({ kind: "updateNotebook", notebook: { ...base, version: 2, cells } });
    server.answer({ kind: "updateNotebook", notebook: { ...base, version: 1, cells: [] } });
    expect(server.answer({ kind: "diagnose", notebookId: "versions" })).toHaveLength(1);
  });
});

describe("a notebook in a folder", () => {
  function inFolder(check: (folder: string, notebook: TestNotebook) => void): void {
    const folder = mkdtempSync(path.join(tmpdir(), "nnbook-language-"));
    try {
      check(folder, new TestNotebook(server, { id: folder, folder }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("has the types of its modules, and sees when they change", () => {
    inFolder((folder, own) => {
      const helper = path.join(folder, "helper.ts");
      writeFileSync(helper, "export const three = 3;\nexport function twice(x: number): number { return 2 * x }");
      const cells = ['import { twice } from "./helper.ts";', "twice('a')"];
      expect(own.problems(cells)).toEqual([
        `cell 1 error "'a'": Argument of type 'string' is not assignable to parameter of type 'number'.`,
      ]);
      expect(own.definition([cells[0] ?? "", "tw|ice(1)"])).toEqual([
        { kind: "file", path: helper.replaceAll("\\", "/"), line: 2, column: 17, length: 5 },
      ]);
      writeFileSync(helper, "export function twice(x: string): string { return x + x } // changed");
      expect(own.problems(cells)).toEqual([]);
      expect(own.problems(['import { a } from "./missing";'])).toEqual([
        `cell 0 error "\\"./missing\\"": Cannot find "./missing" in ${folder}. Check the spelling, or save the file there.`,
      ]);
    });
  });

  test("uses packages installed beside it, with or without types", () => {
    inFolder((folder, own) => {
      const install = (name: string, files: Record<string, string>) => {
        mkdirSync(path.join(folder, "node_modules", name), { recursive: true });
        for (const [file, text] of Object.entries(files))
          writeFileSync(path.join(folder, "node_modules", name, file), text);
      };
      install("untyped", { "package.json": '{ "name": "untyped", "main": "index.js" }', "index.js": "exports.a = 1" });
      install("typed", {
        "package.json": '{ "name": "typed", "main": "index.js", "types": "index.d.ts" }',
        "index.js": "exports.b = 1",
        "index.d.ts": "export const b: number;",
      });
      expect(own.problems(['import { a } from "untyped"; import { b } from "typed"; const s: string = b; a'])).toEqual([
        `cell 0 error "s": Type 'number' is not assignable to type 'string'.`,
      ]);
    });
  });
});

test("diagnosing is left in the middle when somebody waits, and everything is answered rightly afterwards", () => {
  let isInterrupted = false;
  const interrupted = new LanguageServer({
    readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: smallNnbookTypes }),
    readRules: () => {
      throw new Error("Not asked for.");
    },
    isInterrupted: () => isInterrupted,
  });
  const own = new TestNotebook(interrupted);
  const cells = ["const a = 1;", "function f(x: number) { return x; }", "const s: string = f(a);"];
  own.set(cells);
  isInterrupted = true;
  expect(() => own.diagnose(cells)).toThrow(ts.OperationCanceledException);
  isInterrupted = false;
  expect(own.names([...cells.slice(0, 2), "f(a).toF|"])).toContain("toFixed");
  expect(own.problems(cells)).toEqual([`cell 2 error "s": Type 'number' is not assignable to type 'string'.`]);
});
