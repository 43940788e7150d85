// The language service over nnbook's real types, as `npm run build` collects them.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { collectNnbookTypes, collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { parseNotebook } from "../../notebook/parseNotebook.ts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";
import { unlistedNames } from "./knownNames.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");
const imports = 'import { datasets, display, layers, sequential, show } from "nnbook";';
let notebook: TestNotebook;
let types: Readonly<Record<string, string>>;

beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b", "src/kernel"], {
    cwd: root,
  });
  types = collectNnbookTypes(path.join(root, "build/types"));
  notebook = new TestNotebook(testServer(collectTypescriptLibs(), types));
}, 120_000);

const modelCell = `const model = sequential([
  layers.dense(8, { activation: "sigmoid" }),
  layers.dropout(0.2),
  layers.dense({ units: 3, activation: "softmax" }),
]);`;

test("only what a cell can reach is there: reading it delays the first completion", () => {
  const text = Object.values(types).join("");
  expect(text).toContain("export declare class Tensor ");
  expect(text).not.toContain("interface Backend ");
  expect(text).not.toContain("@internal");
  expect(Buffer.byteLength(text)).toBeLessThan(420_000);
});

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
    ['sequential([]).compile({ optimizer: "|" })', "rAdam"],
    ['sequential([]).compile({ optimizer: "|" })', "amsgrad"],
  ])("%s offers %s", (cell, name) => {
    expect(notebook.names([imports, cell])).toContain(name);
  });

  test.each([
    ['layers.dense(3, { activation: "|" })', ["relu", "sigmoid", "tanh"]],
    ['layers.dense(3, { kernelInitializer: "|" })', ["heNormal", "glorotUniform"]],
    ['layers.dense(3, { kernelRegularizer: "|" })', ["l2", "l1"]],
    ['layers.dense(3, { kernelConstraint: "|" })', ["maxNorm", "nonNeg"]],
    ['sequential([]).compile({ loss: "|" })', ["mse", "binaryCrossentropy"]],
    ['sequential([]).compile({ optimizer: "|" })', ["adam", "sgd"]],
    ["sequential([]).compile({ optimizer: | })", ['"adam"', '"sgd"']],
    ['sequential([]).compile({ metrics: ["acc", "|"] })', ["acc", "accuracy"]],
  ])("%s offers what is used most before all others", (cell, first) => {
    const entries = notebook.complete([imports, cell])?.entries ?? [];
    const names = entries.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ name }) => name);
    expect(names.slice(0, first.length)).toEqual(first);
    expect(names.length).toBeGreaterThan(first.length);
  });

  test("an option that takes a name or an object offers the object's own parts, not those of a text", () => {
    const names = notebook.names([imports, "layers.dense(3, { kernelRegularizer: { | } })"]);
    expect(names).toEqual(expect.arrayContaining(["l1", "l2"]));
    expect(names).not.toContain("charAt");
  });

  test("what would be imported are values where a value stands, and types where a type does", () => {
    const offered = (cell: string) =>
      (notebook.complete([cell])?.entries ?? [])
        .filter(({ importFrom }) => importFrom !== null)
        .map(({ name }) => name);
    const values = offered("const model = |");
    expect(values).toEqual(expect.arrayContaining(["sequential", "Adam"]));
    expect(values).not.toContain("AdamOptions");
    const types = offered("let options: |");
    expect(types).toEqual(expect.arrayContaining(["Adam", "AdamOptions"]));
    expect(types).not.toContain("sequential");
  });

  test("a suggestion is documented", () => {
    expect(notebook.resolve([imports, "layers.|"], "dense")?.documentation).toContain("Fully connected layer");
  });

  test.each([
    ...["activations", "callbacks", "constraints", "datasets", "initializers", "layers"],
    ...["losses", "metrics", "optimizers", "regularizers", "schedules", "show"],
  ])("everything that %s has is documented", (namespace) => {
    const cells = [`import { ${namespace} } from "nnbook";`, `${namespace}.|`];
    const names = notebook.names(cells);
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !notebook.resolve(cells, name)?.documentation)).toEqual([]);
  });
});

