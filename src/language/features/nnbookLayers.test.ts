// Every family of layers in cells, over nnbook's real types: what completion and hovers say of it, and that right code has no problems.

import { execFileSync } from "node:child_process";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { collectNnbookTypes, collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");
const imports =
  'import { callbacks, constraints, initializers, input, layers, model, optimizers, parameter, regularizers, schedules, sequential, show, tensor } from "nnbook";';
let notebook: TestNotebook;

beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b", "src/kernel"], {
    cwd: root,
  });
  notebook = new TestNotebook(testServer(collectTypescriptLibs(), collectNnbookTypes(path.join(root, "build/types"))));
}, 120_000);

const cells = {
  convolution: `const images = sequential([
  layers.conv2d(16, 3, { padding: "same", activation: "relu", kernelRegularizer: "l2" }),
  layers.maxPooling2d(2),
  layers.conv2d({ filters: 8, kernelSize: [3, 1], strides: [2, 1] }),
  layers.depthwiseConv2d(3), layers.separableConv2d(8, 3), layers.conv2dTranspose(4, 2, { strides: 2 }),
  layers.batchNorm(), layers.globalAveragePooling2d(), layers.dense(10, { activation: "softmax" }),
]);
sequential([layers.conv1d(8, 5), layers.averagePooling1d(2), layers.globalMaxPooling1d()]);`,
  sequences: `const words = sequential([
  layers.embedding(1000, 16),
  layers.bidirectional(layers.lstm(8, { returnSequences: true, recurrentRegularizer: regularizers.l2(0.01) })),
  layers.layerNorm(), layers.gru({ units: 8 }), layers.dropout(0.5), layers.dense(2),
]);
words.compile({ loss: "mse", optimizer: optimizers.adam({ learningRate: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 100 }) }) });`,
  graph: `const image = input({ shape: [8, 8, 3], name: "image" });
const one = layers.conv2d(4, 3, { padding: "same" }).apply(image);
const two = layers.residual([layers.conv2d(4, 3, { padding: "same" }), layers.activation("relu")]).apply(one);
const joined = layers.concat().apply([layers.flatten().apply(one), layers.flatten().apply(layers.add().apply([one, two]))]);
const net = model({ inputs: image, outputs: layers.dense(1).apply(joined) });
const prediction = net.predict(tensor([[1]])).mean();
const both = model({ inputs: [image], outputs: { near: one, far: two } });
both.predict(tensor([[1]])).far.mean();`,
  attention: `const tokens = input([12, 16]);
const attended = layers.multiHeadAttention({ numHeads: 2, keyDim: 8, causal: true }).apply(tokens);
const encoder = model({ inputs: tokens, outputs: layers.rmsNorm().apply(layers.add().apply([tokens, attended])) });
encoder.layers.length;`,
  rules: `layers.dense(4, {
  kernelInitializer: initializers.heNormal(), kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
  kernelConstraint: constraints.maxNorm(2), biasConstraint: "nonNeg", activityRegularizer: "l1",
});
const scale = parameter("scale", 1);
const run = await sequential([layers.dense(1)]).fit(tensor([[1]]), tensor([[2]]), { epochs: 1, callbacks: [callbacks.earlyStopping()] });
show.gradients(run)`,
};

test.each(Object.entries(cells))("right code of the family %s has no problems", (_, cell) => {
  expect(notebook.problems([imports, cell])).toEqual([]);
});

test("a custom layer is typed from its weights to its output", () => {
  const cell = `const scaled = layers.custom({
  weights: { scale: { shape: (inputShape) => [inputShape.at(-1) ?? 1], initializer: "ones" } },
  forward: (x, { scale }, { training }) => (training ? x : x.mul(scale)),
});
sequential([scaled, layers.dense(1)]).summary();`;
  expect(notebook.problems([imports, cell])).toEqual([]);
});

test("every layer is suggested with its documentation and shows how it is called", () => {
  const names = notebook.names([imports, "layers.|"]);
  expect(names.length).toBeGreaterThan(35);
  for (const name of names) {
    const documentation = notebook.resolve([imports, "layers.|"], name)?.documentation ?? "";
    expect(documentation, name).toMatch(/\S[\s\S]{20}/);
    const help = notebook.signature([imports, `layers.${name}(|`]);
    expect(help?.signatures[0]?.label, name).toMatch(new RegExp(`^${name}[(<]`));
    expect(help?.signatures[0]?.documentation, name).toBeTruthy();
  }
});

describe("options are suggested", () => {
  test.each([
    ["layers.conv2d(16, 3, { | })", ["padding", "strides", "dilationRate", "activation", "kernelRegularizer"]],
    ["layers.conv2d({ | })", ["filters", "kernelSize", "padding"]],
    ['layers.conv2d(16, 3, { padding: "|" })', ["same", "valid"]],
    ["layers.lstm(8, { | })", ["returnSequences", "recurrentRegularizer", "recurrentActivation"]],
    ["layers.multiHeadAttention({ | })", ["numHeads", "keyDim", "causal"]],
    ["layers.batchNorm({ | })", ["momentum", "epsilon"]],
    ["input({ | })", ["shape", "name"]],
    ["model({ | })", ["inputs", "outputs", "name"]],
    ["layers.custom({ | })", ["forward", "weights"]],
    ["regularizers.|", ["l1", "l2", "l1l2"]],
    ["constraints.|", ["maxNorm", "nonNeg", "unitNorm"]],
    ['layers.lstm(8, { recurrentConstraint: "|" })', ["maxNorm", "nonNeg"]],
  ])("%s", (cell, options) => {
    expect(notebook.names([imports, cell])).toEqual(expect.arrayContaining(options));
  });
});

test("a hover over a layer in a graph is about that call", () => {
  const hover = notebook.hover([imports, cells.graph.replace("layers.concat", "layers.con|cat")]);
  expect(hover?.layerCall).toEqual({ cellId: "1", line: 4, column: 23 });
  expect(hover?.documentation).toBeTruthy();
  expect(notebook.hover([imports, cells.graph.replace("const joined", "const joi|ned")])?.signature).toContain(
    "SymbolicTensor",
  );
});

describe("wrong code has messages about what is wrong", () => {
  test.each([
    ['layers.conv2d(16, 3, { padding: "sane" })', 'cell 1 error "padding"'],
    ["layers.conv2d(16, 3, { stride: 2 })", "Did you mean to write 'strides'?"],
    ["layers.lstm(8, { returnSequence: true })", "Did you mean to write 'returnSequences'?"],
    ["layers.conv2(16, 3)", "Did you mean 'conv2d'?"],
    ["model({ input: input({ shape: [2] }) })", "'input' does not exist"],
  ])("%s", (cell, message) => {
    expect(notebook.problems([imports, cell])).toEqual([expect.stringContaining(message)]);
  });
});
