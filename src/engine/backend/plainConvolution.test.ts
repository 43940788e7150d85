// Convolution and pooling routines against their definitions, over random shapes, strides, gaps and paddings.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConvolutionGeometry } from "./convolution.ts";
import { plainConvolution } from "./plainConvolution.ts";
import { plainPooling } from "./plainPooling.ts";

const oddSize = fc.constantFrom(1, 3, 5, 7, 9, 17);
const small = fc.integer({ min: 1, max: 3 });

const geometries = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    inputHeight: oddSize,
    inputWidth: oddSize,
    inputChannels: small,
    outputChannels: small,
    kernelHeight: small,
    kernelWidth: small,
    strideHeight: small,
    strideWidth: small,
    padTop: fc.nat(2),
    padLeft: fc.nat(2),
    dilationHeight: small,
    dilationWidth: small,
    rowsBelow: fc.nat(2),
    columnsRight: fc.nat(2),
  })
  .map(({ rowsBelow, columnsRight, ...geometry }) => ({
    ...geometry,
    outputHeight:
      1 +
      Math.floor(
        (geometry.inputHeight +
          geometry.padTop +
          rowsBelow -
          (geometry.kernelHeight - 1) * geometry.dilationHeight -
          1) /
          geometry.strideHeight,
      ),
    outputWidth:
      1 +
      Math.floor(
        (geometry.inputWidth +
          geometry.padLeft +
          columnsRight -
          (geometry.kernelWidth - 1) * geometry.dilationWidth -
          1) /
          geometry.strideWidth,
      ),
  }))
  .filter(({ outputHeight, outputWidth }) => outputHeight > 0 && outputWidth > 0);

const sizes = (g: ConvolutionGeometry) => ({
  input: g.batch * g.inputHeight * g.inputWidth * g.inputChannels,
  output: g.batch * g.outputHeight * g.outputWidth * g.outputChannels,
  kernel: g.kernelHeight * g.kernelWidth * g.inputChannels * g.outputChannels,
});

/** Whole numbers: sums of their products are exact, so results must be equal to the last bit. */
function wholeNumbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 24) - 128;
  });
}

interface Meeting {
  readonly input: number;
  readonly output: number;
  readonly tap: number;
}

/** Every pixel that an output pixel's window sees, by the definition: no ranges, no steps. */
function meetings(g: ConvolutionGeometry): Meeting[] {
  const found: Meeting[] = [];
  for (let b = 0; b < g.batch; b++)
    for (let y = 0; y < g.outputHeight; y++)
      for (let x = 0; x < g.outputWidth; x++)
        for (let r = 0; r < g.kernelHeight; r++)
          for (let c = 0; c < g.kernelWidth; c++) {
            const row = y * g.strideHeight - g.padTop + r * g.dilationHeight;
            const column = x * g.strideWidth - g.padLeft + c * g.dilationWidth;
            if (row < 0 || row >= g.inputHeight || column < 0 || column >= g.inputWidth) continue;
            found.push({
              input: (b * g.inputHeight + row) * g.inputWidth + column,
              output: (b * g.outputHeight + y) * g.outputWidth + x,
              tap: r * g.kernelWidth + c,
            });
          }
  return found;
}

/** Every product of a convolution: which input, kernel and output numbers it is of. */
function products(g: ConvolutionGeometry, isDepthwise: boolean): { x: number; k: number; y: number }[] {
  const multiplier = g.outputChannels / g.inputChannels;
  const found: { x: number; k: number; y: number }[] = [];
  for (const { input, output, tap } of meetings(g))
    for (let i = 0; i < g.inputChannels; i++)
      for (let o = 0; o < g.outputChannels; o++) {
        if (isDepthwise && Math.floor(o / multiplier) !== i) continue;
        found.push({
          x: input * g.inputChannels + i,
          k: isDepthwise ? tap * g.outputChannels + o : (tap * g.inputChannels + i) * g.outputChannels + o,
          y: output * g.outputChannels + o,
        });
      }
  return found;
}

const variants = [
  {
    name: "conv2d",
    isDepthwise: false,
    forward: plainConvolution.conv2d,
    inputGrad: plainConvolution.conv2dInputGrad,
    kernelGrad: plainConvolution.conv2dKernelGrad,
  },
  {
    name: "depthwiseConv2d",
    isDepthwise: true,
    forward: plainConvolution.depthwiseConv2d,
    inputGrad: plainConvolution.depthwiseConv2dInputGrad,
    kernelGrad: plainConvolution.depthwiseConv2dKernelGrad,
  },
];

