// Attention: shapes, weights, what it may see, and what it refuses.

import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import type { Shape } from "../../shape.ts";
import { Tensor } from "../../tensor.ts";
import { concat, zeros } from "../../tensorFunctions.ts";
import type { ObservedValues } from "../callContext.ts";
import type { Layer } from "../layer.ts";
import { layers } from "../layers.ts";
import type { ObservedAttentionValues } from "./multiHeadAttention.ts";

const random = new Random(1);
const context = { training: true, random };

function randomTensor(shape: Shape, seed = 2): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(shape, new Random(seed).uniformFloats(size, -1, 1));
}

function make(options: Partial<Parameters<typeof layers.multiHeadAttention>[1]> = {}, shape: Shape = [4, 6]) {
  const layer = layers.multiHeadAttention(2, { keyDim: 3, ...options });
  layer.build(shape, random);
  return layer;
}

describe("multiHeadAttention", () => {
  it("keeps the shape of what it is given", () => {
    const layer = make({ valueDim: 5 });
    expect([layer.outputShape, layer.type]).toEqual([[4, 6], "multiHeadAttention"]);
    expect(layer.call(randomTensor([3, 4, 6]), context).shape).toEqual([3, 4, 6]);
    expect(layer.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ["queryKernel", [6, 6]],
      ["queryBias", [6]],
      ["keyKernel", [6, 6]],
      ["keyBias", [6]],
      ["valueKernel", [6, 10]],
      ["valueBias", [10]],
      ["outputKernel", [10, 6]],
      ["outputBias", [6]],
    ]);
    expect(make({ useBias: false }).weights).toHaveLength(4);
    expect(layers.multiHeadAttention({ numHeads: 2, keyDim: 3, valueDim: 5 }).plan([4, 6])).toEqual({
      outputShape: [4, 6],
      parameterCount: layer.parameterCount,
    });
  });

  it("shares out all of its attention", () => {
    const { attention } = make().attend(randomTensor([3, 4, 6]), randomTensor([3, 7, 6]));
    expect(attention.shape).toEqual([3, 2, 4, 7]);
    for (const total of attention.sum(-1).data) expect(total).toBeCloseTo(1, 5);
  });

  it("takes the mean of the values where all keys fit alike", () => {
    const layer = make({ useBias: false }, [4, 6]);
    const identity = new Float32Array(36).map((_, at) => (at % 7 === 0 ? 1 : 0));
    for (const weight of layer.weights) weight.data.set(weight.name === "keyKernel" ? new Float32Array(36) : identity);
    const x = randomTensor([1, 4, 6]);
    const wanted = x.mean(1).flatten();
    const first = layer.call(x, context).slice(0, 1, 1).flatten();
    first.data.forEach((value, at) => {
      expect(value).toBeCloseTo(wanted.data[at] ?? Number.NaN, 6);
    });
  });

  it("when causal does not let a step see later ones, whatever they hold", () => {
    const layer = make({ causal: true });
    const x = randomTensor([2, 4, 6]);
    const changed = concat([x.slice(0, 2, 1), randomTensor([2, 2, 6], 9).mul(50)], 1);
    const start = (input: Tensor) => layer.call(input, context).slice(0, 2, 1).toArray();
    expect(start(changed)).toEqual(start(x));
    const { attention } = layer.attend(x, x);
    for (let query = 0; query < 4; query++)
      expect(
        attention
          .slice(query, query + 1, 2)
          .slice(query + 1, 4, 3)
          .data.every((share) => share === 0),
      ).toBe(true);
    expect(layer.attend(x, x.slice(0, 3, 1)).attention.shape).toEqual([2, 2, 4, 3]);
  });

  it("looks at another sequence, of other features too", () => {
    const layer = layers.multiHeadAttention(2, { keyDim: 3 });
    layer.buildAll(
      [
        [4, 6],
        [7, 5],
      ],
      random,
    );
    expect([layer.outputShape, layer.weights[2]?.shape]).toEqual([
      [4, 6],
      [5, 6],
    ]);
    const [query, memory] = [randomTensor([2, 4, 6]), randomTensor([2, 7, 5])];
    const called = layer.callAll([query, memory], context);
    expect(called.toArray()).toEqual(layer.attend(query, memory).output.toArray());
    expect(layer.callAll([query, memory, memory], context).toArray()).toEqual(called.toArray());
  });

  it("reports its shares", () => {
    let seen: ObservedValues | undefined;
    const observe = (_: Layer, values: ObservedValues) => {
      seen = values;
    };
    const output = make().call(randomTensor([1, 4, 6]), { ...context, observe });
    expect(seen).toMatchObject({ preActivation: null, output });
    expect((seen as ObservedAttentionValues).attention.shape).toEqual([1, 2, 4, 4]);
  });

  it("refuses what does not fit, and says what to do", () => {
    expect(() => layers.multiHeadAttention(2, { keyDim: 3 }).plan([6])).toThrow(
      "multiHeadAttention: expected input [batch, steps, features], got [batch, 6]. Attention looks from step to step",
    );
    expect(() => make().call(zeros([2, 4, 5]), context)).toThrow(
      "multiHeadAttention: expected query [batch, steps, 6], got [2, 4, 5]. Give 6 features per step.",
    );
    expect(() => make().attend(zeros([2, 4, 6]), zeros([3, 4, 6]))).toThrow(
      "expected query, value and key of one batch, got [2, 4, 6], [3, 4, 6], [3, 4, 6]",
    );
    expect(() => make().attend(zeros([2, 4, 6]), zeros([2, 4, 6]), zeros([2, 3, 6]))).toThrow(
      "expected keys of as many steps as the values, [2, 4, 6], got [2, 3, 6]",
    );
    expect(() =>
      layers.multiHeadAttention(2, { keyDim: 3 }).planAll([
        [4, 6],
        [4, 6],
        [3, 6],
      ]),
    ).toThrow("expected keys of as many steps as the values, [batch, 4, 6], got [batch, 3, 6]");
    expect(() => layers.multiHeadAttention(2, { keyDim: 3 }).planAll(new Array(4).fill([4, 6]))).toThrow(
      "expected one to three inputs: query, value, key, got 4",
    );
    expect(() => layers.multiHeadAttention(2, { keyDim: 3 }).attend(zeros([2, 4, 6]), zeros([2, 4, 6]))).toThrow(
      "expected a layer that was built",
    );
    expect(() => layers.multiHeadAttention(2)).toThrow("layers.multiHeadAttention(2, { keyDim: 8 })");
    expect(() => layers.multiHeadAttention({ numHeads: 0, keyDim: 3 })).toThrow("expected numHeads as a whole number");
    expect(() => layers.multiHeadAttention({ numHeads: 2, keyDims: 3 } as never)).toThrow('Did you mean "keyDim"?');
  });
});
