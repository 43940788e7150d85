// What the editor says of models that did not run is what the engine makes of them when they do.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { smallNnbookTypes, TestNotebook } from "../src/language/notebooks.testing.ts";

const typescriptLibs = collectTypescriptLibs();
const modelTypes = "src/engine/model.d.ts";
const nnbookTypes = {
  ...smallNnbookTypes,
  [modelTypes]: `${smallNnbookTypes[modelTypes]?.replace(/Promise<{.*}>/, "Promise<Run>")}export interface Run { loss: number[] }`,
};
const server = new LanguageServer({
  readFiles: () => ({ typescriptLibs, nnbookTypes }),
  readRules: () => modelRules,
});
const notebook = new TestNotebook(server);
const imports = 'import { compare, datasets, input, layers, model, sequential, tensor } from "nnbook";';

/** "dense → [16] · 80" for each layer's call. */
function hints(cells: readonly string[]): string[] {
  notebook.set([imports, ...cells]);
  const { layers } = server.answer({ kind: "describeModels", notebookId: notebook.id });
  return layers.map(({ name, outputShape, parameters }) => {
    const shape = outputShape === null ? "?" : `[${outputShape.join(", ")}]`;
    return `${name} → ${shape} · ${parameters ?? "?"}`;
  });
}

test("a model's shapes come from the data that it is trained on", () => {
  const made = "const net = sequential([layers.dense(16, { activation: 'tanh' }), layers.dense(3)]);";
  expect(hints([made])).toEqual(["dense → ? · ?", "dense → ? · ?"]);
  const withData = (data: string) => hints([data, made, "await net.fit(data);"]);
  expect(withData("const data = datasets.iris().standardize().split({ validation: 0.2 });")).toEqual([
    "dense → [16] · 80",
    "dense → [3] · 51",
  ]);
  expect(withData("const data = datasets.blobs({ features: 7, seed: 1 });")[0]).toBe("dense → [16] · 128");
  expect(withData("const { train: data } = datasets.iris().split({ test: 0.2 });")[0]).toBe("dense → [16] · 80");
  expect(withData("let data = datasets.iris();")[0]).toBe("dense → [16] · 80");
  expect(withData("let data = datasets.iris(); if (Math.random() < 0.5) data = datasets.wine();")[0]).toBe(
    "dense → ? · ?",
  );
  expect(withData("const data = tensor([[1, 2], [3, 4]]);")[0]).toBe("dense → [16] · 48");
  expect(withData("const set = datasets.wine(); const data = set.x;")[0]).toBe("dense → [16] · 224");
});

test("trained on different data it has no one shape", () => {
  const make = "const make = () => sequential([layers.dense(4)]);";
  expect(hints([make, "await make().fit(datasets.iris()); await make().fit(datasets.iris().standardize());"])).toEqual([
    "dense → [4] · 20",
  ]);
  expect(hints([make, "await make().fit(datasets.iris()); await make().fit(datasets.wine());"])).toEqual([
    "dense → [4] · ?",
  ]);
  expect(hints([make, "await compare({ model: make, data: datasets.moons() });"])).toEqual(["dense → [4] · 12"]);
  const shorthand = "const model = () => sequential([layers.dense(4)]); const data = datasets.moons();";
  expect(hints([shorthand, "await compare({ model, data });"])).toEqual(["dense → [4] · 12"]);
});

test("a layer may say what it takes, and values may stand elsewhere", () => {
  expect(
    hints(["const units = 4 * 2; sequential([layers.dense(units, { inputShape: 3 }), layers.dense(units)])"]),
  ).toEqual(["dense → [8] · 32", "dense → [8] · 72"]);
  expect(
    hints(["let units = 8; units = 9; sequential([layers.dense(units, { inputShape: 3 })]); units = 10;"]),
  ).toEqual(["dense → [9] · 36"]);
  expect(
    hints(["let units = 8;", "units = 9;", "sequential([layers.dense(units, { inputShape: 3 }), layers.dense(2)])"]),
  ).toEqual(["dense → ? · ?", "dense → ? · ?"]);
  const options = "const options = { activation: 'relu', inputShape: 3 };";
  expect(hints([`${options} sequential([layers.dense(2, options)])`])).toEqual(["dense → [2] · 8"]);
  expect(hints([`${options} options.inputShape = 5; sequential([layers.dense(2, options)])`])).toEqual([
    "dense → ? · ?",
  ]);
  expect(hints(["const f = (activation) => sequential([layers.dense(2, { activation, inputShape: 3 })])"])).toEqual([
    "dense → [2] · 8",
  ]);
});

