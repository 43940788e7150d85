// The language service over nnbook's real types, as `npm run build` collects them.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { collectNnbookTypes, collectTypescriptLibs } from "../../scripts/languageFiles.mts";
import { parseNotebook } from "../notebook/parseNotebook.ts";
import { TestNotebook, testServer } from "./notebooks.testing.ts";

const root = path.join(import.meta.dirname, "..", "..");
const imports = 'import { datasets, display, layers, sequential, show } from "nnbook";';
let notebook: TestNotebook;

beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b", "src/kernel"], {
    cwd: root,
  });
  const types = collectNnbookTypes(path.join(root, "build/types"));
  notebook = new TestNotebook(testServer(collectTypescriptLibs(), types));
}, 120_000);

const modelCell = `const model = sequential([
  layers.dense(8, { activation: "sigmoid" }),
  layers.dropout(0.2),
  layers.dense({ units: 3, activation: "softmax" }),
]);`;

describe("completion", () => {
  test("layers, models and data sets offer what they have", () => {
    expect(notebook.names([imports, "layers.|"])).toEqual(expect.arrayContaining(["dense", "dropout", "activation"]));
    expect(notebook.names([imports, modelCell, "model.|"])).toEqual(
      expect.arrayContaining(["compile", "fit", "evaluate", "predict", "summary"]),
    );
    expect(notebook.names([imports, "datasets.|"])).toEqual(expect.arrayContaining(["iris", "moons"]));
    expect(notebook.names([imports, "show.|"])).toEqual(
      expect.arrayContaining(["gradients", "training", "activation"]),
    );
  });

  test.each([
    ['layers.dense(3, { activation: "|" })', "sigmoid"],
    ['layers.dense({ units: 3, activation: "|" })', "leakyRelu"],
    ['layers.dense(3, { kernelInitializer: "|" })', "heNormal"],
    ['layers.activation("|")', "tanh"],
    ['sequential([]).compile({ loss: "|" })', "mse"],
    ['sequential([]).compile({ optimizer: "|" })', "adam"],
  ])("%s offers %s", (cell, name) => {
    expect(notebook.names([imports, cell])).toContain(name);
  });

  test("a suggestion is documented", () => {
    expect(notebook.resolve([imports, "layers.|"], "dense")?.documentation).toContain("Fully connected layer");
  });
});

test("signature help shows the options of a layer", () => {
  const help = notebook.signature([imports, "layers.dense(3, |"]);
  expect(help?.activeParameter).toBe(1);
  expect(help?.signatures[0]?.documentation).toContain("Fully connected layer");
  expect(help?.signatures.map(({ label }) => label)).toContainEqual(
    expect.stringMatching(/^dense\(units: number, options\?: DenseOptions\)/),
  );
});

test("hover documents a layer and knows its call", () => {
  const hover = notebook.hover([imports, modelCell.replace("layers.dense({", "layers.den|se({")]);
  expect(hover?.signature).toContain("Dense");
  expect(hover?.documentation).toMatch(/Fully connected layer[\s\S]*\*@example\*\n```typescript\nlayers\.dense/);
  expect(hover?.layerCall).toEqual({ cellId: "1", line: 4, column: 10 });
  expect(notebook.hover([imports, modelCell.replace("sequential", "sequ|ential")])?.layerCall).toBeNull();
});

test("right cells have no problems, wrong ones have theirs", () => {
  expect(notebook.problems([imports, modelCell, "model.summary()", "display(model.layers)"])).toEqual([]);
  expect(notebook.problems([imports, "layers.dense(true)"])).toEqual([
    expect.stringMatching(/^cell 1 error "true": No overload matches this call\./),
  ]);
});

const samplesFolder = path.join(root, "media/samples");

test.each(readdirSync(samplesFolder).filter((name) => name.endsWith(".nnbook")))(
  "the sample %s has no problems",
  (name) => {
    const parsed = parseNotebook(readFileSync(path.join(samplesFolder, name), "utf8"));
    if (parsed.kind !== "parsed") throw new Error(`${name} cannot be read`);
    const code = parsed.notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source.join("\n"));
    expect(code.length).toBeGreaterThan(0);
    expect(notebook.problems(code)).toEqual([]);
  },
);
