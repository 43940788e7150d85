// Models written down as ONNX predict in ONNX Runtime as here.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exporters } from "../src/engine/exports/exporters.ts";
import { float, integer, joined, text } from "../src/engine/exports/onnx/protobuf.ts";
import { setEngineHost } from "../src/engine/host.ts";
import { input, layers, model, sequential, type Tensor, tensor, useBackend } from "../src/engine/index.ts";
import { findOnnxRuntime } from "./support/exports/onnxRuntime.ts";
import { randomTraining } from "./support/randomModels/randomTrainings.ts";
import { disturbed } from "./support/randomModels/waysToTrain.ts";

const count = Number(process.env.MODELS ?? 80);
const first = Number(process.env.FIRST_MODEL ?? 0);
const runtime = findOnnxRuntime();
const without = runtime === null ? " (skipped: onnxruntime-web is not installed; npm ci does)" : "";

beforeAll(() => {
  setEngineHost({ exporters: () => exporters });
  useBackend("plain");
});
afterAll(() => setEngineHost({ exporters: null }));

async function run(bytes: Uint8Array, inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, number[]>> {
  if (runtime === null) throw new Error("There is no ONNX Runtime.");
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const feeds = Object.entries(inputs).map(([name, x]) => {
    return [name, new runtime.Tensor("float32", Float32Array.from(x.data), x.shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(session.outputNames.map((name) => [name, Array.from(results[name]?.data ?? [])]));
}

it.skipIf(runtime === null)(
  `${count} random models predict in ONNX Runtime as here${without}`,
  { timeout: 300_000 },
  async () => {
    let compared = 0;
    for (let seed = first; seed < first + count; seed++) {
      const training = randomTraining(seed);
      const net = training.make();
      if (net.layers.some(({ isPlannable }) => !isPlannable)) continue;
      compared++;
      const inputNames = training.xs.map((_, index) => `input_${index + 1}`);
      const found = await run(
        net.toOnnx().bytes,
        Object.fromEntries(inputNames.map((name, at) => [name, training.xs[at] as Tensor])),
      );
      const wanted = net.predict([...training.xs]).flatMap(({ data }) => [...data]);
      const other = training.make();
      for (const { data } of other.weights) disturbed(data);
      const xs = training.xs.map(({ shape, data }) => tensor(data.slice(), { shape }));
      for (const { data } of xs) disturbed(data);
      const near = other.predict(xs).flatMap(({ data }) => [...data]);
      const scale = Math.max(1e-6, ...wanted.map(Math.abs));
      const apart = (values: readonly number[]) =>
        Math.max(...wanted.map((value, at) => Math.abs(value - (values[at] ?? Number.NaN)))) / scale;
      expect(apart(Object.values(found).flat()), training.name).toBeLessThanOrEqual(5e-5 + 8 * apart(near));
    }
    expect(compared).toBeGreaterThan(count * 0.6);
  },
);

describe("an ONNX file", () => {
  it.skipIf(runtime === null)("takes batches of any size, has the model's names, and leaves dropout out", async () => {
    const [left, right] = [input({ shape: 2, name: "left" }), input({ shape: [3, 2], name: "right" })];
    const read = layers.lstm(4, { recurrentActivation: "hardSigmoid", name: "reader" });
    const hidden = layers.dropout(0.5).apply(layers.concat().apply([left, read.apply(right)]));
    const outputs = {
      kind: layers.dense(3, { activation: "softmax" }).apply(hidden),
      size: layers.dense(1).apply(hidden),
    };
    const net = model({ inputs: { left, right }, outputs, seed: 3 });
    const { bytes } = net.toOnnx();
    for (const rows of [1, 5]) {
      const xs = {
        left: tensor(
          Array.from({ length: rows * 2 }, (_, at) => Math.sin(at)),
          { shape: [rows, 2] },
        ),
        right: tensor(
          Array.from({ length: rows * 6 }, (_, at) => Math.cos(at)),
          { shape: [rows, 3, 2] },
        ),
      };
      const found = await run(bytes, xs);
      const wanted = net.predict(xs);
      expect(Object.keys(found)).toEqual(["kind", "size"]);
      for (const name of ["kind", "size"] as const)
        wanted[name].data.forEach((value, at) => {
          expect(found[name]?.[at]).toBeCloseTo(value, 5);
        });
    }
  });

  it("is refused where ONNX has no words, naming the layer", () => {
    const own = layers.custom({ name: "double", inputShape: 2, forward: (x: Tensor) => x.mul(2) });
    expect(() => sequential([own], { seed: 1 }).toOnnx()).toThrow(
      "toOnnx: expected layers that ONNX can say, got double_1, which was written in a cell. Replace it",
    );
    const gelu = layers.gru(2, { activation: "gelu", inputShape: [3, 2] });
    expect(() => sequential([gelu], { seed: 1 }).toOnnx()).toThrow(
      /^toOnnx: expected recurrent layers with .*, got "gelu" of gru_1\./,
    );
    expect(() => sequential([layers.dense(1)]).toOnnx()).toThrow(
      "toOnnx: expected a model with weights, got one that is not built",
    );
    setEngineHost({ exporters: null });
    expect(() => sequential([layers.dense(1, { inputShape: 1 })], { seed: 1 }).toOnnx()).toThrow(
      "toOnnx: expected what writes models down, got none here",
    );
    setEngineHost({ exporters: () => exporters });
  });

  it("is written in protocol buffers", () => {
    const hex = (parts: readonly Uint8Array[]) => Buffer.from(joined(parts)).toString("hex");
    expect(hex(integer(1, 150))).toBe("089601");
    expect(hex(integer(2, -1))).toBe("10ffffffffffffffffff01");
    expect(hex(text(2, "testing"))).toBe("120774657374696e67");
    expect(hex(float(3, 1.5))).toBe("1d0000c03f");
  });
});
