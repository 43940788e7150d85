// The gradients of convolution and pooling layers against finite differences, over random shapes, strides, gaps and paddings.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Layer, layers, Random, type Shape, Tensor, type WindowSize } from "../../src/engine/index.ts";
import { convolutionOps, depthwiseConvolutionOps } from "../../src/engine/ops/convolution.ts";
import { runOp } from "../../src/engine/tensor.ts";
import { expectGradients, expectSecondGradients } from "../support/finiteDifferences.ts";

const context = { training: true, random: new Random(1) };
const oddSize = fc.constantFrom(1, 3, 5, 7, 9, 17);
const small = fc.integer({ min: 1, max: 3 });
const sizePair = fc.tuple(small, small);
// The same draws every time: differences are exact to a tolerance only, and no run may depend on luck.
const runs = { numRuns: 25, seed: 2026 };

/** Random numbers, all different by more than a difference's step, so that the largest stays the largest. */
function spreadTensor(shape: Shape, random: Random): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from(random.permutation(size), (place) => (place - size / 2) * 0.0625);
  return new Tensor(shape, data);
}

/** The layer's gradients of its input and of each of its weights, which start at random. */
function expectLayerGradients(layer: Layer, sample: Shape, seed: number): void {
  const random = new Random(seed);
  layer.build(sample, random);
  for (const weight of layer.weights) weight.assign(new Tensor(weight.shape, random.uniformFloats(weight.size, -1, 1)));
  const shape = [2, ...sample];
  const size = shape.reduce((product, length) => product * length, 1);
  const x =
    layer.weights.length === 0 ? spreadTensor(shape, random) : new Tensor(shape, random.uniformFloats(size, -1, 1));
  expectGradients((input) => layer.call(input, context), [x], random, 4e-3);
  const outputGrad = new Tensor(
    [2, ...(layer.outputShape ?? [])],
    layer.call(x, context).data.map(() => random.uniform(-1, 1)),
  );
  const loss = () => layer.call(x, context).mul(outputGrad).sum();
  for (const weight of layer.weights) weight.zeroGrad();
  if (layer.weights.length > 0) loss().backward();
  const step = 2 ** -7;
  for (const weight of layer.weights)
    for (const [at, value] of [...weight.data].entries()) {
      weight.data[at] = value + step;
      const above = loss().item();
      weight.data[at] = value - step;
      const wanted = (above - loss().item()) / (2 * step);
      weight.data[at] = value;
      const got = weight.grad?.data[at] ?? Number.NaN;
      expect(Math.abs(got - wanted), `${weight.name} ${at}: ${got}, differences say ${wanted}`).toBeLessThan(
        4e-3 * (1 + Math.abs(wanted)),
      );
    }
}

/** Checks drawn layers; draws whose window does not fit into the input are passed over. */
function expectAllGradients<Draw extends { readonly seed: number }>(
  draws: fc.Arbitrary<Draw>,
  layerOf: (draw: Draw) => Layer,
  sampleOf: (draw: Draw) => Shape,
): void {
  fc.assert(
    fc.property(draws, (draw) => {
      const layer = layerOf(draw);
      fc.pre(fits(layer, sampleOf(draw)));
      expectLayerGradients(layer, sampleOf(draw), draw.seed);
    }),
    runs,
  );
}

function fits(layer: Layer, sample: Shape): boolean {
  try {
    layer.plan(sample);
    return true;
  } catch {
    return false;
  }
}

const seed = fc.nat(1e6);
const paddings = fc.oneof(fc.constantFrom("valid" as const, "same" as const), fc.tuple(fc.nat(2), fc.nat(2)));
const smoothActivation = fc.constantFrom("linear", "tanh", "sigmoid");
const picture = fc.record({ height: oddSize, width: fc.constantFrom(1, 3, 5, 7), channels: small });
const sampleOf = ({
  picture: { height, width, channels },
}: {
  picture: { height: number; width: number; channels: number };
}) => [height, width, channels];
const window = { strides: sizePair, dilationRate: sizePair, padding: paddings };

describe("convolutions have the gradients that differences show", () => {
  it("conv1d", () => {
    const padding = fc.oneof(fc.constantFrom("valid" as const, "same" as const, "causal" as const), fc.nat(2));
    const draws = fc.record({
      seed,
      steps: oddSize,
      channels: small,
      filters: small,
      kernelSize: small,
      options: fc.record({ strides: small, dilationRate: small, padding, activation: smoothActivation }),
    });
    expectAllGradients(
      draws,
      ({ filters, kernelSize, options }) => layers.conv1d(filters, kernelSize, options),
      ({ steps, channels }) => [steps, channels],
    );
  });

  it("conv2d", () => {
    const options = fc.record({ ...window, useBias: fc.boolean(), activation: smoothActivation });
    expectAllGradients(
      fc.record({ seed, picture, filters: small, kernelSize: sizePair, options }),
      ({ filters, kernelSize, options }) => layers.conv2d(filters, kernelSize, options),
      sampleOf,
    );
  });

  it("depthwiseConv2d", () => {
    expectAllGradients(
      fc.record({ seed, picture, kernelSize: sizePair, options: fc.record({ ...window, depthMultiplier: small }) }),
      ({ kernelSize, options }) => layers.depthwiseConv2d(kernelSize, options),
      sampleOf,
    );
  });

  it("separableConv2d", () => {
    expectAllGradients(
      fc.record({
        seed,
        picture,
        filters: small,
        kernelSize: sizePair,
        options: fc.record({ ...window, depthMultiplier: small, activation: smoothActivation }),
      }),
      ({ filters, kernelSize, options }) => layers.separableConv2d(filters, kernelSize, options),
      sampleOf,
    );
  });

  it("conv2dTranspose", () => {
    const options = fc.record({ strides: sizePair, padding: fc.constantFrom("valid" as const, "same" as const) });
    const small7 = fc.record({ height: fc.constantFrom(1, 3, 5, 7), width: fc.constantFrom(1, 3, 5), channels: small });
    expectAllGradients(
      fc.record({ seed, picture: small7, filters: small, kernelSize: sizePair, options }),
      ({ filters, kernelSize, options }) => layers.conv2dTranspose(filters, kernelSize, options),
      sampleOf,
    );
  });
});

