// Recurrent layers: shapes, weights, directions, states, what they report, and what they refuse.

import { describe, expect, it } from "vitest";
import { sequential } from "../../index.ts";
import { Random } from "../../random.ts";
import type { Shape } from "../../shape.ts";
import { Tensor, tensor } from "../../tensor.ts";
import { concat, ones, zeros } from "../../tensorFunctions.ts";
import type { ObservedValues } from "../callContext.ts";
import type { Layer } from "../layer.ts";
import { layers } from "../layers.ts";
import type { ObservedRecurrentValues, Recurrent } from "./recurrent.ts";

const random = new Random(1);
const context = { training: true, random };

function randomTensor(shape: Shape, seed = 2): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(shape, new Random(seed).uniformFloats(size, -1, 1));
}

function built<Made extends Layer>(layer: Made, shape: Shape = [4, 3]): Made {
  layer.build(shape, random);
  return layer;
}

const shapesOf = (layer: Layer) => layer.weights.map(({ name, shape }) => [name, shape]);

const kinds: Readonly<Record<string, (options?: { returnSequences?: boolean; goBackwards?: boolean }) => Recurrent>> = {
  simpleRnn: (options) => layers.simpleRnn(5, options),
  lstm: (options) => layers.lstm(5, options),
  gru: (options) => layers.gru(5, options),
};

const gateNames: Readonly<Record<string, readonly string[]>> = {
  simpleRnn: ["hidden"],
  lstm: ["input", "forget", "candidate", "output"],
  gru: ["update", "reset", "candidate"],
};

describe.each(Object.entries(kinds))("%s", (type, make) => {
  it("gives the last state, or with returnSequences all of them", () => {
    const [last, all] = [built(make()), built(make({ returnSequences: true }))];
    expect([last.type, last.outputShape, all.outputShape]).toEqual([type, [5], [4, 5]]);
    const x = randomTensor([2, 4, 3]);
    const sequence = all.call(x, context);
    expect(sequence.shape).toEqual([2, 4, 5]);
    expect(last.call(x, context).toArray()).toEqual(sequence.slice(3, 4, 1).reshape([2, 5]).toArray());
  });

  it("counts its weights before it has any", () => {
    const { parameterCount, outputShape } = make().plan([4, 3]);
    expect([parameterCount, outputShape]).toEqual([built(make()).parameterCount, [5]]);
  });

  it("read backwards is the same as read forwards in a turned sequence", () => {
    const x = randomTensor([2, 4, 3]);
    const turned = concat(
      [3, 2, 1, 0].map((step) => x.slice(step, step + 1, 1), 1),
      1,
    );
    const [forward, backward] = [built(make()), built(make({ goBackwards: true }))];
    expect(backward.run(x).sequence.toArray()).toEqual(forward.run(turned).sequence.toArray());
  });

  it("goes on from a state as if the sequence had not been cut", () => {
    const layer = built(make());
    const x = randomTensor([2, 4, 3]);
    const first = layer.run(x.slice(0, 2, 1));
    const { lastHidden: hidden, lastCell: cell } = first;
    const second = layer.run(x.slice(2, 4, 1), { initialState: { hidden, ...(cell && { cell }) } });
    expect(concat([first.sequence, second.sequence], 1).toArray()).toEqual(layer.run(x).sequence.toArray());
    const states = [hidden, ...(cell ? [cell] : [])];
    expect(layer.callAll([x.slice(2, 4, 1), ...states], context).toArray()).toEqual(second.lastHidden.toArray());
  });

  it("runs and differentiates 2,000 steps", () => {
    const layer = built(make(), [2000, 3]);
    layer
      .call(randomTensor([1, 2000, 3]), context)
      .sum()
      .backward();
    expect(layer.weights.map(({ grad }) => grad?.shape)).toEqual(layer.weights.map(({ shape }) => shape));
  });

  it("reads sequences of another length than it was built with", () => {
    expect(built(make()).call(zeros([2, 9, 3]), context).shape).toEqual([2, 5]);
  });

  it("reports its gates while training", () => {
    const seen: ObservedValues[] = [];
    const layer = built(make({ returnSequences: true }));
    const observe = (_: Layer, values: ObservedValues) => void seen.push(values);
    const output = layer.call(zeros([2, 4, 3]), { ...context, observe });
    layer.call(zeros([2, 4, 3]), { training: false, random, observe });
    const [training, inference] = seen as ObservedRecurrentValues[];
    expect(training?.output).toBe(output);
    expect(training?.gates.map(({ name }) => name)).toEqual(gateNames[type]);
    for (const gate of training?.gates ?? [])
      expect(gate.preActivations.map(({ shape }) => shape)).toEqual(new Array(4).fill([2, 5]));
    expect(inference?.gates).toEqual([]);
  });

  it("refuses what is not a sequence, and says what to do", () => {
    expect(() => make().plan([3])).toThrow(
      `${type}: expected input [batch, steps, features], got [batch, 3]. Numbers one after another are steps of one feature: x.reshape([-1, 3, 1]). A recurrent layer in front needs returnSequences: true.`,
    );
    expect(() => make().plan([4, 3, 2])).toThrow("Join the axes of each step: x.reshape([-1, 4, 6]).");
    expect(() => make().plan([0, 3])).toThrow("expected input with at least one step and one feature");
    expect(() => built(make()).call(zeros([2, 3]), context)).toThrow("[batch, steps, features], got [batch, 3]");
    expect(() => built(make()).call(zeros([2, 4, 7]), context)).toThrow(
      `${type}: expected input [batch, steps, 3], got [2, 4, 7]. Give 3 features per step.`,
    );
    expect(() => make().run(zeros([2, 4, 3]))).toThrow("expected a layer that was built");
  });

  it("refuses states that do not fit", () => {
    const layer = built(make());
    const x = zeros([2, 4, 3]);
    expect(() => layer.run(x, { initialState: { hidden: zeros([1, 5]) } })).toThrow(
      `${type}: expected initialState.hidden [2, 5], got [1, 5]. One row of units for each example.`,
    );
    expect(() => layer.run(x, { initialState: zeros([2, 5]) as never })).toThrow(
      "got a Tensor. For example { hidden: x }",
    );
    expect(() => layer.run(x, { initialState: { hiden: x } as never })).toThrow('Did you mean "hidden"?');
    expect(() => make().planAll([[4, 3], [6]])).toThrow(`${type}: expected a state [batch, 5], got [batch, 6]`);
    expect(() => make().planAll([[4, 3], [5], [5], [5]])).toThrow("expected at most a sequence");
  });
});