test("layers in lists, repeated and by other names", () => {
  expect(
    hints([
      `const { dense } = layers; const first = dense(8, { inputShape: 4 });
const block = () => layers.dense(8);
const hidden = [layers.dropout(0.5), ...Array.from({ length: 3 }, block)];
sequential([first, ...hidden, layers.dense(1)]);`,
    ]),
  ).toEqual(["dense → [8] · 40", "dense → [8] · 72", "dropout → [8] · 0", "dense → [1] · 9"]);
  const pushed = "const hidden = [layers.dense(8)]; if (hidden.length < 2) hidden.push(layers.dense(9));";
  expect(hints([`${pushed} sequential([layers.dense(2, { inputShape: 1 }), ...hidden, layers.dense(1)]);`])).toEqual([
    "dense → [8] · 24",
    "dense → ? · ?",
    "dense → [2] · 4",
    "dense → ? · ?",
  ]);
});

test("each family of layers, and what comes after one that cannot be", () => {
  expect(
    hints([
      `sequential([
  layers.reshape([8, 8, 1], { inputShape: 64 }), layers.conv2d(4, 3), layers.maxPooling2d(2), layers.flatten(),
  layers.embedding(10, 2), layers.dense(1),
]);
sequential([layers.lstm(5, { inputShape: [7, 2], returnSequences: true }), layers.bidirectional(layers.gru(3)), layers.dense(1)]);
sequential([layers.dense(4, { inputShape: 4 }), layers.residual([layers.dense(4)])]);
sequential([layers.custom({ name: "twice", forward: (x) => x }), layers.dense(2)]);`,
    ]),
  ).toMatchInlineSnapshot(`
    [
      "reshape → [8, 8, 1] · 0",
      "conv2d → [6, 6, 4] · 40",
      "maxPooling2d → [3, 3, 4] · 0",
      "flatten → [36] · 0",
      "embedding → [36, 2] · 20",
      "dense → [36, 1] · 3",
      "lstm → [7, 5] · 160",
      "bidirectional → [6] · 180",
      "gru → [3] · 90",
      "dense → [1] · 7",
      "dense → [4] · 20",
      "residual → [4] · 0",
      "dense → [4] · 20",
      "custom → ? · ?",
      "dense → ? · ?",
    ]
  `);
});

test("graphs", () => {
  expect(
    hints([
      `const x = input([8, 8, 1]);
const seen = layers.flatten().apply(layers.conv2d(2, 3).apply(x));
const both = layers.concat().apply([seen, layers.dense(3).apply(input({ shape: 5, name: "more" }))]);
const net = model({ inputs: x, outputs: layers.dense(1).apply(both) });`,
    ]),
  ).toEqual([
    "flatten → [72] · 0",
    "conv2d → [6, 6, 2] · 20",
    "concat → [75] · 0",
    "dense → [3] · 18",
    "dense → [1] · 76",
  ]);
});

