// What a user sees while typing in the cells of a notebook.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../scripts/languageFiles.mts";
import { smallNnbookTypes, TestNotebook, testServer } from "./notebooks.testing.ts";

const server = testServer(collectTypescriptLibs());
const notebook = new TestNotebook(server);
const imports = 'import { layers, sequential } from "nnbook";';

describe("completion", () => {
  test("a value of an earlier cell offers its members", () => {
    const names = notebook.names([imports, "const model = sequential([layers.dense({ units: 2 })]);", "model.|"]);
    expect(names).toEqual(["fit", "layers", "predict"]);
  });

  test("a place in the middle of a broken cell offers members too", () => {
    expect(notebook.names([imports, "if (true) {\n  const a = [layers.|", "const after = 1"])).toContain("dense");
  });

  test("names of earlier cells are offered, names of later ones are not", () => {
    const names = notebook.names(["const before = 1", "|", "const after = 1"]);
    expect(names).toContain("before");
    expect(names).not.toContain("after");
    expect(names).toContain("console");
    expect(names).not.toContain("document");
  });

  test("options offer the names they may have", () => {
    const list = notebook.complete([imports, 'layers.dense({ units: 3, activation: "|" })'], '"');
    expect(list?.entries.map(({ name }) => name)).toEqual(["linear", "relu", "sigmoid", "tanh"]);
  });

  test("a half-typed name in quotes is replaced whole", () => {
    const list = notebook.complete([imports, 'layers.dense({ units: 3, activation: "re|" })']);
    const relu = list?.entries.find(({ name }) => name === "relu");
    expect(relu?.replace).toEqual({ start: 38, length: 2 });
  });

  test("a string that is still open offers names", () => {
    expect(notebook.names([imports, 'layers.dense({ units: 3, activation: "|'])).toContain("relu");
  });

  test("missing options are offered", () => {
    expect(notebook.names([imports, "layers.dense({ units: 3, | })"])).toContain("activation");
  });

  test("imports offer the module and its names", () => {
    expect(notebook.names(['import { layers } from "|"'])).toContain("nnbook");
    expect(notebook.names(['import { | } from "nnbook"'])).toContain("sequential");
  });

  test("a suggestion has its signature and documentation", () => {
    const details = notebook.resolve([imports, "layers.|"], "dense");
    expect(details?.signature).toBe("function dense(options: layers.DenseOptions): layers.Dense");
    expect(details?.documentation).toContain("Fully connected layer: `y = x · W + b`.");
  });
});

describe("completion of what must be imported", () => {
  test("offers nnbook's names with where they come from, and the change that imports them", () => {
    const cells = ["const a = 1;", "const m = seq|"];
    const entry = notebook.complete(cells)?.entries.find(({ name }) => name === "sequential");
    expect(entry).toMatchObject({ importFrom: "nnbook", kind: "function", insertText: null });
    const details = notebook.resolve(cells, "sequential", "nnbook");
    expect(details?.signature).toBe("function sequential(layers: readonly Layer[]): Model");
    expect(details?.documentation).toBe("Layers one after the other.");
    expect(notebook.changed(details?.changes ?? [])).toEqual([
      "const a = 1;",
      'import { sequential } from "nnbook";\nconst m = seq',
    ]);
  });

  test("is not for names that are there, for members, for texts", () => {
    const offered = (cells: readonly string[]) =>
      (notebook.complete(cells)?.entries ?? []).filter(({ importFrom }) => importFrom !== null).map(({ name }) => name);
    expect(offered([imports, "|"])).not.toContain("layers");
    expect(offered([imports, "|"])).toContain("display");
    expect(offered([imports, "layers.|"])).toEqual([]);
    expect(offered([imports, 'const t = "|"'])).toEqual([]);
    expect(offered([imports, "layers.dense({ | })"])).toEqual([]);
    expect(offered(["const |"])).toEqual([]);
  });

  test("is for names that only a later cell imports, too", () => {
    const later = notebook.complete(["lay|", imports])?.entries.filter(({ name }) => name === "layers");
    expect(later).toMatchObject([{ importFrom: "nnbook" }]);
    const earlier = notebook.complete([imports, "lay|"])?.entries.filter(({ name }) => name === "layers");
    expect(earlier).toMatchObject([{ importFrom: null }]);
  });

  test("knows what other cells import from, and a place where any name may be new", () => {
    expect(notebook.resolve(["|"], "nothing", "nnbook")).toBeNull();
    expect(notebook.complete(["layers.| "])?.entries ?? []).toEqual([]);
  });
});

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