describe.each(variants)("$name", ({ isDepthwise, forward, inputGrad, kernelGrad }) => {
  /** For the depthwise form the drawn output channels are the multiplier. */
  const fitted = (g: ConvolutionGeometry): ConvolutionGeometry =>
    isDepthwise ? { ...g, outputChannels: g.inputChannels * g.outputChannels } : g;
  const kernelSize = (g: ConvolutionGeometry) => (isDepthwise ? sizes(g).kernel / g.inputChannels : sizes(g).kernel);

  it("sums the products of its definition, and both gradients add theirs", () => {
    fc.assert(
      fc.property(geometries, fc.integer(), (drawn, seed) => {
        const g = fitted(drawn);
        const x = wholeNumbers(sizes(g).input, seed);
        const kernel = wholeNumbers(kernelSize(g), seed + 1);
        const outputGrad = wholeNumbers(sizes(g).output, seed + 2);
        const wanted = { y: new Float32Array(outputGrad.length), x: x.slice(), k: kernel.slice() };
        for (const { x: i, k, y } of products(g, isDepthwise)) {
          wanted.y[y] = (wanted.y[y] ?? 0) + (x[i] ?? 0) * (kernel[k] ?? 0);
          wanted.x[i] = (wanted.x[i] ?? 0) + (outputGrad[y] ?? 0) * (kernel[k] ?? 0);
          wanted.k[k] = (wanted.k[k] ?? 0) + (outputGrad[y] ?? 0) * (x[i] ?? 0);
        }
        const found = { y: new Float32Array(outputGrad.length).fill(7), x: x.slice(), k: kernel.slice() };
        forward(g, { x, kernel, output: found.y });
        inputGrad(g, { outputGrad, kernel, inputGrad: found.x });
        kernelGrad(g, { x, outputGrad, kernelGrad: found.k });
        expect(found).toEqual(wanted);
      }),
    );
  });

  const line: ConvolutionGeometry = {
    ...{
      batch: 1,
      inputHeight: 1,
      inputWidth: 3,
      inputChannels: 1,
      outputHeight: 1,
      outputWidth: 3,
      outputChannels: 1,
    },
    ...{ kernelHeight: 1, kernelWidth: 3, strideHeight: 1, strideWidth: 1, padTop: 0, padLeft: 1 },
    ...{ dilationHeight: 1, dilationWidth: 1 },
  };

  it("lets no zero hide a NaN or an infinity", () => {
    const output = new Float32Array(3);
    forward(line, { x: new Float32Array([1, 2, 3]), kernel: new Float32Array([0, 1, Number.NaN]), output });
    expect([...output]).toEqual([Number.NaN, Number.NaN, 3]);
    forward(line, { x: new Float32Array([1, Infinity, 3]), kernel: new Float32Array([0, 1, 0]), output });
    expect([...output]).toEqual([Number.NaN, Infinity, Number.NaN]);
    const zeros = new Float32Array(3);
    const found = new Float32Array(3);
    inputGrad(line, { outputGrad: new Float32Array([0, Number.NaN, 0]), kernel: zeros, inputGrad: found });
    expect([...found]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    found.fill(0);
    kernelGrad(line, { x: zeros, outputGrad: new Float32Array([Number.NaN, 0, 0]), kernelGrad: found });
    expect([...found]).toEqual([0, Number.NaN, Number.NaN]);
  });

  it("sums in double: a small number between two large ones is not lost", () => {
    const output = new Float32Array(3);
    forward(line, { x: new Float32Array([1e10, 1, -1e10]), kernel: new Float32Array([1, 1, 1]), output });
    expect(output[1]).toBe(1);
  });
});

describe("pooling", () => {
  /** Windows without gaps that always see something. */
  const pools = geometries
    .map((g) => ({ ...g, dilationHeight: 1, dilationWidth: 1, outputChannels: g.inputChannels }))
    .filter((g) => new Set(meetings(g).map(({ output }) => output)).size === g.batch * g.outputHeight * g.outputWidth);

  /** For each output number the inputs its window sees, in row-major order. */
  function windows(g: ConvolutionGeometry): number[][] {
    const found: number[][] = Array.from({ length: sizes(g).output }, () => []);
    for (const { input, output } of meetings(g))
      for (let i = 0; i < g.inputChannels; i++) found[output * g.inputChannels + i]?.push(input * g.inputChannels + i);
    return found;
  }

  it("takes the largest or the mean of what each window sees, and hands the gradient back", () => {
    fc.assert(
      fc.property(pools, fc.integer(), (g, seed) => {
        // Few different numbers, so that equals are common.
        const x = wholeNumbers(sizes(g).input, seed).map((value) => Math.floor(value / 64));
        const outputGrad = wholeNumbers(sizes(g).output, seed + 1);
        for (const kind of ["max", "mean"] as const) {
          const output = new Float32Array(outputGrad.length);
          const inputGrad = x.slice();
          plainPooling.pool2d(kind, g, { x, output });
          plainPooling.pool2dGrad(kind, g, { x, output, outputGrad, inputGrad });
          const wantedGrad = Float64Array.from(x);
          windows(g).forEach((seen, to) => {
            const values = seen.map((from) => x[from] ?? 0);
            const largest = Math.max(...values);
            const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
            expect(output[to]).toBe(Math.fround(kind === "max" ? largest : mean));
            const grad = outputGrad[to] ?? 0;
            const receivers = kind === "max" ? [seen[values.indexOf(largest)] ?? -1] : seen;
            for (const from of receivers) wantedGrad[from] = (wantedGrad[from] ?? 0) + grad / receivers.length;
          });
          wantedGrad.forEach((wanted, from) => {
            expect(inputGrad[from]).toBeCloseTo(wanted, 3);
          });
        }
      }),
    );
  });

  const pair: ConvolutionGeometry = {
    ...{
      batch: 1,
      inputHeight: 1,
      inputWidth: 4,
      inputChannels: 1,
      outputHeight: 1,
      outputWidth: 2,
      outputChannels: 1,
    },
    ...{ kernelHeight: 1, kernelWidth: 2, strideHeight: 1, strideWidth: 2, padTop: 0, padLeft: 0 },
    ...{ dilationHeight: 1, dilationWidth: 1 },
  };

  it("keeps a NaN, and gives it the gradient", () => {
    const x = new Float32Array([5, Number.NaN, -Infinity, -Infinity]);
    const output = new Float32Array(2);
    const inputGrad = new Float32Array(4);
    plainPooling.pool2d("max", pair, { x, output });
    expect([...output]).toEqual([Number.NaN, -Infinity]);
    plainPooling.pool2dGrad("max", pair, { x, output, outputGrad: new Float32Array([2, 3]), inputGrad });
    expect([...inputGrad]).toEqual([0, 2, 3, 0]);
    plainPooling.pool2d("mean", pair, { x, output });
    expect([...output]).toEqual([Number.NaN, -Infinity]);
  });
});
