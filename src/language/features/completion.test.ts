// What is offered while typing in the cells of a notebook, and what taking it changes.

import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));
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
    expect(entry).toMatchObject({ importFrom: "nnbook", kind: "function", insertText: null, commit: [] });
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