test.each([
  ["layers.den|se(3)", "dense"],
  ["layers.ls|tm(3)", "lstm"],
  ["sequen|tial([])", "sequential"],
  ["datasets.ir|is()", "iris"],
])("the definition of %s is one place, where its words are", (cell, name) => {
  const places = notebook.definition([imports, cell]);
  expect(places).toHaveLength(1);
  const [place] = places;
  if (place?.kind !== "types") throw new Error("It leads elsewhere.");
  const text = notebook.server.answer({ kind: "readTypes", notebookId: "notebook", path: place.path }) ?? "";
  const line = text.split("\n")[place.line - 1] ?? "";
  expect(line.slice(place.column - 1, place.column - 1 + place.length)).toBe(name);
  expect(text.split("\n")[place.line - 2]?.trim()).toBe("*/");
});

test("signature help shows the options of a layer", () => {
  const help = notebook.signature([imports, "layers.dense(3, |"]);
  expect(help?.activeParameter).toBe(1);
  expect(help?.signatures[0]?.documentation).toContain("Fully connected layer");
  expect(help?.signatures.map(({ label }) => label)).toContainEqual(
    expect.stringMatching(/^dense\(units: number \| DenseOptionsWithUnits, options\?: DenseOptions\)/),
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
    `cell 1 error "true": Argument of type 'boolean' is not assignable to parameter of type 'number | DenseOptionsWithUnits'.`,
  ]);
});

