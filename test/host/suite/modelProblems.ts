// What is wrong with models, marked in the code: before a run what cannot work or learns badly, after a run what its diagnosis found.
// Each mark's fixes are applied, and one undo takes each back. Where code leaves open what a model is, no editor is asked: test/modelProblems.test.ts,
// modelsNotCompiled.test.ts, modelsInFunctions.test.ts.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { applyFix, codesOf, fixesAt, problemOf, problemsOf, textsOf, undoTo } from "./marks.ts";
import { closeAll, openCells, runSucceeding, waitFor } from "./notebooks.ts";

const imports = 'import { datasets, initializers, layers, optimizers, sequential } from "nnbook";';
const sigmoid = '  layers.dense(16, { activation: "sigmoid" }),';
const softmax = (units: number) => `layers.dense(${units}, { activation: "softmax" })`;
const deep = `const deep = sequential([\n${Array(6).fill(sigmoid).join("\n")}\n  ${softmax(3)},\n]);`;
const compiled = (name: string, loss: string) => `${name}.compile({ loss: "${loss}" });`;
const fitted = (name: string, data: string) => `await ${name}.fit(${data}, { epochs: 1 });`;

interface Check {
  readonly name: string;
  readonly code: string;
  readonly cells: readonly string[];
  /** The cell with the mark. */
  readonly cell: number;
  readonly severity: vscode.DiagnosticSeverity;
  readonly says: RegExp;
  /** Each with what it makes of all cells. */
  readonly fixes: readonly { readonly title: string; readonly gives: RegExp }[];
}

const { Error: error, Warning: warning, Information: information } = vscode.DiagnosticSeverity;
const iris = "const data = datasets.iris().standardize();";

