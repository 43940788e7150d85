// Wrong arguments of layers and of what joins them to models: each is refused by a typed error that says what was expected and got.

import { describe, expect, it } from "vitest";
import { input, layers, model, sequential } from "../index.ts";
import { isRefused, untyped } from "./refused.testing.ts";

describe("layers", () => {
  isRefused([
    ["null for options", () => layers.dense(3, untyped(null)), "layers.dense: expected options as an object"],
    [
      'useBias: "false"',
      () => layers.dense(3, { useBias: untyped("false") }),
      "layers.dense: expected useBias as true or false",
    ],
    [
      "trainable: 0",
      () => layers.dense(3, { trainable: untyped(0) }),
      "layers.dense: expected trainable as true or false",
    ],
    [
      "options behind options",
      () => untyped(layers).dense({ units: 3 }, { activation: "relu" }),
      "layers.dense: expected nothing behind an object of options, got an object. Put all options into one object.",
    ],
    ["input({ shape }, options)", () => untyped(input)({ shape: 3 }, { name: "x" }), "input: expected nothing behind"],
    ["a date for options", () => layers.dense(3, untyped(new Date(0))), "layers.dense: expected options as an object"],
    [
      "weights as a map",
      () => layers.custom({ weights: untyped(new Map()), forward: (x) => x }),
      "weights as an object",
    ],
    ["lstm(3, null)", () => layers.lstm(3, untyped(null)), "layers.lstm: expected options as an object"],
    [
      "residual([…], null)",
      () => layers.residual([layers.dense(1)], untyped(null)),
      "layers.residual: expected options as",
    ],
    [
      "bidirectional(…, null)",
      () => layers.bidirectional(layers.gru(1), untyped(null)),
      "layers.bidirectional: expected options",
    ],
    ["dropout(1n)", () => layers.dropout(untyped(1n)), "layers.dropout: expected a rate from 0 to below 1"],
    [
      "units said twice",
      () => layers.dense(3, untyped({ units: 4 })),
      "layers.dense: expected units once, got 3 and, among the options, 4",
    ],
    [
      "weights as a list",
      () => layers.custom({ weights: untyped([3]), forward: (x) => x }),
      "layers.custom: expected weights as an object",
    ],
    ["name: 3", () => layers.dense(3, { name: untyped(3) }), "layers.dense: expected name as a text, got 3"],
    ['name: ""', () => layers.dense(3, { name: "" }), 'layers.dense: expected name as a text, got ""'],
    ["returnSequences: 1", () => layers.lstm(3, { returnSequences: untyped(1) }), "returnSequences as true or false"],
    [
      "a window without end",
      () => sequential([layers.maxPooling1d(2 ** 40, { padding: "same", inputShape: [8, 3] })]),
      "expected a window of at most 1048576 places, got [1099511627776]",
    ],
    [
      "build of a graph for another shape",
      () => {
        const x = input(3);
        model({ inputs: x, outputs: layers.dense(2).apply(x) }).build(4);
      },
      "build: expected input [batch, 3], got [batch, 4]. The inputs of model({ inputs, outputs }) say it already",
    ],
    ["input(null)", () => input(untyped(null)), "input: expected a shape"],
    [
      "apply(undefined)",
      () => layers.dense(1).apply(untyped(undefined)),
      "dense: expected what input(…) or a layer's apply gave",
    ],
    [
      "apply(a, b)",
      () => untyped(layers.dense(1)).apply(input(2), input(2)),
      "dense: expected at most 1 argument, got 2, the next being a SymbolicTensor. Give several inputs as a list",
    ],
    ["apply([a, undefined])", () => layers.concat().apply(untyped([input(2), undefined])), "got undefined"],
    [
      "inputShape: 0",
      () => layers.dense(1, { inputShape: 0 }),
      "expected the shape of an example of whole numbers from 1 on",
    ],
    [
      "input([3, 0])",
      () => input([3, 0]),
      "input: expected the shape of an example of whole numbers from 1 on, got [3, 0]",
    ],
    [
      "a layer in a model, with its place",
      () => sequential([layers.dense(4, { inputShape: 4 }), layers.conv2d(2, 3)]),
      "x.reshape([-1, 2, 2, 1]). conv2d_1 is layers[1] of the model.",
    ],
    [
      "a layer in a graph, with its place",
      () => {
        const shared = layers.dense(2);
        const [a, b] = [input(3), input(4)];
        return model({ inputs: [a, b], outputs: layers.add().apply([shared.apply(a), shared.apply(b)]) });
      },
      "dense_1 is layers[0] of the model.",
    ],
    [
      "a layer in a residual, with its place",
      () => sequential([layers.flatten({ inputShape: 4 }), layers.residual([layers.conv1d(2, 3)])]),
      "conv1d_1 is layers[1] of the model.",
    ],
  ]);

  it("a layer is frozen by true and false alone, and so is a model, all of it or nothing", () => {
    const net = sequential([layers.dense(2), layers.dense(1)]);
    expect(() => {
      untyped(net.layers[1]).trainable = "false";
    }).toThrow('dense_2: expected trainable as true or false, got "false".');
    expect(() => {
      untyped(net).trainable = 0;
    }).toThrow("model: expected trainable as true or false, got 0.");
    expect(net.layers.map(({ trainable }) => trainable)).toEqual([true, true]);
  });

  it("an input's name stands in its options or beside its shape", () => {
    const left = input(2, { name: "left" });
    const right = input({ shape: 2, name: "right" });
    const net = model({ inputs: [left, right], outputs: layers.add().apply([left, right]) });
    expect(net.predict({ left: [[1, 2]], right: [[3, 4]] }).toArray()).toEqual([[4, 6]]);
    expect(() => input(2, untyped({ nmae: "left" }))).toThrow('Did you mean "name"?');
  });
});