describe("weights", () => {
  it("are laid out and named as in Keras", () => {
    expect(shapesOf(built(layers.simpleRnn({ units: 2 })))).toEqual([
      ["kernel", [3, 2]],
      ["recurrentKernel", [2, 2]],
      ["bias", [2]],
    ]);
    expect(shapesOf(built(layers.lstm({ units: 2 })))).toEqual([
      ["kernel", [3, 8]],
      ["recurrentKernel", [2, 8]],
      ["bias", [8]],
    ]);
    expect(shapesOf(built(layers.gru({ units: 2 }))).at(-1)).toEqual(["bias", [2, 6]]);
    expect(shapesOf(built(layers.gru(2, { resetAfter: false }))).at(-1)).toEqual(["bias", [6]]);
    expect(shapesOf(built(layers.gru(2, { useBias: false })))).toHaveLength(2);
  });

  it("start with an open forget gate, unless told otherwise", () => {
    const bias = (options = {}) => built(layers.lstm(2, options)).weights[2]?.toArray();
    expect(bias()).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(bias({ unitForgetBias: false })).toEqual(new Array(8).fill(0));
    expect(bias({ biasInitializer: "ones", unitForgetBias: false })).toEqual(new Array(8).fill(1));
  });

  it("of the state start orthogonal", () => {
    const recurrentKernel = built(layers.gru(3)).weights[1] ?? expect.fail("no recurrent kernel");
    const gram = recurrentKernel.matmul(recurrentKernel.transpose());
    gram.data.forEach((value, at) => {
      expect(value).toBeCloseTo(at % 4 === 0 ? 1 : 0, 5);
    });
    expect(built(layers.gru(2, { recurrentInitializer: "zeros" })).weights[1]?.toArray()).toEqual([
      new Array(6).fill(0),
      new Array(6).fill(0),
    ]);
  });
});

describe("activations", () => {
  it("are those that were asked for", () => {
    const layer = built(layers.simpleRnn(1, { activation: "linear", useBias: false }), [3, 1]);
    for (const weight of layer.weights) weight.data.fill(2);
    // h = 2x + 2h: 2, 6, 14.
    expect(layer.run(ones([1, 3, 1])).sequence.toArray()).toEqual([[[2], [6], [14]]]);
    expect(layers.lstm(2, { activation: "relu", recurrentActivation: "hard_sigmoid" })).toMatchObject({
      activation: "relu",
      recurrentActivation: "hardSigmoid",
    });
    const leaky = built(layers.simpleRnn(1, { activation: "leakyRelu", alpha: 0.5, useBias: false }), [1, 1]);
    leaky.weights[0]?.data.fill(1);
    expect(leaky.call(tensor([[[-2]]]), context).item()).toBe(-1);
  });

  it("of a simpleRnn are reported in the output's shape, so that a loss can be computed from them", () => {
    for (const returnSequences of [true, false]) {
      const layer = built(layers.simpleRnn(2, { activation: "sigmoid", returnSequences }));
      let seen: ObservedValues | undefined;
      const observe = (_: Layer, values: ObservedValues) => {
        seen = values;
      };
      const output = layer.call(randomTensor([2, 4, 3]), { ...context, observe });
      expect(seen?.preActivation?.sigmoid().toArray()).toEqual(output.toArray());
    }
  });

  it("that are no function of single numbers, or learn, are refused", () => {
    expect(() => layers.lstm(2, { recurrentActivation: "softmax" })).toThrow(
      'layers.lstm: expected an activation that acts on each number by itself and learns nothing, got "softmax"',
    );
    expect(() => layers.gru(2, { activation: "prelu" })).toThrow('Take "leakyRelu".');
    expect(() => layers.simpleRnn(2, { activation: "tahn" })).toThrow('Did you mean "tanh"?');
  });
});

