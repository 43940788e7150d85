// What is listed of values that are ours, and how values are drawn as grids.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { layers, parameter, sequential, tensor } from "../../engine/index.ts";
import { blobs, lines, Peeking } from "./peeking.testing.ts";

const peeking = new Peeking();
beforeEach(() => peeking.begin());
afterEach(() => peeking.end());

const declare = peeking.declare.bind(peeking);
const ask = peeking.ask.bind(peeking);
const parts = peeking.parts.bind(peeking);
const copy = peeking.copy.bind(peeking);

describe("what is ours", () => {
  test("tensors and weights have shape, range and rows; data sets their sizes", () => {
    declare({
      scalar: tensor(3),
      x: tensor([
        [1, 2],
        [3, 4],
        [5, 6],
        [7, Number.NaN],
      ]),
      w: parameter("kernel", new Float32Array(6).fill(0.5), [2, 3]),
      blobs,
      split: blobs.split({ validation: 0.2, seed: 1 }),
    });
    expect(lines(parts())).toEqual([
      "scalar: Tensor[] 3.00",
      "x: Tensor[4,2] 1.00 … 7.00, mean 4.00 · 1 not finite",
      "w: Parameter[2,3] 0.500, 0.500, 0.500, 0.500, 0.500, 0.500",
      "blobs: Dataset[150,2] blobs · 150 examples · 2 features · 3 classes",
      "split: SplitDataset blobs · train 120 · validation 30",
    ]);
    expect(lines(parts("x", "#1"))).toEqual(["[0]: number 3", "[1]: number 4"]);
    expect(parts("split").map(({ name, type }) => `${name} ${type}`)).toEqual(["train Dataset", "validation Dataset"]);
    expect(copy("x", "#1")).toBe("[3, 4]");
    expect(copy("x")).toBe("[[1, 2], [3, 4], [5, 6], [7, NaN]]");
  });

  test("a layer says that training leaves it as it is", () => {
    declare({ frozen: layers.dense(2, { trainable: false }), trained: layers.dense(2) });
    expect(lines(parts())).toEqual([
      "frozen: dense linear · weights not made yet · frozen",
      "trained: dense linear · weights not made yet",
    ]);
  });

  test("a model shows its layers, with the health of their gradients once it was trained", async () => {
    const sigmoids = Array.from({ length: 8 }, () => layers.dense(8, { activation: "sigmoid" }));
    const model = sequential([...sigmoids, layers.dense(3, { activation: "softmax" })]);
    declare({ model });
    expect(lines(parts())).toEqual(["model: Model 9 layers · weights not made yet"]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });
    const run = await model.fit(blobs.standardize(), { epochs: 2, seed: 1 });
    declare({ run });
    const [modelInfo, runInfo] = parts();
    expect(modelInfo).toMatchObject({ tone: "warning", hasParts: true, hasGrid: false });
    expect(modelInfo?.value).toMatch(/^9 layers · 555 parameters · gradients vanish$/);
    expect(runInfo?.value).toMatch(/^finished · epoch 2\/2 · loss [\d.]+ · gradients vanish$/);
    const [newest, first] = parts("model");
    expect(newest).toMatchObject({ name: "newest run", kind: "run" });
    expect(first).toMatchObject({ name: "dense_1", type: "dense", shape: [null, 8], tone: "warning" });
    expect(first?.note).toMatch(/^Gradient vanishes/);
    expect(first?.value).toMatch(/^sigmoid · 24 parameters · gradient vanishes: mean \|g\| /);
    const weights = parts("model", "#0");
    expect(weights.map(({ name, type, shape, hasGrid }) => [name, type, shape, hasGrid])).toEqual([
      ["kernel", "Parameter", [2, 8], true],
      ["bias", "Parameter", [8], true],
    ]);
    expect(parts("run").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["loss", "seed", "batchSize", "learningRate", "dense_1"]),
    );
    peeking.locale = "ko";
    expect(parts()[0]?.value).toBe("층 9개 · 매개변수 555개 · 기울기 소실");
  });

  test("to look at weights tells the engine nothing: a training goes on as if nobody had", async () => {
    const train = async (isWatched: boolean) => {
      const model = sequential([layers.dense(16, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]);
      model.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
      declare({ model });
      const onEpochEnd = () => {
        if (!isWatched) return;
        parts("model", "#0");
        ask({ kind: "drawGrid", path: ["model", "#0", ".kernel"], window: null });
      };
      await model.fit(blobs, { epochs: 5, seed: 1, callbacks: [{ onEpochEnd }] });
      return model.weights.map((weight) => [...weight.data]);
    };
    expect(await train(true)).toEqual(await train(false));
  });
});

describe("grids", () => {
  test("numbers of any kind are drawn, whole or a window of them", () => {
    const wide = Array.from({ length: 100 }, (_, row) => Array.from({ length: 40 }, (_, column) => row * 100 + column));
    declare({ wide, typed: new Float64Array([1, 2, 3]), x: tensor([[1, 2]]), words: ["a", "b"], blobs });
    expect(ask({ kind: "drawGrid", path: ["wide"], window: null })).toMatchObject({
      ...{ kind: "tensor", name: "wide", shape: [100, 40], max: 9939 },
    });
    const window = ask({ kind: "drawGrid", path: ["wide"], window: { page: 0, row: 90, column: 3 } });
    expect(window).toMatchObject({ kind: "tensor", pageCount: 1 });
    // The last rows are shown where fewer follow.
    expect(window?.kind === "tensor" && [window.rows[0], window.rows.at(-1), window.columns[0]]).toEqual([76, 99, 3]);
    expect(window?.kind === "tensor" && window.pages[0]?.values[0]).toBe(7603);
    expect(ask({ kind: "drawGrid", path: ["typed"], window: null })).toMatchObject({ kind: "tensor", shape: [3] });
    expect(ask({ kind: "drawGrid", path: ["x"], window: null })).toMatchObject({ kind: "tensor", name: "x" });
    expect(ask({ kind: "drawGrid", path: ["words"], window: null })).toMatchObject({ kind: "table", rowCount: 2 });
    expect(ask({ kind: "drawGrid", path: ["blobs"], window: null })).toMatchObject({ kind: "table", rowCount: 150 });
    expect(ask({ kind: "drawGrid", path: ["missing"], window: null })).toBe(null);
  });

  test("of very many numbers the beginning is drawn, and called so", () => {
    const million = new Float32Array(1_000_001);
    declare({ rows: [million, million] });
    expect(ask({ kind: "drawGrid", path: ["rows"], window: null })).toMatchObject({
      ...{ name: "rows[0 … 0]", shape: [1, 1_000_001] },
    });
  });

  test("a list of other things has none", () => {
    declare({ empty: [], one: 1 });
    expect(parts().map(({ hasGrid }) => hasGrid)).toEqual([false, false]);
  });
});