test("the samples", () => {
  const folder = path.join(import.meta.dirname, "../media/samples");
  const ofSample = (name: string) => {
    const { cells }: { cells: { kind: string; source: string[] }[] } = JSON.parse(
      readFileSync(path.join(folder, name), "utf8"),
    );
    return hints(cells.filter(({ kind }) => kind === "code").map(({ source }) => source.join("\n")));
  };
  const samples = readdirSync(folder).filter((name) => name.endsWith(".nnbook"));
  expect(Object.fromEntries(samples.map((name) => [name, ofSample(name)]))).toMatchInlineSnapshot(`
    {
      "00-first-network.nnbook": [
        "dense → [16] · 80",
        "dense → [3] · 51",
      ],
      "01-neurons.nnbook": [
        "dense → [4] · 12",
        "dense → [1] · ?",
      ],
      "02-activation-functions.nnbook": [
        "dense → [8] · ?",
        "dense → [1] · 9",
      ],
      "03-outputs-and-losses.nnbook": [
        "dense → [8] · 40",
        "dense → [3] · 27",
        "dense → [1] · 3",
      ],
      "04-backpropagation-by-hand.nnbook": [
        "dense → [2] · 6",
        "dense → [1] · 3",
        "dense → [6] · 18",
        "dense → [4] · 28",
        "dense → [1] · 5",
      ],
      "05-vanishing-gradients.nnbook": [
        "dense → [32] · 2080",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "dense → [10] · 330",
        "dense → [32] · 1056",
        "dense → [32] · 1056",
        "batchNorm → [32] · 128",
        "activation → [32] · 0",
        "residual → [32] · 0",
        "dense → [32] · 1056",
        "dense → [32] · 2080",
        "dense → [10] · 330",
        "dense → [32] · ?",
        "dense → [10] · 330",
      ],
      "06-gradient-descent.nnbook": [
        "dense → [16] · 1040",
        "dense → [10] · 170",
        "dense → [16] · 1040",
        "dense → [10] · 170",
      ],
      "07-optimizers.nnbook": [
        "dense → [16] · 1040",
        "dense → [10] · 170",
      ],
      "08-real-data.nnbook": [
        "dense → [16] · 160",
        "dense → [1] · 17",
        "dense → [8] · 248",
        "dense → [1] · 9",
        "dense → [64] · 4160",
        "dense → [10] · 650",
        "dense → ? · ?",
        "dense → ? · ?",
        "dropout → ? · ?",
        "dropout → ? · ?",
      ],
      "09-beyond-dense.nnbook": [
        "dense → [10] · ?",
        "dense → [64] · 4160",
        "reshape → [8, 8, 1] · 0",
        "conv2d → [6, 6, 8] · 80",
        "maxPooling2d → [3, 3, 8] · 0",
        "flatten → [72] · 0",
        "dense → ? · ?",
        "simpleRnn → ? · ?",
        "lstm → ? · ?",
      ],
      "10-find-the-fault.nnbook": [
        "dense → [16] · ?",
        "dense → [3] · 51",
      ],
      "loss-landscape.nnbook": [
        "dense → [8] · 24",
        "dense → [1] · 9",
      ],
    }
  `);
});

/** What the code at `|` is about, with the columns of its layers. */
function subject(cells: readonly string[]): unknown {
  const index = cells.findIndex((cell) => cell.includes("|"));
  const offset = cells[index]?.indexOf("|") ?? 0;
  notebook.set([imports, ...cells.map((cell) => cell.replace("|", ""))]);
  const place = { notebookId: notebook.id, cellId: String(index + 1), offset };
  const found = server.answer({ kind: "findSubject", ...place });
  if (found === null) return null;
  const { span: _, ...rest } = found;
  if (rest.kind === "layer") return `layer at ${rest.place.column}`;
  if (rest.kind === "race") return `race ${rest.index ?? "any"} of cell ${rest.cellId}: ${rest.variant ?? "all"}`;
  const layers = rest.layers.map(({ column }) => column).join(" ");
  return rest.kind === "run"
    ? `run ${rest.name ?? ""} of cell ${rest.cellId ?? "any"}, layers at ${layers}`
    : `${rest.kind}, layers at ${layers}`;
}

