// Convolutions and poolings for tests: random sizes, strides, borders and dilations, along two axes or one.

import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { ConvolutionGeometry } from "../../convolution.ts";
import { plainBackend } from "../../plain.ts";
import type { PoolingKind } from "../../pooling.ts";
import { type Draw, type RoutineCase, read, routineCase, update, write } from "./routineCases.testing.ts";

/** Windows that reach past the input on any side, each of which still sees at least one pixel. */
export function randomGeometry(random: Random, channelsOut: (channels: number) => number): ConvolutionGeometry {
  const pick = (most: number) => 1 + random.integer(most);
  for (;;) {
    const [kernelHeight, kernelWidth, dilationHeight, dilationWidth] = [pick(3), pick(3), pick(2), pick(2)];
    const [strideHeight, strideWidth] = [pick(3), pick(3)];
    const [inputHeight, inputWidth, inputChannels] = [pick(9), pick(9), pick(9)];
    const [padTop, padLeft] = [random.integer(kernelHeight), random.integer(kernelWidth)];
    const outputs = (input: number, window: number, stride: number, pad: number) =>
      Math.floor((input + pad + random.integer(window) - window) / stride) + 1;
    const outputHeight = outputs(inputHeight, (kernelHeight - 1) * dilationHeight + 1, strideHeight, padTop);
    const outputWidth = outputs(inputWidth, (kernelWidth - 1) * dilationWidth + 1, strideWidth, padLeft);
    if (outputHeight < 1 || outputWidth < 1) continue;
    const geometry = {
      batch: pick(3),
      inputHeight,
      inputWidth,
      inputChannels,
      outputHeight,
      outputWidth,
      outputChannels: channelsOut(inputChannels),
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      padTop,
      padLeft,
      dilationHeight,
      dilationWidth,
    };
    const ones = new Floats(geometry.batch * inputHeight * inputWidth * inputChannels).fill(1);
    const means = new Floats(geometry.batch * outputHeight * outputWidth * inputChannels);
    plainBackend.pool2d("mean", geometry, { x: ones, output: means });
    if (means.every((mean) => mean === 1)) return geometry;
  }
}

export function sizesOf(geometry: ConvolutionGeometry) {
  const { batch, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, outputChannels } = geometry;
  return {
    input: batch * inputHeight * inputWidth * inputChannels,
    output: batch * outputHeight * outputWidth * outputChannels,
    taps: geometry.kernelHeight * geometry.kernelWidth,
  };
}

/** The same along one axis only, as for sequences: one row. */
function alongOneAxis(geometry: ConvolutionGeometry): ConvolutionGeometry {
  const row = { inputHeight: 1, outputHeight: 1, kernelHeight: 1, strideHeight: 1, padTop: 0, dilationHeight: 1 };
  return { ...geometry, ...row };
}

/** More filters and channels than a tile has, on a picture as networks see them: the size of the output kept. */
const wide: ConvolutionGeometry = {
  ...{
    batch: 2,
    inputHeight: 7,
    inputWidth: 9,
    inputChannels: 17,
    outputHeight: 7,
    outputWidth: 9,
    outputChannels: 33,
  },
  ...{ kernelHeight: 3, kernelWidth: 3, strideHeight: 1, strideWidth: 1, padTop: 1, padLeft: 1 },
  ...{ dilationHeight: 1, dilationWidth: 1 },
};

function geometries(count: number, channelsOut: (channels: number) => number): ConvolutionGeometry[] {
  const random = new Random(11);
  const drawn = Array.from({ length: count }, (_, index) => {
    const geometry = randomGeometry(random, channelsOut);
    return index % 3 === 2 ? alongOneAxis(geometry) : geometry;
  });
  return [...drawn, { ...wide, outputChannels: channelsOut(wide.inputChannels) }];
}

/** A transposed convolution is the gradient by the input, a layer's gradient by the input the convolution. */
export function convolutions(draw: Draw, count = 40): RoutineCase[] {
  const random = new Random(12);
  return geometries(count, () => 1 + random.integer(33)).flatMap((geometry) => {
    const { input, output, taps } = sizesOf(geometry);
    const kernels = taps * geometry.inputChannels * geometry.outputChannels;
    const how = JSON.stringify(geometry);
    return [
      routineCase(
        `conv2d ${how}`,
        { x: read(draw(input)), kernel: read(draw(kernels, "window")), output: write(output) },
        (b, at) => b.conv2d(geometry, at),
      ),
      routineCase(
        `conv2dInputGrad ${how}`,
        { outputGrad: read(draw(output)), kernel: read(draw(kernels, "window")), inputGrad: update(draw(input)) },
        (b, at) => b.conv2dInputGrad(geometry, at),
      ),
      routineCase(
        `conv2dKernelGrad ${how}`,
        { x: read(draw(input)), outputGrad: read(draw(output, "window")), kernelGrad: update(draw(kernels)) },
        (b, at) => b.conv2dKernelGrad(geometry, at),
      ),
    ];
  });
}

export function depthwiseConvolutions(draw: Draw, count = 40): RoutineCase[] {
  const random = new Random(13);
  return geometries(count, (channels) => channels * (1 + random.integer(3))).flatMap((geometry) => {
    const { input, output, taps } = sizesOf(geometry);
    const kernels = taps * geometry.outputChannels;
    const how = JSON.stringify(geometry);
    return [
      routineCase(
        `depthwiseConv2d ${how}`,
        { x: read(draw(input)), kernel: read(draw(kernels, "window")), output: write(output) },
        (b, at) => b.depthwiseConv2d(geometry, at),
      ),
      routineCase(
        `depthwiseConv2dInputGrad ${how}`,
        { outputGrad: read(draw(output)), kernel: read(draw(kernels, "window")), inputGrad: update(draw(input)) },
        (b, at) => b.depthwiseConv2dInputGrad(geometry, at),
      ),
      routineCase(
        `depthwiseConv2dKernelGrad ${how}`,
        { x: read(draw(input)), outputGrad: read(draw(output, "window")), kernelGrad: update(draw(kernels)) },
        (b, at) => b.depthwiseConv2dKernelGrad(geometry, at),
      ),
    ];
  });
}

export function poolings(draw: Draw, count = 40): RoutineCase[] {
  return geometries(count, (channels) => channels).flatMap((geometry) =>
    (["max", "mean"] as const).flatMap((kind) => poolingsOf(kind, geometry, draw)),
  );
}

function poolingsOf(kind: PoolingKind, geometry: ConvolutionGeometry, draw: Draw): RoutineCase[] {
  const sizes = sizesOf(geometry);
  const x = draw(sizes.input);
  const pooled = new Floats(sizes.output);
  plainBackend.pool2d(kind, geometry, { x, output: pooled });
  const how = `${kind} ${JSON.stringify(geometry)}`;
  return [
    routineCase(`pool2d ${how}`, { x: read(x), output: write(sizes.output) }, (b, at) => b.pool2d(kind, geometry, at)),
    routineCase(
      `pool2dGrad ${how}`,
      { x: read(x), output: read(pooled), outputGrad: read(draw(sizes.output)), inputGrad: update(draw(sizes.input)) },
      (b, at) => b.pool2dGrad(kind, geometry, at),
    ),
  ];
}