describe("pooling has the gradients that differences show", () => {
  type Options = { readonly strides: WindowSize; readonly padding: "valid" | "same" };
  const over2d: Record<string, (size: WindowSize, options: Options) => Layer> = {
    maxPooling2d: layers.maxPooling2d,
    averagePooling2d: layers.averagePooling2d,
    globalMaxPooling2d: () => layers.globalMaxPooling2d(),
    globalAveragePooling2d: () => layers.globalAveragePooling2d(),
  };
  const padding = fc.constantFrom("valid" as const, "same" as const);
  it.each(Object.entries(over2d))("%s", (_, layerOf) => {
    expectAllGradients(
      fc.record({ seed, picture, poolSize: sizePair, options: fc.record({ strides: sizePair, padding }) }),
      ({ poolSize, options }) => layerOf(poolSize, options),
      sampleOf,
    );
  });

  const over1d: Record<string, (size: number, options: { strides: number; padding: "valid" | "same" }) => Layer> = {
    maxPooling1d: layers.maxPooling1d,
    averagePooling1d: layers.averagePooling1d,
    globalMaxPooling1d: () => layers.globalMaxPooling1d(),
    globalAveragePooling1d: () => layers.globalAveragePooling1d(),
  };
  it.each(Object.entries(over1d))("%s", (_, layerOf) => {
    expectAllGradients(
      fc.record({
        seed,
        steps: oddSize,
        channels: small,
        poolSize: small,
        options: fc.record({ strides: small, padding }),
      }),
      ({ poolSize, options }) => layerOf(poolSize, options),
      ({ steps, channels }) => [steps, channels],
    );
  });
});

describe("second derivatives are those that differences of the first ones show", () => {
  const random = new Random(5);
  const randomTensor = (shape: Shape) =>
    new Tensor(
      shape,
      random.uniformFloats(
        shape.reduce((product, length) => product * length, 1),
        -1,
        1,
      ),
    );
  const windows = [
    { strides: [1, 1], dilation: [1, 1], padding: "valid" as const },
    { strides: [2, 1], dilation: [1, 2], padding: "same" as const },
  ];

  it.each(windows)("of convolutions and both their gradients, with strides $strides", (attributes) => {
    for (const { ops, kernelShape, channels } of [
      { ops: convolutionOps, kernelShape: [3, 2, 2, 3], channels: 3 },
      { ops: depthwiseConvolutionOps, kernelShape: [3, 2, 2, 2], channels: 4 },
    ]) {
      const [x, kernel] = [randomTensor([1, 5, 5, 2]), randomTensor(kernelShape)];
      const y = runOp(ops.convolution, [x, kernel], attributes);
      expect(y.shape.at(-1)).toBe(channels);
      // The squares make each product's own second derivatives count too.
      expectSecondGradients((a, k) => runOp(ops.convolution, [a, k], attributes).square(), [x, kernel], random);
      expectSecondGradients(
        (g, k) => runOp(ops.inputGradient, [g, k], { ...attributes, shape: x.shape }).square(),
        [y, kernel],
        random,
      );
      expectSecondGradients(
        (a, g) =>
          runOp(ops.kernelGradient, [a, g], { ...attributes, shape: kernel.shape })
            .square()
            .mul(0.1),
        [x, y],
        random,
      );
    }
  });

  it.each([
    ["max", layers.maxPooling2d([3, 2], { strides: [2, 1], padding: "same" }), [5, 5, 2]],
    ["mean", layers.averagePooling2d([3, 2], { strides: [2, 1], padding: "same" }), [5, 5, 2]],
    ["max over steps", layers.maxPooling1d(2), [7, 3]],
    ["mean over steps", layers.averagePooling1d(3, { strides: 1 }), [7, 3]],
    ["global max", layers.globalMaxPooling2d(), [3, 3, 2]],
  ] as const)("of pooling: %s", (_, layer, sample) => {
    layer.build(sample, random);
    const x = spreadTensor([2, ...sample], random);
    expectSecondGradients((input) => layer.call(input.mul(0.25), context).square(), [x], random);
  });

  it("the first of equal numbers gets the gradient, with a graph as without", () => {
    const layer = layers.maxPooling1d(3);
    layer.build([3, 1], random);
    const gradient = (createGraph: boolean) => {
      const x = new Tensor([1, 3, 1], new Float32Array([1, 2, 2]), { requiresGrad: true });
      layer.call(x, context).sum().backward(undefined, { createGraph });
      return [...(x.grad?.data ?? [])];
    };
    expect([gradient(false), gradient(true)]).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });
});
