// Convolutional layers: how they are called, their shapes and weights, and what they refuse.

import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import { Tensor, tensor } from "../../tensor.ts";
import { zeros } from "../../tensorFunctions.ts";
import type { Layer } from "../layer.ts";
import { layers } from "../layers.ts";

const random = new Random(1);
const context = { training: true, random };

const weightsOf = (layer: Layer) => layer.weights.map(({ name, shape }) => [name, shape]);

function built<Made extends Layer>(layer: Made, inputShape: readonly number[]): Made {
  layer.build(inputShape, random);
  return layer;
}

describe("calling them", () => {
  it("takes filters and window first, or as options", () => {
    const first = layers.conv2d(16, 3, { padding: "same", activation: "relu" });
    const named = layers.conv2d({ filters: 16, kernelSize: [3, 3], padding: "same", activation: "relu" });
    for (const layer of [first, named])
      expect(layer).toMatchObject({
        type: "conv2d",
        filters: 16,
        kernelSize: [3, 3],
        strides: [1, 1],
        dilationRate: [1, 1],
        padding: "same",
        activation: "relu",
      });
    expect(layers.conv1d({ filters: 4, kernelSize: 3 })).toMatchObject({ type: "conv1d", kernelSize: [3] });
    expect(layers.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2 })).toMatchObject({ strides: [2, 2] });
    expect(layers.separableConv2d({ filters: 4, kernelSize: 3 })).toMatchObject({ filters: 4, depthMultiplier: 1 });
    for (const layer of [layers.depthwiseConv2d([3, 2]), layers.depthwiseConv2d({ kernelSize: [3, 2] })])
      expect(layer).toMatchObject({ type: "depthwiseConv2d", kernelSize: [3, 2] });
  });

  it.each([
    ["Conv2D", "conv2d"],
    ["convolution2d", "conv2d"],
    ["ConvTranspose2d", "conv2dTranspose"],
    ["Conv2DTranspose", "conv2dTranspose"],
    ["SeparableConv2D", "separableConv2d"],
  ])("knows %s of other libraries", (theirs, ours) => {
    expect(() => (layers as unknown as Record<string, unknown>)[theirs]).toThrow(`Did you mean "${ours}"?`);
  });

  it("refuses what cannot be, with the call as it should be", () => {
    expect(() => layers.conv2d(16)).toThrow(
      "layers.conv2d: expected kernelSize as a whole number or two: [rows, columns], got undefined. layers.conv2d(16, 3) has 16 filters of 3 × 3.",
    );
    expect(() => layers.conv2d(0, 3)).toThrow("layers.conv2d: expected filters as a whole number, 1 or more, got 0.");
    expect(() => layers.conv2d(8, [3, 2.5])).toThrow("expected kernelSize as a whole number, 1 or more, got 2.5.");
    expect(() => layers.conv2d(8, 3, { strides: 0 })).toThrow("expected strides as a whole number, 1 or more, got 0.");
    expect(() => layers.conv2d(8, 3, { padding: -1 })).toThrow(
      "expected padding as a whole number, 0 or more, got -1.",
    );
    expect(() => layers.conv2d(8, 3, { padding: "sam" as "same" })).toThrow(
      'Unknown padding of layers.conv2d "sam". Did you mean "same"? Known: valid, same.',
    );
    expect(() => layers.conv2d(8, 3, { padding: "causal" as "same" })).toThrow("Known: valid, same.");
    expect(() => layers.conv2dTranspose(8, 3, { padding: 1 as unknown as "same" })).toThrow(
      'layers.conv2dTranspose: expected padding as "valid" or "same", got 1.',
    );
    expect(() => layers.conv2d(8, 3, { dilation: 2 } as object)).toThrow('Did you mean "dilationRate"?');
    expect(() => layers.conv2dTranspose(8, 3, { dilationRate: 2 } as object)).toThrow(
      'Unknown option of layers.conv2dTranspose "dilationRate".',
    );
    expect(() => layers.depthwiseConv2d(3, { depthMultiplier: 0 })).toThrow("expected depthMultiplier");
    expect(() => layers.conv2d(8, 3, { activation: "rellu" })).toThrow('Did you mean "relu"?');
  });
});