describe("names written as text", () => {
  test.each([
    [
      'layers.dense(3, { activation: "sigmoyd" })',
      'There is no activation function "sigmoyd". Did you mean "sigmoid"?',
    ],
    ['layers.dense({ units: 3, activation: true ? "reluu" : "relu" })', 'There is no activation function "reluu". Did'],
    [
      'layers.dense(3, { kernelInitializer: "heNorml" })',
      'There is no initializer "heNorml". Did you mean "heNormal"?',
    ],
    ['layers.dense(3, { kernelRegularizer: "l3" })', 'There is no regularizer "l3". Did you mean "l1"?'],
    [
      'layers.gru(3, { recurrentConstraint: "maxnorms" })',
      'There is no constraint "maxnorms". Did you mean "maxNorm"?',
    ],
    ['sequential([]).compile({ loss: "msee" })', 'There is no loss "msee". Did you mean "mse"?'],
    [
      'sequential([]).compile({ loss: "mse", optimizer: "adamm" })',
      'There is no optimizer "adamm". Did you mean "adam"?',
    ],
    [
      'sequential([]).compile({ loss: "mse", metrics: ["acuracy"] })',
      'There is no metric "acuracy". Did you mean "accuracy"?',
    ],
    ['show.activation(["relu", "sigmoyd"])', 'There is no activation function "sigmoyd". Did you mean "sigmoid"?'],
    ['layers.activation("wobble")', 'There is no activation function "wobble". Known: linear, step, sigmoid,'],
  ])("%s is warned about", (cell, message) => {
    const problems = notebook.problems(['import { layers, sequential, show } from "nnbook";', cell]);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems[0]).toMatch(/^cell 1 warning/);
  });

  test("every spelling that the engine takes passes with a hint, and text of the user's own types without", () => {
    const hints = notebook.problems([
      imports,
      'layers.dense(3, { activation: "leaky_relu" }); layers.activation("Leaky ReLU"); layers.dense(3, { kernelRegularizer: "ridge", biasConstraint: "non_neg" });',
      `const m = sequential([]); m.compile({ loss: "categorical_crossentropy", optimizer: 'Adam', metrics: ["MSE"] }); m.compile({ loss: "crossentropy", optimizer: "nag" });`,
    ]);
    expect(hints).toEqual([
      'cell 1 hint "\\"leaky_relu\\"": nnbook calls this "leakyRelu".',
      'cell 1 hint "\\"Leaky ReLU\\"": nnbook calls this "leakyRelu".',
      'cell 1 hint "\\"ridge\\"": nnbook calls this "l2".',
      'cell 1 hint "\\"non_neg\\"": nnbook calls this "nonNeg".',
      'cell 2 hint "\\"categorical_crossentropy\\"": nnbook calls this "categoricalCrossentropy".',
      `cell 2 hint "'Adam'": nnbook calls this "adam".`,
      'cell 2 hint "\\"MSE\\"": nnbook calls this "mse".',
      'cell 2 hint "\\"crossentropy\\"": nnbook calls this "categoricalCrossentropy".',
      'cell 2 hint "\\"nag\\"": nnbook calls this "nesterov".',
    ]);
    const fixed = notebook.ask("quickFixes", [imports, `|sequential([]).compile({ loss: "mse", optimizer: 'Adam' })`], {
      ...{ span: { start: 0, length: 99 }, layout: { indentSize: 2, usesTabs: false } },
    });
    expect(fixed?.map(({ title, changes }) => [title, notebook.changed(changes)[1]])).toEqual([
      ['Change to "adam"', `sequential([]).compile({ loss: "mse", optimizer: 'adam' })`],
    ]);
    expect(
      notebook.problems([
        `${imports} const s = "sigmoyd"; s;`,
        'type Mine = "relu" | (string & {}); const mine: Mine = "sigmoyd"; mine;',
        "for (const activation of ['a', 'b']) layers.dense(3, { activation });",
        // A key is a name that the user gives.
        'show.surface("beale", { optimizers: { "0.1": "sgd", "빠르게": "adam" } });',
      ]),
    ).toEqual([]);
  });

  test("names that the engine takes without listing them are known here, with what they stand for", () => {
    const engine = path.join(root, "src/engine");
    const read = (file: string, table: string) => {
      const source = readFileSync(path.join(engine, file), "utf8");
      const [, body = ""] = new RegExp(`${table}[^=]*= \\{([^}]*)\\};`).exec(source) ?? [];
      return Object.fromEntries([...body.matchAll(/(\w+): "(\w+)"/g)].map(([, name, meant]) => [name, meant]));
    };
    expect(unlistedNames.ActivationName).toEqual(read("activations/catalogue.ts", "activationAliases"));
    expect(unlistedNames.LossName).toEqual(read("losses/lossOption.ts", "const aliases"));
    expect(unlistedNames.InitializerName).toEqual(read("initializers/initializers.ts", "const aliases"));
    expect(unlistedNames.RegularizerName).toEqual(read("regularizers/regularizers.ts", "const aliases"));
    expect(unlistedNames.ConstraintName).toEqual(read("constraints/constraints.ts", "const aliases"));
    const settings = readFileSync(path.join(engine, "optimizers/optimizers.ts"), "utf8").match(
      /^ +(\w+): \(options\) => new/gm,
    );
    expect(settings?.map((line) => line.trim().split(":")[0])).toEqual(["momentum", "nesterov", "amsgrad", "nag"]);
    expect(unlistedNames.OptimizerName).toEqual({
      nag: "nesterov",
      ...read("optimizers/optimizers.ts", "const aliases"),
    });
  });

  test("are documented where they stand and where they are suggested", () => {
    const hover = notebook.hover([imports, 'layers.dense(3, { activation: "sig|moid" })']);
    expect(hover).toMatchObject({ signature: "sigmoid", span: { start: 30, length: 9 } });
    expect(hover?.documentation).toMatch(/^`1 \/ \(1 \+ e⁻ˣ\)`/);
    expect(notebook.resolve([imports, 'layers.dense(3, { activation: "|" })'], "relu")?.documentation).toMatch(/max/);
    expect(notebook.hover([imports, 'const text = "sig|moid"'])).toBeNull();
  });
});