describe("diagnostics", () => {
  test("a type error stands in its own cell", () => {
    expect(notebook.problems([imports, "const a: number = 1;\nlayers.dense({ units: 'x' })", "a"])).toEqual([
      `cell 1 error "units": Type 'string' is not assignable to type 'number'.`,
    ]);
  });

  test("names may be declared again, in the same notebook and with another type", () => {
    expect(
      notebook.problems([
        "const v = 1; interface P { a: number } enum E { A }\nexport const w = 2; var u = 1;",
        'const v = "s"; interface P { b: string } enum E { B }\nexport const w = "t"; var u = "u"; for (var i = 0; i < 1; i++) ;',
        "v.length + w.length + u.length + E.B; const p: P = { b: v }; const i = 2; for (var i2 = 0; ;) { p; i; i2 }",
        "export default { a: 1 }; export { v as vv }; namespace N { export const k = 7 }",
        "vv.length + N.k; export default function () {}",
        "class C {} export default class D {} await Promise.resolve(import.meta.url); using r = { [Symbol.dispose]() {} }; r",
      ]),
    ).toEqual([]);
  });

  test("imports may be repeated in later cells", () => {
    expect(notebook.problems([imports, imports, `${imports}\nlayers.dropout(0.1)`])).toEqual([]);
  });

  test("a name that a later cell defines is said to be so", () => {
    expect(notebook.problems(["late() + nowhere", "function late() { return 1 }"])).toEqual([
      'cell 0 warning "late": "late" is defined in a later cell: cell 2. Run that cell first.',
      `cell 0 error "nowhere": Cannot find name 'nowhere'.`,
    ]);
  });

  test("a broken cell does not break the others", () => {
    const broken = ["foo(({ [`${", "} ) ]", "/* open", "let `"];
    const found = notebook.diagnose(["const a = 1", ...broken, "const s: string = a;"]);
    expect([...new Set(found.map(({ cellId }) => cellId))]).toEqual(["1", "2", "3", "4", "5"]);
    expect(found.filter(({ cellId }) => cellId === "5")).toMatchObject([
      { span: { start: 6, length: 1 }, message: "Type 'number' is not assignable to type 'string'." },
    ]);
  });

  test("what would keep a cell from running is said at its place", () => {
    expect(notebook.problems(["let d = 1;\nlet d = 2;", "const { undefined } = {} as any"])).toEqual([
      `cell 0 error "d": Identifier 'd' has already been declared.`,
      'cell 1 error "undefined": "undefined" cannot be declared in a cell. Choose another name.',
    ]);
  });

  test("assigning a constant is an error", () => {
    expect(notebook.problems(["const c = 1; c = 2"])).toEqual([
      `cell 0 error "c": Cannot assign to 'c' because it is a constant.`,
    ]);
  });

  test("globals that all code shares are warned about, imports of them are not", () => {
    expect(notebook.problems(["const process = 1", 'import { performance } from "node:perf_hooks"'])).toEqual([
      'cell 0 warning "process": This changes "process" for all code in the kernel. Choose another name.',
    ]);
  });

  test("Node's modules are no error, unknown packages and files are", () => {
    expect(notebook.problems(['import fs from "node:fs"; import path from "path"; fs.anything(path)'])).toEqual([]);
    expect(notebook.problems(['import a from "no-such-package/part";', 'import b from "./b.ts";'])).toEqual([
      'cell 0 error "\\"no-such-package/part\\"": Cannot find the package "no-such-package/part". Save the notebook and install it beside it (npm install no-such-package), or check the spelling.',
      'cell 1 error "\\"./b.ts\\"": Cannot find "./b.ts": this notebook has no folder yet. Save it first.',
    ]);
  });

  test("timers take any callback", () => {
    expect(
      notebook.problems([
        "await new Promise((resolve) => setTimeout(resolve, 50)); setTimeout((a) => a, 5, 1); setInterval(() => 1); Buffer.from('a').toString('hex')",
      ]),
    ).toEqual([]);
  });

  test("names that a test runner would have are known when a later cell has them", () => {
    expect(notebook.problems(["test(1)", "const test = (n: number) => n"])).toEqual([
      'cell 0 warning "test": "test" is defined in a later cell: cell 2. Run that cell first.',
    ]);
  });

  test("nnbook has no default export, and is offered for what is spelt nearly so", () => {
    expect(notebook.problems(['import nn from "nnbook"; nn', 'import { layers } from "nnbok"; layers'])).toEqual([
      'cell 1 error "\\"nnbok\\"": Cannot find the package "nnbok". Did you mean "nnbook"?',
      'cell 0 error "nn": "nnbook" has no default export. Write `import * as nn from "nnbook"`.',
    ]);
  });

  test("our own sentences are in the reader's language", () => {
    const korean = new TestNotebook(testServer(collectTypescriptLibs(), smallNnbookTypes, "ko"));
    expect(korean.problems(["late; let undefined = 1", "const late = 1", "late2", "const late2 = 1"])).toEqual([
      'cell 0 error "undefined": "undefined": 셀에서 선언할 수 없는 이름입니다. 다른 이름을 쓰세요.',
      'cell 2 warning "late2": "late2": 뒤에 있는 4번 셀에서 정의합니다. 그 셀을 먼저 실행하세요.',
    ]);
    const source = 'export * from "nnbook"';
    expect(korean.server.answer({ kind: "compileCell", cellId: "a", label: "셀 1", source })).toMatchObject({
      errors: [{ message: expect.stringContaining("다시 내보낼 수 없습니다") }],
    });
    expect(korean.server.answer({ kind: "compileModules", specifier: "./no.ts", folder: tmpdir() })).toMatchObject({
      error: expect.stringContaining("파일을 찾을 수 없습니다"),
    });
  });

  test("a name that a later cell imports is said to be so, in a function as a hint", () => {
    expect(
      notebook.problems([
        "layers.dense({ units: 1 });\nconst f = () => ({ layers });\nlet l: Layer | undefined",
        "",
        `${imports} import type { Layer } from "nnbook"; f; sequential`,
      ]),
    ).toEqual([
      'cell 0 warning "layers": "layers" is defined in a later cell: cell 3. Run that cell first.',
      'cell 0 hint "layers": "layers" is defined in a later cell: cell 3. Run that cell first.',
      'cell 0 hint "Layer": "Layer" is defined in a later cell: cell 3. Run that cell first.',
    ]);
    expect(notebook.problems(["const layers = 1; layers", imports, "layers; sequential"])).toEqual([]);
  });

  test("what is never used is faded inside of functions and in imports, not among the notebook's variables", () => {
    const faded = (cells: readonly string[]) =>
      notebook
        .diagnose(cells)
        .map(({ cellId, span, severity, tag }) => [
          cellId,
          cells[Number(cellId)]?.slice(span.start, span.start + span.length),
          severity,
          tag,
        ]);
    expect(faded(["const lies = 1; function about() {} class C {} const { d } = { d: 1 }; type T = 1"])).toEqual([]);
    expect(
      faded(["const f = (used: number, not: number) => { const never = 1; return used }; { let inner = 1 }"]),
    ).toEqual([
      ["0", "not", "hint", "unnecessary"],
      ["0", "never", "hint", "unnecessary"],
      ["0", "inner", "hint", "unnecessary"],
    ]);
    expect(faded([imports, "sequential([])"])).toEqual([["0", "layers", "hint", "unnecessary"]]);
    expect(faded([imports, `${imports} sequential([]); layers`])).toEqual([]);
    expect(faded(['import { layers } from "nnbook";'])).toEqual([
      ["0", 'import { layers } from "nnbook";', "hint", "unnecessary"],
    ]);
    expect(faded(["const a = 1; export { a as second }"])).toEqual([]);
  });

  test("deprecated names are hints", () => {
    const [found] = notebook.diagnose(["/** @deprecated use b */\nfunction a() {}", "a()"]);
    expect(found).toMatchObject({ cellId: "1", severity: "hint", tag: "deprecated" });
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