describe("shapes and weights", () => {
  it("are known without data", () => {
    expect(layers.conv2d(16, [3, 5]).plan([10, 12, 3])).toEqual({
      outputShape: [8, 8, 16],
      parameterCount: 3 * 5 * 3 * 16 + 16,
    });
    const cases: readonly (readonly [Layer, readonly number[], readonly number[]])[] = [
      [layers.conv2d(2, 3, { padding: "same", strides: 2 }), [7, 8, 1], [4, 4, 2]],
      [layers.conv2d(2, 3, { padding: [1, 0] }), [7, 8, 1], [7, 6, 2]],
      [layers.conv2d(2, 3, { dilationRate: 2, strides: 3 }), [11, 5, 1], [3, 1, 2]],
      [layers.conv1d(2, 3, { padding: "causal", strides: 2, dilationRate: 4 }), [9, 1], [5, 2]],
      [layers.conv1d(2, 3, { padding: 1 }), [9, 1], [9, 2]],
      [layers.depthwiseConv2d(3, { depthMultiplier: 3 }), [5, 5, 2], [3, 3, 6]],
      [layers.separableConv2d(7, 3, { padding: "same" }), [5, 4, 2], [5, 4, 7]],
      [layers.conv2dTranspose(4, 3, { strides: 2 }), [3, 4, 2], [7, 9, 4]],
      [layers.conv2dTranspose(4, 2, { strides: 3 }), [3, 4, 2], [9, 12, 4]],
      [layers.conv2dTranspose(4, 3, { strides: 2, padding: "same" }), [3, 4, 2], [6, 8, 4]],
    ];
    for (const [layer, inputShape, outputShape] of cases) {
      expect(built(layer, inputShape).outputShape, `${layer.type} of ${inputShape}`).toEqual(outputShape);
      expect(layer.call(zeros([2, ...inputShape]), context).shape).toEqual([2, ...outputShape]);
    }
  });

  it("are named as in Keras", () => {
    expect(weightsOf(built(layers.conv1d(4, 3), [9, 2]))).toEqual([
      ["kernel", [3, 2, 4]],
      ["bias", [4]],
    ]);
    expect(weightsOf(built(layers.conv2d(4, 3, { useBias: false }), [9, 9, 2]))).toEqual([["kernel", [3, 3, 2, 4]]]);
    expect(weightsOf(built(layers.conv2d(4, 3, { activation: "prelu" }), [9, 9, 2])).at(-1)).toEqual(["alpha", [4]]);
    expect(weightsOf(built(layers.depthwiseConv2d(3, { depthMultiplier: 2 }), [9, 9, 5]))).toEqual([
      ["depthwiseKernel", [3, 3, 5, 2]],
      ["bias", [10]],
    ]);
    expect(weightsOf(built(layers.separableConv2d(4, 3), [9, 9, 2]))).toEqual([
      ["depthwiseKernel", [3, 3, 2, 1]],
      ["pointwiseKernel", [1, 1, 2, 4]],
      ["bias", [4]],
    ]);
    expect(weightsOf(built(layers.conv2dTranspose(4, 3), [9, 9, 2]))).toEqual([
      ["kernel", [3, 3, 4, 2]],
      ["bias", [4]],
    ]);
  });

  it("start as their initializers say", () => {
    const layer = built(
      layers.separableConv2d(2, 2, {
        depthwiseInitializer: "ones",
        pointwiseInitializer: "ones",
        biasInitializer: "ones",
      }),
      [2, 2, 3],
    );
    expect(layer.call(tensor(new Array(12).fill(1), { shape: [1, 2, 2, 3] }), context).toArray()).toEqual([
      [[[13, 13]]],
    ]);
  });
});