describe("messages are about what is wrong", () => {
  test.each([
    [
      "model.fit(iris, { epoch: 3 })",
      `"epoch": Object literal may only specify known properties, but 'epoch' does not exist in type 'FitOptions'. Did you mean to write 'epochs'?`,
    ],
    ['model.fit(iris, { epochs: "3" })', `"epochs": Type 'string' is not assignable to type 'number'.`],
    [
      "model.fit(iris, { callbacks: [{ onEpochEnded() {} }] })",
      `"onEpochEnded": Object literal may only specify known properties, but 'onEpochEnded' does not exist in type 'Callback'. Did you mean to write 'onEpochEnd'?`,
    ],
    ["model.fit([[1]], 'a')", `"'a'": Argument of type '"a"' is not assignable to parameter of type 'TensorSet'.`],
    ["datasets.irs()", `"irs": Property 'irs' does not exist on type 'typeof datasets'. Did you mean 'iris'?`],
    ["layers.dens(3)", `"dens": Property 'dens' does not exist on type 'typeof layers'. Did you mean 'dense'?`],
    [
      "model.fit(iris).loss",
      `"loss": Property 'loss' does not exist on type 'Promise<Run>'. Did you forget to use 'await'?`,
    ],
    ["document.title", `"document": Cannot find name 'document'.`],
  ])("%s", (cell, message) => {
    const head =
      'import { datasets, layers, sequential } from "nnbook"; const iris = datasets.iris(); const model = sequential([]);';
    expect(notebook.problems([head, cell])).toEqual([`cell 1 error ${message}`]);
  });
});

describe("what is written as in another library becomes code without a fault", () => {
  const layout = { indentSize: 2, usesTabs: false };
  /** All preferred fixes, one after the other. */
  const fixed = (cell: string): string => {
    const found = notebook.ask("quickFixes", [`|${cell}`], { span: { start: 0, length: 9999 }, layout }) ?? [];
    const preferred = found.find(({ isPreferred }) => isPreferred);
    return preferred === undefined ? cell : fixed(notebook.changed(preferred.changes)[0] ?? "");
  };

  test.each([
    ["tf.tensor([1, 2])", 'import { tensor } from "nnbook";', "tensor([1, 2])"],
    ["tf.variable([1, 2])", 'import { tensor } from "nnbook";', "tensor([1, 2], { requiresGrad: true })"],
    ["torch.sigmoid([0, 1])", 'import { tensor } from "nnbook";', "tensor([0, 1]).sigmoid()"],
    ["tf.train.adam(0.01)", 'import { optimizers } from "nnbook";', "optimizers.adam({ learningRate: 0.01 })"],
    [
      "new keras.optimizers.SGD(1e-3)",
      'import { optimizers } from "nnbook";',
      "optimizers.sgd({ learningRate: 1e-3 })",
    ],
    [
      "model = Sequential([Dense(8)])",
      'import { sequential, layers } from "nnbook";',
      "let model = sequential([layers.dense(8)])",
    ],
    ["np.inf", "", "Infinity"],
  ])("%s", (cell, imported, code) => {
    const expected = imported === "" ? code : `${imported}\n${code}`;
    expect(fixed(cell)).toBe(expected);
    expect(notebook.problems([expected])).toEqual([]);
  });
});

const samplesFolder = path.join(root, "media/samples");

test.each(readdirSync(samplesFolder, { encoding: "utf8", recursive: true }).filter((name) => name.endsWith(".nnbook")))(
  "the sample %s has no problems",
  (name) => {
    const parsed = parseNotebook(readFileSync(path.join(samplesFolder, name), "utf8"));
    if (parsed.kind !== "parsed") throw new Error(`${name} cannot be read`);
    const code = parsed.notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source.join("\n"));
    expect(code.length).toBeGreaterThan(0);
    expect(notebook.problems(code)).toEqual([]);
  },
);
