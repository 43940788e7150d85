// Layers: options, shapes, weights, what they report.

import { afterEach, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import { Random } from "../random.ts";
import { tensor } from "../tensor.ts";
import { ones, zeros } from "../tensorFunctions.ts";
import { layers } from "./layers.ts";

const random = new Random(1);
const context = { training: true, random };

describe("dense", () => {
  it("takes units first or as an option", () => {
    expect(layers.dense({ units: 3, activation: "relu" })).toMatchObject({
      units: 3,
      activation: "relu",
      type: "dense",
    });
    expect(layers.dense(3).activation).toBe("linear");
  });

  it("makes its weights once, from seed and place alone", () => {
    const make = () => {
      const layer = layers.dense(3);
      layer.build([4], random);
      return layer;
    };
    const [a, b] = [make(), make()];
    expect(a.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ["kernel", [4, 3]],
      ["bias", [3]],
    ]);
    expect(a.weights[0]?.toArray()).toEqual(b.weights[0]?.toArray());
    expect([a.inputShape, a.outputShape, a.parameterCount, a.isBuilt]).toEqual([[4], [3], 15, true]);
    const kernel = a.weights[0];
    a.build([4], new Random(2));
    expect(a.weights[0]).toBe(kernel);
    expect(() => a.build([5], random)).toThrow(
      "dense: expected input [batch, 4], got [batch, 5]. A layer keeps the shape it was first used with",
    );
  });

  it("starts as its initializers say", () => {
    const layer = layers.dense(2, { kernelInitializer: "ones", biasInitializer: "zeros", useBias: true });
    layer.build([3], random);
    expect(layer.call(ones([1, 3]), context).toArray()).toEqual([[3, 3]]);
  });

  it("refuses features it was not built for", () => {
    const layer = layers.dense(2, { name: "head" });
    layer.build([4], random);
    expect(() => layer.call(zeros([32, 3]), context)).toThrow(
      "head: expected input [batch, 4], got [32, 3]. Give 4 features per example.",
    );
  });

  it("refuses a shape other than its inputShape", () => {
    expect(() => layers.dense(2, { inputShape: 4 }).build([3], random)).toThrow(
      "expected input [batch, 4], got [batch, 3]. Change inputShape",
    );
  });

  it("reports values before and after the activation", () => {
    const layer = layers.dense(1, { activation: "relu", kernelInitializer: "ones" });
    layer.build([1], random);
    const seen: unknown[] = [];
    layer.call(tensor([[-2]]), {
      ...context,
      observe: (from, { preActivation, output }) => seen.push(from, preActivation?.item(), output.item()),
    });
    expect(seen).toEqual([layer, -2, 0]);
  });

  it("wrong options are refused with the right ones", () => {
    expect(() => layers.dense(2, { activation: "sigmoyd" })).toThrow(
      'Unknown activation "sigmoyd". Did you mean "sigmoid"?',
    );
    expect(() => layers.dense(2, { activaton: "relu" } as object)).toThrow('Did you mean "activation"?');
    expect(() => layers.dense(2, { kernelInitializer: "heNorml" })).toThrow(
      'Unknown kernelInitializer "heNorml". Did you mean "heNormal"?',
    );
    expect(() => layers.dense(0)).toThrow("layers.dense: expected units as a whole number, 1 or more, got 0.");
    expect(() => layers.dense("8" as unknown as number)).toThrow('got "8"');
    expect(() => layers.dense(2, { activation: "relu", alpha: 1 })).toThrow(
      "alpha belongs to leakyRelu, prelu, elu, celu, hardShrink, softShrink, thresholdedRelu.",
    );
  });

  it("with prelu learns a slope for each unit", () => {
    const layer = layers.dense(3, { activation: "prelu" });
    layer.build([2], random);
    expect(layer.weights.map(({ name }) => name)).toEqual(["kernel", "bias", "alpha"]);
    layer
      .call(
        tensor([
          [-1, -1],
          [1, 1],
        ]),
        context,
      )
      .sum()
      .backward();
    expect(layer.weights.every((weight) => weight.grad !== null)).toBe(true);
  });
});

describe("other layers", () => {
  it("an activation layer applies its function to any shape", () => {
    const layer = layers.activation("leaky_relu", { alpha: 0.5 });
    layer.build([2, 1], random);
    expect(layer.call(tensor([[[-2], [2]]]), context).toArray()).toEqual([[[-1], [2]]]);
    expect([layer.activation, layer.activationAlpha, layer.outputShape]).toEqual(["leakyRelu", 0.5, [2, 1]]);
  });
});

describe("layers that are built by hand", () => {
  it.each([
    ["dense", () => layers.dense(3)],
    ["lstm", () => layers.lstm(3)],
    ["conv2d", () => layers.conv2d(3, 2)],
  ])("say what shape and randomness they want: %s", (name, make) => {
    const untyped = (value: unknown) => value as never;
    const shape = `${name}: expected a shape of whole numbers from 0 on, such as [2, 3], got`;
    expect(() => make().build(untyped(null), random)).toThrow(`${shape} null`);
    expect(() => make().plan(untyped("4"))).toThrow(`${shape} "4"`);
    expect(() => make().planAll(untyped(undefined))).toThrow(
      "expected the shapes of its inputs as a list, got undefined",
    );
    const fitting = name === "dense" ? [4] : name === "lstm" ? [5, 4] : [5, 5, 2];
    expect(() => make().build(fitting, untyped(1))).toThrow(
      `${name}: expected the randomness of its weights: new Random(1)`,
    );
  });
});

describe("places", () => {
  afterEach(() => setEngineHost({ findCallPlace: () => null }));

  it("a layer remembers the call that made it", () => {
    setEngineHost({ findCallPlace: () => ({ cellId: "cell:1", line: 2, column: 3 }) });
    expect(layers.dense(1).place).toEqual({ cellId: "cell:1", line: 2, column: 3 });
  });
});