const checks: readonly Check[] = [
  {
    name: "shapes that cannot fit",
    code: "layer-input",
    cells: [
      "const data = datasets.digits().standardize();",
      `const model = sequential([\n  layers.conv2d(4, 3),\n  layers.flatten(),\n  ${softmax(10)},\n]);`,
      `${compiled("model", "categoricalCrossentropy")}\n${fitted("model", "data")}`,
    ],
    cell: 2,
    severity: error,
    says: /expected input \[batch, height, width, channels\], got \[batch, 64\]/,
    fixes: [
      {
        title: "Add layers.reshape([8, 8, 1]) before it",
        gives: /\[\n {2}layers\.reshape\(\[8, 8, 1\]\),\n {2}layers\.conv2d/,
      },
    ],
  },
  {
    name: "a loss that does not go with the activation",
    code: "output-loss",
    cells: [
      "const data = datasets.moons({ seed: 1 });",
      'const model = sequential([layers.dense(8, { activation: "relu" }), layers.dense(1)]);',
      `${compiled("model", "binaryCrossentropy")}\n${fitted("model", "data")}`,
    ],
    cell: 2,
    severity: warning,
    says: /probabilit/,
    fixes: [{ title: 'Use activation: "sigmoid"', gives: /layers\.dense\(1, { activation: "sigmoid" }\)/ }],
  },
  {
    name: "targets that do not go with the last layer",
    code: "targets",
    cells: [
      iris,
      `const model = sequential([${softmax(4)}]);`,
      `${compiled("model", "categoricalCrossentropy")}\n${fitted("model", "data")}`,
    ],
    cell: 2,
    severity: error,
    says: /gives \[4\] for each example, but the targets of iris are \[3\]/,
    fixes: [{ title: "Set units: 3", gives: /layers\.dense\(3, {/ }],
  },
  {
    name: "targets that do not go with the loss",
    code: "targets",
    cells: [
      "const data = datasets.iris().standardize().sparse();",
      `const model = sequential([${softmax(3)}]);`,
      `${compiled("model", "categoricalCrossentropy")}\n${fitted("model", "data")}`,
    ],
    cell: 2,
    severity: error,
    says: /gives \[3\] for each example, but the targets of iris are single numbers/,
    fixes: [{ title: 'Use loss: "sparseCategoricalCrossentropy"', gives: /loss: "sparseCategoricalCrossentropy"/ }],
  },
  {
    name: "a softmax of one unit, whose fix changes two cells",
    code: "output-loss",
    cells: [
      "const data = datasets.moons({ seed: 1 });",
      `const model = sequential([${softmax(1)}]);`,
      `${compiled("model", "mse")}\n${fitted("model", "data")}`,
    ],
    cell: 2,
    severity: warning,
    says: /softmax over one unit is always 1/,
    fixes: [
      {
        title: 'Use activation: "sigmoid" with loss: "binaryCrossentropy"',
        gives: /activation: "sigmoid"[\s\S]*loss: "binaryCrossentropy"/,
      },
    ],
  },
  {
    name: "sigmoids in a deep stack",
    code: "deep-sigmoid",
    cells: [deep],
    cell: 1,
    severity: warning,
    says: /^6 layers with sigmoid/,
    fixes: [
      {
        title: 'Use "relu" with "heNormal" in these layers',
        gives: /(layers\.dense\(16, { activation: "relu", kernelInitializer: "heNormal" }\),\s+){6}/,
      },
      {
        title: "Add layers.batchNorm() behind these layers",
        gives: /(layers\.dense\(16, { activation: "sigmoid" }\),\n {2}layers\.batchNorm\(\),\s+){6}/,
      },
    ],
  },
  {
    name: "data that nothing scaled",
    code: "unscaled-data",
    cells: [
      "const data = datasets.wine().split({ validation: 0.2 });",
      `const model = sequential([${softmax(3)}]);`,
      `${compiled("model", "categoricalCrossentropy")}\n${fitted("model", "data")}`,
    ],
    cell: 1,
    severity: information,
    says: /differ much in size/,
    fixes: [{ title: "Standardize the data", gives: /datasets\.wine\(\)\.standardize\(\)\.split/ }],
  },
  {
    name: "a model that nothing compiled",
    code: "not-compiled",
    cells: [iris, `const model = sequential([${softmax(3)}]);`, fitted("model", "data")],
    cell: 3,
    severity: error,
    says: /^fit needs a compiled model/,
    fixes: [
      {
        title: 'Compile with loss: "categoricalCrossentropy"',
        gives:
          /model\.compile\({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: \["acc"\] }\);\nawait model\.fit/,
      },
    ],
  },
];

export function describeModelProblems(): void {
  describe("problems of models", () => {
    afterEach(closeAll);

    for (const [index, { name, code, cells, cell, severity, says, fixes }] of checks.entries()) {
      it(`before a run: ${name}; its fix mends it, and one undo takes the fix back`, async () => {
        const document = await openCells(`${code}-${index}.nnbook`, [imports, ...cells]);
        const before = textsOf(document);
        for (const { title, gives } of fixes) {
          const problem = await problemOf(document, cell, code);
          assert.equal(problem.severity, severity);
          assert.equal(problem.source, "nnbook");
          assert.match(problem.message, says);
          const page = typeof problem.code === "object" ? problem.code.target : undefined;
          assert.match(page?.toString() ?? "", /docs\/problems\.md#L\d+$/);
          await applyFix(document, cell, problem.range, title);
          assert.match(textsOf(document).join("\n"), gives);
          await waitFor("no problem", () => !codesOf(document, cell).includes(code));
          const changed = textsOf(document).findIndex((text, index) => text !== before[index]);
          await undoTo(before, document, changed);
        }
        await problemOf(document, cell, code);
      });
    }

    it("before a run: options that a layer refuses, which only the reader can mend", async () => {
      const document = await openCells("options.nnbook", [imports, "sequential([layers.dense(0)]);"]);
      const problem = await problemOf(document, 1, "layer-options");
      assert.equal(problem.severity, error);
      assert.match(problem.message, /expected units/);
      const titles = (await fixesAt(document, 1, problem.range)).map(({ title }) => title);
      assert.deepEqual(
        titles.filter((title) => /layers\.|Set |Use /.test(title)),
        [],
      );
    });

    it("after a run: what its diagnosis found stands at its layer instead, with the same remedies, until the code changes", async () => {
      const document = await openCells("found.nnbook", [
        `${imports}\n${iris}`,
        `${deep}\ndeep.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });`,
        "const run = await deep.fit(data, { epochs: 3, seed: 1 });",
      ]);
      await problemOf(document, 1, "deep-sigmoid");
      const before = textsOf(document);
      for (const cell of [0, 1, 2]) await runSucceeding(document, cell);
      for (const [title, gives] of [
        ["Use ReLU + He", /(layers\.dense\(16, { activation: "relu", kernelInitializer: "heNormal" }\),\s+){6}/],
        ["Add batchNorm", /(layers\.dense\(16, { activation: "sigmoid" }\),\n {2}layers\.batchNorm\(\),\s+){6}/],
      ] as const) {
        const found = await problemOf(document, 1, "vanishing");
        assert.deepEqual(codesOf(document, 1), ["vanishing"]);
        assert.match(document.cellAt(1).document.lineAt(found.range.start.line).text, /layers\.dense/);
        const page = typeof found.code === "object" ? found.code.target : undefined;
        assert.match(page?.toString() ?? "", /docs\/problems\.md#L\d+$/);
        await applyFix(document, 1, found.range, title);
        assert.match(textsOf(document)[1] ?? "", gives);
        await waitFor("the mark to go", () => problemsOf(document, 1).length === 0);
        await undoTo(before, document, 1);
      }
      await problemOf(document, 1, "vanishing");
    });

    it("after a run: gradients that explode are clipped by a fix, in the optimizer of another cell", async () => {
      const wide = "  layers.dense(32, { kernelInitializer: initializers.randomNormal({ standardDeviation: 0.6 }) }),";
      const document = await openCells("exploding.nnbook", [
        `${imports}\n${iris}`,
        `const wide = sequential([\n${Array(8).fill(wide).join("\n")}\n  layers.dense(3),\n]);`,
        'wide.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e-12 }) });',
        "const run = await wide.fit(data, { epochs: 2, seed: 1 });",
      ]);
      const before = textsOf(document);
      for (const cell of [0, 1, 2, 3]) await runSucceeding(document, cell);
      const found = await problemOf(document, 1, "exploding");
      assert.match(document.cellAt(1).document.lineAt(found.range.start.line).text, /layers\.dense/);
      await applyFix(document, 1, found.range, "Clip the gradients");
      assert.match(textsOf(document)[2] ?? "", /optimizers\.sgd\({ learningRate: 1e-12, clipNorm: 1 }\)/);
      await waitFor("the mark to go", () => !codesOf(document, 1).includes("exploding"));
      await undoTo(before, document, 2);
      await problemOf(document, 1, "exploding");
    });
  });
}
