// The summary view: what is known of a model at each stage of its life.

import { describe, expect, it } from "vitest";
import { input, layers, type Model, model, sequential } from "../../engine/index.ts";
import { summaryView, viewText } from "../index.ts";

const rows = (model: Model) =>
  summaryView(model).layers.map(({ name, outputShape, parameters }) => [name, outputShape, parameters]);

describe("the summary", () => {
  it("knows shapes and weights from inputShape alone, before any weight exists", () => {
    const model = sequential([
      layers.flatten({ inputShape: [2, 3] }),
      layers.dense(4, { activation: "prelu" }),
      layers.dropout(0.5),
      layers.dense(2, { useBias: false, trainable: false }),
    ]);
    expect(model.isBuilt).toBe(false);
    expect(rows(model)).toEqual([
      ["flatten_1", [null, 6], 0],
      ["dense_1", [null, 4], 6 * 4 + 4 + 4],
      ["dropout_1", [null, 4], 0],
      ["dense_2", [null, 2], 8],
    ]);
    expect(summaryView(model)).toMatchObject({ totalParameters: 40, trainableParameters: 32 });
    expect(String(model)).toContain("40 weights");
    const before = rows(model);
    model.build([2, 3]);
    expect(rows(model)).toEqual(before);
  });

  it("counts what layers keep account of by themselves, but not as trained", () => {
    const model = sequential([layers.dense(4, { inputShape: 3 }), layers.batchNorm()]);
    expect(summaryView(model)).toMatchObject({ totalParameters: 16 + 16, trainableParameters: 16 + 8 });
    expect(summaryView(model).layers.map(({ trainable }) => trainable)).toEqual([undefined, 8]);
    expect(viewText(summaryView(model), "en")).toMatch(/batchNorm_1 .* 16 \(8 trainable\)\n/);
    expect(viewText(summaryView(model), "ko")).toContain("16 (학습 가능 8)");
    const frozen = sequential([layers.conv2d(2, 3, { inputShape: [5, 5, 1], trainable: false }), layers.flatten()]);
    expect(viewText(summaryView(frozen), "en")).toMatch(/\[batch, 3, 3, 2\] +20 \(0 trainable\)\n/);
  });

  it("says what each layer takes where they do not stand in a row", () => {
    const x = input({ shape: 3, name: "x" });
    const hidden = layers.dense(3, { activation: "tanh" }).apply(x);
    const graph = model({ inputs: x, outputs: layers.dense(1).apply(layers.add().apply([x, hidden])) });
    expect(summaryView(graph).layers.map(({ takes }) => takes)).toEqual([["x"], ["x", "dense_1"], ["add_1"]]);
    const lines = viewText(summaryView(graph), "en").split("\n");
    expect(lines.find((line) => line.startsWith("layer"))).toMatch(/weights +takes$/);
    expect(lines.find((line) => line.startsWith("add_1"))).toMatch(/\[batch, 3\] +0 +x, dense_1$/);
    const both = model({ inputs: x, outputs: [layers.dense(1).apply(hidden), layers.dense(2).apply(x)] });
    both.compile({ loss: ["mae", "mse"] });
    expect(summaryView(both).loss).toBe("mae + mse");
    const block = sequential([layers.residual([layers.dense(3, { inputShape: 3 })])]);
    expect(summaryView(block).layers.map(({ takes }) => takes)).toEqual([["input_1"], ["input_1", "dense_1"]]);
    const row = sequential([layers.dense(3), layers.dense(1)]);
    expect(summaryView(row).layers.some((layer) => "takes" in layer)).toBe(false);
  });

  it("says what is missing while nothing tells the input's shape", () => {
    const model = sequential([layers.dense(4), layers.dense(2)]);
    expect(rows(model)).toEqual([
      ["dense_1", [], 0],
      ["dense_2", [], 0],
    ]);
    expect(viewText(summaryView(model), "en")).toContain("inputShape");
    expect(viewText(summaryView(model), "en")).not.toContain("total 0");
  });

  it("refuses layers that do not fit when the model is made, with or without a seed", () => {
    const make = (seed?: number) =>
      sequential(
        [layers.dense(3, { inputShape: 2 }), layers.dense(1, { inputShape: 5 })],
        seed === undefined ? {} : { seed },
      );
    expect(() => make()).toThrow("dense_2: expected input [batch, 5], got [batch, 3].");
    expect(() => make(1)).toThrow("dense_2: expected input [batch, 5], got [batch, 3].");
  });
});