test("what the code at a place is about: what it makes, and whatever holds it", () => {
  const make = "const net = sequential([layers.dense(2, { activation: 'relu' }), layers.dense(1)]);";
  const compile = "net.compile({ loss: 'mse', optimizer: optimizers.adam({ learningRate: 0.1 }) });";
  const at = (cell: string, place: string, after = 0) => {
    const offset = cell.indexOf(place) + after;
    return `${cell.slice(0, offset)}|${cell.slice(offset)}`;
  };
  expect(subject([at(make, "net")])).toBe("model, layers at 32 73");
  expect(subject([at(make.replace("const", "let"), "net"), "net = null;"])).toBe("model, layers at 30 71");
  expect(subject([at(make, "sequential", 3)])).toBe("model, layers at 32 73");
  expect(subject([at(make, "relu", 1)])).toBe("layer at 32");
  expect(subject([at(make, "activation", 1)])).toBe("layer at 32");
  expect(subject([make, at(compile, "mse", 1)])).toBe("loss, layers at 32 73");
  expect(subject([make, at(compile, "optimizer", 1)])).toBe("optimizer, layers at 32 73");
  expect(subject([make, at(compile, "adam", 1)])).toBe("optimizer, layers at 32 73");
  expect(subject([make, "const run = await n|et.fit([[1]], [[2]]);"])).toBe("model, layers at 32 73");
  expect(subject([make, "const r|un = await net.fit([[1]], [[2]], { name: 'mine' });"])).toBe(
    "run mine of cell 2, layers at 32 73",
  );
  expect(subject([make, "const run = await net.fit([[1]], [[2]]);", "r|un"])).toBe("run  of cell 2, layers at 32 73");
  expect(subject(["const first = layers.dense(3); sequential([f|irst])"])).toBe("layer at 22");
  expect(subject([`const f = () => { ${make} return net; };`, "const mine = f(); mi|ne"])).toBe(
    "model, layers at 50 91",
  );
  const train = `async function train(name) { ${make} const run = await net.fit([[1]], [[2]], { name }); return { run, net }; }`;
  expect(subject([train.replace("run = await", "r|un = await")])).toBe("run  of cell any, layers at 61 102");
  expect(subject([train, "const { r|un } = await train('deep');"])).toBe("run deep of cell 2, layers at ");
  expect(subject([train, "const deep = await train('deep'); deep.r|un"])).toBe("run deep of cell 2, layers at ");
  expect(subject(["const x = input(2); const hid|den = layers.dense(3).apply(x);"])).toBe("layer at 43");
  const graph = "const x = input(2); const net = model({ inputs: x, outputs: layers.dense(1).apply(x) });";
  expect(subject([graph, "ne|t"])).toBe("model, layers at 68");
  expect(subject([graph, at(compile, "adam", 1)])).toBe("optimizer, layers at 68");
  expect(subject([graph, "const r|un = await net.fit([[1, 2]], [[2]]);"])).toBe("run  of cell 2, layers at 68");
  const block = "const net = sequential([layers.residual([layers.dense(2)])]);";
  expect(subject([block, "ne|t"])).toBe("model, layers at 49 32");
  expect(subject([`const f = () => { ${make} return net; };`, "f|()"])).toBeNull();
  expect(subject([make, "const other = 1; oth|er"])).toBeNull();
  expect(subject([at(make, "dense(1)", 6)])).toBeNull();
});

test("a race: the call, what holds its result, its rows, and each variant by its name", () => {
  const race = (options: string) => `const race = await compare({ model: make, data, ${options} });`;
  const two = `${race('optimizers: ["sgd", "adam"]')} const other = await compare({ model: make, data, variants: { wide: {}, deep: {} } });`;
  expect(subject([two, "ra|ce"])).toBe("race 0 of cell 1: all");
  expect(subject([two, "oth|er.standings[0]"])).toBe("race 1 of cell 1: all");
  expect(subject([two, "other.stand|ings[0]"])).toBe("race 1 of cell 1: all");
  expect(subject([two, "other.vari|ants"])).toBe("race 1 of cell 1: all");
  expect(subject([two, "other.res|ume()"])).toBeNull();
  expect(subject([two.replace("const race", "const ra|ce")])).toBe("race 0 of cell 1: all");
  expect(subject([two.replace("compare", "comp|are")])).toBe("race 0 of cell 1: all");
  expect(subject([two.replace("adam", "ad|am")])).toBe("race 0 of cell 1: adam");
  expect(subject([two.replace("deep", "de|ep")])).toBe("race 1 of cell 1: deep");
  const named = race('optimizers: { fast: "adam" }');
  expect(subject([named.replace("fast", "fa|st")])).toBe("race 0 of cell 1: fast");
  expect(subject([`for (const seeds of [1, 2]) { ${named.replace("race", "ra|ce")} }`])).toBe(
    "race any of cell 1: all",
  );
  expect(subject([`const list = ["ad|am"]; ${named}`])).toBeNull();
});
