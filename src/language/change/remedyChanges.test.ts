// Where a remedy's change goes in the cells, and when it goes nowhere.

import { describe, expect, test } from "vitest";
import type { RemedyEdit } from "../../shared/views.ts";
import { findRemedyChanges } from "./remedyChanges.ts";

const imports = 'import { layers, sequential } from "nnbook";';
const compiled = 'model.compile({ loss: "mse", optimizer: "sgd" });';
const fit = "const run = await model.fit(data, { epochs: 5 });";

const relu: RemedyEdit[] = [onLayers("activation", '"sigmoid"', '"relu"', "dense_1")];

function onLayers(option: string, was: string | null, value: string, ...layers: string[]): RemedyEdit {
  return { kind: "setOption", call: "layer", layers, option, was, value };
}

function on(call: "optimizer" | "compile" | "fit", option: string, was: string | null, value: string): RemedyEdit {
  return { kind: "setOption", call, layers: [], option, was, value };
}

/** The cells after the change; dense_1, dense_2 … are the calls of `dense` in order, the last cell holds the `fit`. */
function applied(texts: readonly string[], edits: readonly RemedyEdit[], more: readonly string[] = []) {
  const cells = texts.map((text, index) => ({ id: String(index), text }));
  const found = cells.flatMap(({ id, text }) =>
    [...text.matchAll(/(?<=layers\.)(dense|conv2d)\(/g)].map(({ index: offset }) => ({ cellId: id, offset })),
  );
  const layers = found.map((place, index) => ({ ...place, name: `dense_${index + 1}` }));
  const others = more.map((name) => ({ ...layers[0], name })) as typeof layers;
  const changes = findRemedyChanges({
    cells,
    fitCellId: String(texts.length - 1),
    layers: [...layers, ...others],
    edits,
  });
  return (
    changes &&
    cells.map(({ id, text }) => {
      const own = changes.filter(({ cellId }) => cellId === id).reverse();
      return own
        .sort((a, b) => b.span.start - a.span.start)
        .reduce(
          (now, { span, text: code }) => now.slice(0, span.start) + code + now.slice(span.start + span.length),
          text,
        );
    })
  );
}

/** The one cell with layers, changed. */
const changed = (model: string, edits: readonly RemedyEdit[]) => applied([imports, model, fit], edits)?.[1] ?? null;

describe("an option of a layer", () => {
  test.each<[string, string, string, RemedyEdit[]]>([
    ["is replaced", 'layers.dense(4, { activation: "sigmoid" })', 'layers.dense(4, { activation: "relu" })', relu],
    [
      "however it is quoted",
      "layers.dense(4, { activation: 'sigmoid' })",
      'layers.dense(4, { activation: "relu" })',
      relu,
    ],
    [
      "stands among the options of size and all",
      'layers.dense({ units: 4, activation: "sigmoid" })',
      'layers.dense({ units: 4, activation: "relu" })',
      relu,
    ],
    [
      "is added, on a line of its own where each has one",
      'layers.dense(4, {\n  activation: "sigmoid",\n})',
      'layers.dense(4, {\n  activation: "relu",\n  kernelInitializer: "heNormal",\n})',
      [...relu, onLayers("kernelInitializer", null, '"heNormal"', "dense_1")],
    ],
    [
      "is added to a call without options, with the others",
      "layers.dense(4)",
      'layers.dense(4, { activation: "tanh", kernelInitializer: "heNormal" })',
      [onLayers("activation", null, '"tanh"', "dense_1"), onLayers("kernelInitializer", null, '"heNormal"', "dense_1")],
    ],
    [
      "is added to empty options",
      "layers.dense(4, {})",
      "layers.dense(4, { trainable: true })",
      [onLayers("trainable", null, "true", "dense_1")],
    ],
  ])("%s", (_, before, after, edits) => {
    expect(changed(`const model = sequential([${before}]);`, edits)).toBe(`const model = sequential([${after}]);`);
  });

  test.each<[string, string]>([
    ["is a variable", "layers.dense(4, { activation })"],
    ["is computed", "layers.dense(4, { activation: f() })"],
    ["is another by now", 'layers.dense(4, { activation: "tanh" })'],
    ["may be spread in", 'layers.dense(4, { activation: "sigmoid", ...common })'],
    ["stands in a variable", "layers.dense(4, options)"],
    ["has no certain place", "layers.conv2d(4)"],
  ])("stays when it %s", (_, code) => {
    expect(changed(`const model = sequential([${code}]);`, relu)).toBeNull();
  });

  test("stays when its call made other layers, too", () => {
    const loop = 'const hidden = sizes.map((n) => layers.dense(n, { activation: "sigmoid" }));';
    expect(applied([imports, loop, fit], relu, ["dense_2"])).toBeNull();
    const both = [onLayers("activation", '"sigmoid"', '"relu"', "dense_1", "dense_2")];
    expect(applied([imports, loop, fit], both, ["dense_2"])?.[1]).toBe(loop.replace("sigmoid", "relu"));
  });

  test("stays, all of it, when one of several has no place", () => {
    expect(
      changed('const model = sequential([layers.dense(4, { activation: "sigmoid" })]);', [
        ...relu,
        { kind: "callOnData", code: "standardize()" },
      ]),
    ).toBeNull();
  });
});

describe("a layer", () => {
  const dropout: RemedyEdit = { kind: "insertAfter", layers: ["dense_1"], code: "layers.dropout(0.3)" };

  test("is added behind another in a list", () => {
    expect(changed("const model = sequential([layers.dense(4), layers.dense(1)]);", [dropout])).toBe(
      "const model = sequential([layers.dense(4), layers.dropout(0.3), layers.dense(1)]);",
    );
    expect(changed("const model = sequential([\n  layers.dense(4),\n  layers.dense(1),\n]);", [dropout])).toBe(
      "const model = sequential([\n  layers.dense(4),\n  layers.dropout(0.3),\n  layers.dense(1),\n]);",
    );
  });

  test("is not added in a graph, or in a loop", () => {
    expect(changed("const y = layers.dense(4).apply(x);", [dropout])).toBeNull();
    expect(changed("const all = sizes.map((n) => layers.dense(n));", [dropout])).toBeNull();
  });
});

describe("a training", () => {
  test("gets an option of fit, and the import that it needs", () => {
    const stop = on("fit", "callbacks", null, "[callbacks.earlyStopping({ patience: 5 })]");
    expect(applied([imports, fit], [stop])?.[1]).toBe(
      'import { callbacks } from "nnbook";\nconst run = await model.fit(data, { epochs: 5, callbacks: [callbacks.earlyStopping({ patience: 5 })] });',
    );
    const imported = 'import { callbacks } from "nnbook";';
    expect(applied([imported, fit], [stop])?.[1]).toMatch(/^const run/);
    expect(applied(["const callbacks = 1;", fit], [stop])).toBeNull();
  });

  test("gets another rate: its optimizer's option, or its name with one", () => {
    const rate = on("optimizer", "learningRate", "0.1", "0.01");
    const named = "model.compile({ loss, optimizer: optimizers.sgd({ learningRate: 1e-1 }) });";
    expect(applied([imports, named, fit], [rate])?.[1]).toBe(named.replace("1e-1", "0.01"));
    expect(applied([imports, compiled, fit], [rate])?.[1]).toBe(
      'import { optimizers } from "nnbook";\nmodel.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.01 }) });',
    );
  });

  test("gets another loss, but not where two compile, or the model is another", () => {
    const loss = on("compile", "loss", '"mse"', '"mae"');
    expect(applied([compiled, fit], [loss])?.[0]).toBe(compiled.replace("mse", "mae"));
    expect(applied([compiled, compiled, fit], [loss])).toBeNull();
    expect(applied([compiled.replace("model", "other"), fit], [loss])).toBeNull();
    expect(applied([compiled, `${fit}\n${fit}`], [loss])).toBeNull();
  });

  test("gets nothing but values and calls of nnbook: a file may say anything", () => {
    for (const code of ["steal()", "process.exit()", "(() => 1)()", '"relu"; steal()', "layers[x]()"])
      expect(applied([compiled, fit], [on("fit", "classWeight", null, code)])).toBeNull();
  });
});
