// The place that a hover gives for a layer is the place the kernel gives the same layer when the cell runs.

import { afterAll, beforeAll, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { installCellRunner, removeCellRunner, runCells } from "../compile/cellRunner.testing.ts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));
const imports = 'import { layers, sequential } from "nnbook";';

/** Where the calls of `dense` and `dropout` were made, as told by stack traces: "cell:line:column". */
let placesAtRunTime: string[];

beforeAll(() => {
  installCellRunner();
  const makeLayer = (): void => {
    const error = new Error("where");
    void error.stack;
    const [place = ""] = "cellFrames" in error && Array.isArray(error.cellFrames) ? error.cellFrames : [];
    placesAtRunTime.push(String(place).replace(/^.* /, ""));
  };
  Object.assign(globalThis, {
    layers: { dense: () => makeLayer(), dropout: () => makeLayer() },
    dense: () => makeLayer(),
    sequential: () => null,
  });
});
afterAll(() => {
  for (const name of ["layers", "dense", "sequential"]) Reflect.deleteProperty(globalThis, name);
  removeCellRunner();
});

/** In each cell, the cursor is tried on every layer call that a `«` stands before. */
test.each([
  ["on one line", "const m = sequential([layers.«dense({ units: 1 }), layers.«dense({ units: 2 })]);"],
  [
    "on lines of its own",
    "const m: unknown = sequential([\n  layers.«dense({ units: 4 }),\n  layers.«dropout(0.5),\n\n  layers\n    .«dense({ units: 3 }),\n]);",
  ],
  ["nested in another call", "sequential([[layers.«dense({ units: 1 })].map((layer) => layer)[0]]);"],
  ["in an arrow function", "const block = (units: number) => layers.«dense({ units });\nblock(3);"],
  ["in a function called above it", "make();\nfunction make() {\n  return [layers.«dense({ units: 1 })];\n}"],
  [
    "in a method",
    "class Maker {\n  #units = 2;\n  make() { return layers.«dense({ units: this.#units }); }\n}\nnew Maker().make();",
  ],
  ["as the last expression", "type T = number;\n\nlayers.«dense({ units: 1 as T })"],
  ["after await", "await null;\nconst d = await layers.«dense({ units: 1 });"],
  ["by a name of its own", "const { dense } = layers;\n«dense({ units: 1 });"],
  ["with the name in quotes around it", 'const s = "layers.dense()"; layers.«dense({ units: 1, activation: "relu" });'],
  [
    "after types and comments",
    "interface A { a: number } /* layers.dense */ const x: A = { a: 1 }; layers.«dense({ units: x.a });",
  ],
  [
    "with spread and default arguments",
    "const f = (options = { units: 1 }, layer = layers.«dense({ ...options })) => layer;\nf();",
  ],
  [
    "in unusual spellings",
    "layers!.«dense({ units: 1 }); layers?.«dense({ units: 1 }); layers.«dense?.({ units: 1 });",
  ],
  ["by a name in brackets", 'const a = layers[«"dense"]({ units: 1 }); (layers.«dense)({ units: 2 });'],
  ["by a name that may be missing", "const { dense: made } = layers; «made?.({ units: 1 });"],
])("a layer made %s", async (_, marked) => {
  placesAtRunTime = [];
  const source = marked.replaceAll("«", "");
  const hovered = [...marked.matchAll(/«/g)].map(({ index }, count) => {
    const offset = index - count;
    const hover = notebook.hover([imports, `${source.slice(0, offset + 2)}|${source.slice(offset + 2)}`]);
    const { line, column } = hover?.layerCall ?? {};
    return `1:${line}:${column}`;
  });
  await runCells([source]);
  expect(hovered).toEqual(placesAtRunTime);
});

test("the place is that of the called name, wherever in it the cursor is", () => {
  for (const cell of ["|layers.dense({ units: 1 })", "layers.|dense({ units: 1 })", "layers.dense|({ units: 1 })"]) {
    expect(notebook.hover([imports, cell])?.layerCall).toEqual({ cellId: "1", line: 1, column: 8 });
  }
});

test("other calls, arguments, and values that are anything have no layer", () => {
  for (const cell of ["sequ|ential([])", "layers.dense({ un|its: 1 })", "const a: any = 1; a.den|se()"]) {
    expect(notebook.hover([imports, cell])?.layerCall).toBeNull();
  }
});