describe("what they compute", () => {
  it("a causal convolution sees nothing of what comes later", () => {
    const layer = built(layers.conv1d(1, 2, { padding: "causal", kernelInitializer: "ones" }), [4, 1]);
    const y = layer.call(tensor([[[1], [10], [100], [1000]]]), context);
    expect(y.toArray()).toEqual([[[1], [11], [110], [1100]]]);
  });

  it("a transposed convolution spreads each pixel over its window", () => {
    const layer = built(layers.conv2dTranspose(1, 2, { strides: 2, kernelInitializer: "ones" }), [1, 2, 1]);
    const y = layer.call(tensor([[[[1], [2]]]]), context).reshape([2, 4]);
    expect(y.toArray()).toEqual([
      [1, 1, 2, 2],
      [1, 1, 2, 2],
    ]);
  });

  it("takes pictures of another size than it was built for", () => {
    const layer = built(layers.conv2d(2, 3), [8, 8, 1]);
    expect(layer.call(zeros([1, 5, 6, 1]), context).shape).toEqual([1, 3, 4, 2]);
  });

  it("reports values before and after the activation", () => {
    const layer = built(layers.conv2d(1, 1, { activation: "relu", kernelInitializer: "ones" }), [1, 1, 1]);
    const seen: unknown[] = [];
    layer.call(new Tensor([1, 1, 1, 1], new Float32Array([-2])), {
      ...context,
      observe: (from, { preActivation, output }) => seen.push(from, preActivation?.item(), output.item()),
    });
    expect(seen).toEqual([layer, -2, 0]);
  });
});

describe("inputs that do not fit", () => {
  it("say which axes are expected, and how to get there", () => {
    expect(() => layers.conv2d(8, 3).plan([64])).toThrow(
      "conv2d: expected input [batch, height, width, channels], got [batch, 64]. As grey pictures: layers.reshape([8, 8, 1]) before it, or x.reshape([-1, 8, 8, 1]).",
    );
    expect(() => layers.conv2d(8, 3, { name: "edges" }).plan([8, 6])).toThrow(
      "edges: expected input [batch, height, width, channels], got [batch, 8, 6]. Give the channels an axis of their own, 1 for grey pictures: layers.reshape([8, 6, 1]) before it, or x.reshape([-1, 8, 6, 1]).",
    );
    expect(() => layers.conv2d(8, 3).plan([10])).toThrow("x.reshape([-1, height, width, channels])");
    expect(() => layers.conv1d(8, 3).plan([8, 6, 1])).toThrow(
      "conv1d: expected input [batch, steps, channels], got [batch, 8, 6, 1]. For pictures there is the form that ends in 2d.",
    );
    expect(() => layers.conv1d(8, 3).plan([12])).toThrow("x.reshape([-1, 12, 1])");
  });

  it("say what the window spans", () => {
    expect(() => layers.conv2d(8, [3, 5], { dilationRate: 2 }).plan([5, 8, 1])).toThrow(
      "conv2d: expected input of at least 5 rows and 9 columns, which the window spans, got [batch, 5, 8, 1]. Make the window smaller",
    );
    expect(() => layers.conv1d(8, 5).plan([4, 1])).toThrow(
      "at least 5 steps, which the window spans, got [batch, 4, 1]",
    );
  });

  it("are refused when their channels differ", () => {
    const layer = built(layers.conv2d(2, 3), [8, 8, 3]);
    expect(() => layer.call(zeros([4, 8, 8, 1]), context)).toThrow(
      "conv2d: expected input [batch, height, width, 3], got [4, 8, 8, 1]. Channels are the last axis.",
    );
    expect(() => layer.call(zeros([8, 8, 3]), context)).toThrow("got [8, 8, 3]");
    expect(() => layers.conv2d(2, 3).call(zeros([4, 8, 8, 1]), context)).toThrow("a layer that was built");
  });
});