describe("options", () => {
  it("that are not known are refused with the nearest right one", () => {
    expect(() => layers.lstm(2, { returnSequence: true } as never)).toThrow('Did you mean "returnSequences"?');
    expect(() => layers.gru(2, { unitForgetBias: true } as never)).toThrow("Unknown option of layers.gru");
    expect(() => layers.simpleRnn(0)).toThrow("layers.simpleRnn: expected units as a whole number, 1 or more, got 0");
    expect(() => layers.lstm({} as never)).toThrow("layers.lstm: expected units as a whole number, 1 or more");
  });
});

describe("bidirectional", () => {
  const make = (options: { mergeMode?: string } = {}, returnSequences = false) =>
    built(layers.bidirectional(layers.lstm(5, { returnSequences }), options));

  it("has weights of its own for each direction", () => {
    const layer = make();
    expect(layer.weights.map(({ name }) => name)).toEqual([
      "forwardKernel",
      "forwardRecurrentKernel",
      "forwardBias",
      "backwardKernel",
      "backwardRecurrentKernel",
      "backwardBias",
    ]);
    expect(layer.weights[0]?.toArray()).not.toEqual(layer.weights[3]?.toArray());
    expect(layer.parameterCount).toBe(2 * built(layers.lstm(5)).parameterCount);
  });

  it("puts the directions together as asked", () => {
    const x = randomTensor([2, 4, 3]);
    const { forward, backward } = make().run(x);
    const [a, b] = [forward.lastHidden, backward.lastHidden];
    const wanted = { concat: concat([a, b], 1), sum: a.add(b), mul: a.mul(b), ave: a.add(b).mul(0.5) };
    for (const [mergeMode, value] of Object.entries(wanted)) {
      const layer = make({ mergeMode });
      expect(layer.outputShape).toEqual(mergeMode === "concat" ? [10] : [5]);
      expect(layer.call(x, context).toArray()).toEqual(value.toArray());
    }
  });

  it("brings both directions to the same step", () => {
    const layer = make({}, true);
    const x = randomTensor([1, 4, 3]);
    const all = layer.call(x, context);
    expect(all.shape).toEqual([1, 4, 10]);
    const { sequence, backward } = layer.run(x);
    expect(sequence.toArray()).toEqual(all.toArray());
    // The backward layer ends at the first step.
    expect(all.slice(0, 1, 1).slice(5, 10, 2).flatten().toArray()).toEqual(backward.lastHidden.flatten().toArray());
  });

  it("starts each direction where it is told", () => {
    const hidden = randomTensor([2, 5]);
    const layer = make();
    const x = randomTensor([2, 4, 3]);
    const [plain, started] = [layer.run(x), layer.run(x, { initialState: { backward: { hidden } } })];
    expect(started.forward.lastHidden.toArray()).toEqual(plain.forward.lastHidden.toArray());
    expect(started.backward.lastHidden.toArray()).not.toEqual(plain.backward.lastHidden.toArray());
  });

  it("takes over what the layer inside was told", () => {
    const inner = layers.gru(2, { inputShape: [4, 3], trainable: false });
    expect(layers.bidirectional(inner)).toMatchObject({ givenInputShape: [4, 3], trainable: false });
  });

  it("is copied with its model", () => {
    const made = [
      layers.bidirectional(layers.lstm(3, { returnSequences: true })),
      layers.multiHeadAttention(1, { keyDim: 2 }),
    ];
    const net = sequential([...made, layers.gru(2, { inputShape: [4, 6] })], { seed: 1 });
    const x = randomTensor([2, 4, 3]);
    const before = net.predict(x).toArray();
    const copy = net.clone();
    expect(copy.layers.map(({ type }) => type)).toEqual(["bidirectional", "multiHeadAttention", "gru"]);
    expect(copy.predict(x).toArray()).toEqual(before);
  });

  it("refuses layers that are not recurrent, and unknown ways to merge", () => {
    expect(() => layers.bidirectional(layers.dense(3) as never)).toThrow(
      "layers.bidirectional: expected a recurrent layer (simpleRnn, lstm, gru), got a dense layer. layers.bidirectional(layers.lstm(16))",
    );
    expect(() => layers.bidirectional("lstm" as never)).toThrow('got "lstm"');
    expect(() => make({ mergeMode: "concta" })).toThrow(
      'Unknown mergeMode "concta". Did you mean "concat"? Known: concat, sum, mul, ave.',
    );
    expect(() => make({ mergeMode: 3 as never })).toThrow('Unknown mergeMode "3"');
    expect(layers.bidirectional(layers.gru(1), { mergeMode: "average" }).mergeMode).toBe("ave");
  });
});
