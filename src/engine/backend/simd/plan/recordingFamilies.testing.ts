// Random calls for tests: reductions, moved numbers, and the routines of networks.

import type { Reduction } from "../../backend.ts";
import type { ConvolutionGeometry } from "../../convolution.ts";
import { stretchedStrides } from "../../walk.ts";
import { rectifyStep } from "./recordingArithmetic.testing.ts";
import { pick, type RecordingWriter, sizeOf } from "./recordingWriter.testing.ts";

const reductions: readonly Reduction[] = ["sum", "mean", "max", "min", "product", "norm", "logSumExp"];

function walkOf(writer: RecordingWriter) {
  const shape = [...writer.shape, writer.size].slice(0, 2 + writer.random.integer(2));
  const reducedShape = shape.map((length) => (writer.random.chance(0.5) ? 1 : length));
  return { shape, outputStrides: stretchedStrides(reducedShape, shape), size: sizeOf(reducedShape) };
}

export function reduceStep(writer: RecordingWriter): void {
  const reduction = pick(writer.random, reductions);
  const { size, ...walk } = walkOf(writer);
  const input = writer.source(sizeOf(walk.shape));
  const output = writer.target(size, [input]);
  writer.call(`${reduction} of ${writer.name(input)} into ${writer.name(output)}`, (backend, at) =>
    backend.reduce(reduction, walk, at(input), at(output)),
  );
}

export function reduceGradStep(writer: RecordingWriter): void {
  const reduction = pick(writer.random, reductions);
  const { size, ...walk } = walkOf(writer);
  const input = writer.source(sizeOf(walk.shape));
  const [output, outputGrad] = [writer.source(size), writer.source(size)];
  const inputGrad = writer.sum(input.length, [input, output, outputGrad]);
  writer.call(
    `gradient of ${reduction} ${[input, output, outputGrad, inputGrad].map((each) => writer.name(each)).join(" ")}`,
    (backend, at) =>
      backend.reduceGrad(reduction, walk, {
        ...{ input: at(input), output: at(output), outputGrad: at(outputGrad), inputGrad: at(inputGrad) },
      }),
  );
}

export function turnStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const isAdding = writer.random.chance(0.5);
  const input = writer.source(rows * columns);
  const output = isAdding ? writer.sum(rows * columns, [input]) : writer.target(rows * columns, [input]);
  writer.call(
    `${isAdding ? "add" : "take"} ${writer.name(input)} turned ${isAdding ? "to" : "into"} ${writer.name(output)}`,
    (backend, at) =>
      backend[isAdding ? "addStrided" : "gatherStrided"](
        at(input),
        0,
        [1, rows],
        [columns, rows].reverse(),
        at(output),
      ),
  );
}

/** Adds an array to all of another, turned or summed, or to some of its columns. */
export function scatterStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const input = writer.source(rows * columns);
  const [length, offset, strides] = pick<[number, number, number[]]>(writer.random, [
    [rows * columns, 0, [1, rows]],
    [columns, 0, [0, 1]],
    [rows, 0, [1, 0]],
    [rows * (columns + 2), 1, [columns + 2, 1]],
    [2 * rows * columns, rows * columns, [columns, 1]],
  ]);
  const output = writer.sum(length, [input]);
  writer.call(`scatter ${writer.name(input)} to ${writer.name(output)} by ${strides}`, (backend, at) =>
    backend.scatterAddStrided(at(input), [rows, columns], at(output), offset, strides),
  );
}

export function softmaxStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const isLog = writer.random.chance(0.5);
  const length = rows * columns;
  if (writer.random.chance(0.5)) {
    const input = writer.source(length);
    const output = writer.target(length, [input]);
    writer.call(`softmax ${writer.name(input)} into ${writer.name(output)}`, (backend, at) =>
      backend.softmax(at(input), at(output), columns, isLog),
    );
    return;
  }
  const [output, outputGrad] = [writer.source(length), writer.source(length)];
  const inputGrad = writer.sum(length, [output, outputGrad]);
  writer.call(`gradient of softmax ${writer.name(outputGrad)} into ${writer.name(inputGrad)}`, (backend, at) =>
    backend.softmaxGrad({ output: at(output), outputGrad: at(outputGrad), inputGrad: at(inputGrad) }, columns, isLog),
  );
}

export function lossStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const name = pick(writer.random, ["mse", "huber", "categoricalCrossentropyLogits", "cosineSimilarity"] as const);
  const [prediction, target] = [writer.source(rows * columns), writer.source(rows * columns)];
  const setting = { width: columns, divisor: rows, parameter: 1 };
  const isGradient = writer.random.chance(0.5);
  const outputGrad = writer.source(1);
  const output = isGradient
    ? writer.sum(rows * columns, [prediction, target, outputGrad])
    : writer.target(1, [prediction, target]);
  writer.call(
    `${isGradient ? "gradient of " : ""}${name} ${[prediction, target, output].map((each) => writer.name(each)).join(" ")}`,
    (backend, at) => {
      const pair = { prediction: at(prediction), target: at(target) };
      if (isGradient) backend.lossGrad(name, pair, at(output), at(outputGrad), setting);
      else backend.loss(name, pair, at(output), setting);
    },
  );
}

/** A loss with its gradient, something perhaps between them. */
export function judgeStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const name = pick(writer.random, ["mse", "categoricalCrossentropyLogits", "categoricalCrossentropyLogits"] as const);
  const [prediction, target] = [writer.source(rows * columns), writer.source(rows * columns)];
  const setting = { width: columns, divisor: rows, parameter: 1 };
  const outputGrad = writer.source(1);
  const output = writer.target(1, [prediction, target]);
  const what = [prediction, target].map((each) => writer.name(each)).join(" ");
  writer.call(`${name} ${what} ${writer.name(output)}`, (backend, at) =>
    backend.loss(name, { prediction: at(prediction), target: at(target) }, at(output), setting),
  );
  if (writer.random.chance(0.2)) pick(writer.random, [turnStep, softmaxStep, hostStep])(writer);
  const grad = writer.sum(rows * columns, [prediction, target, outputGrad]);
  writer.call(`gradient of ${name} ${what} ${writer.name(outputGrad)} ${writer.name(grad)}`, (backend, at) =>
    backend.lossGrad(name, { prediction: at(prediction), target: at(target) }, at(grad), at(outputGrad), setting),
  );
}

export function randomStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const seed = writer.random.integer(2 ** 31);
  const output = writer.target(rows * columns);
  const isMask = writer.random.chance(0.5);
  writer.call(`${isMask ? "mask" : "noise"} into ${writer.name(output)}`, (backend, at) => {
    if (isMask) backend.dropoutMask(at(output), 0.4, () => seed);
    else backend.normalNoise(at(output), 0.5, () => seed);
  });
}

export function normalizeStep(writer: RecordingWriter): void {
  const [rows, width] = writer.shape;
  const isOfRows = writer.random.chance(0.5);
  const count = isOfRows ? rows : width;
  const x = writer.source(rows * width);
  const means = writer.target(count, [x]);
  const variances = writer.target(count, [x, means]);
  const [scale, shift] = [writer.source(width), writer.source(width)];
  const output = writer.target(rows * width, [x, means, variances, scale, shift]);
  const outputGrad = writer.source(rows * width);
  const inputs = [x, means, variances, scale, outputGrad];
  const xGrad = writer.sum(rows * width, inputs);
  const scaleGrad = writer.sum(width, [...inputs, xGrad]);
  const shiftGrad = writer.sum(width, [...inputs, xGrad, scaleGrad]);
  writer.call(`normalize ${[...inputs, shift, output, xGrad].map((each) => writer.name(each)).join(" ")}`, (b, at) => {
    const given = { x: at(x), means: at(means), variances: at(variances), scale: at(scale) };
    const arrays = { ...given, shift: at(shift), output: at(output) };
    const grads = { xGrad: at(xGrad), scaleGrad: at(scaleGrad), shiftGrad: at(shiftGrad) };
    const gradArrays = { ...given, outputGrad: at(outputGrad), ...grads };
    const setting = { rows, width, epsilon: 1e-2 };
    if (isOfRows) {
      b.rowMeans(given.x, given.means, rows, width);
      b.rowVariances(given.x, given.means, given.variances, rows, width);
      b.normalizeRows(arrays, setting);
      b.normalizeRowsGrad(gradArrays, setting);
    } else {
      b.columnMeans(given.x, given.means, rows, width);
      b.columnVariances(given.x, given.means, given.variances, rows, width);
      b.normalizeColumns(arrays, setting);
      b.normalizeColumnsGrad(gradArrays, { ...setting, areStatisticsOfX: true });
    }
  });
}

/** Two pictures of 3 × 4, a kernel of 3 × 2, and room for what comes out. */
function smallConvolution(writer: RecordingWriter) {
  const [channels, filters] = writer.shape;
  const geometry: ConvolutionGeometry = {
    ...{ batch: 2, inputHeight: 3, inputWidth: 4, inputChannels: channels },
    ...{ outputHeight: 3, outputWidth: 4, outputChannels: filters, kernelHeight: 3, kernelWidth: 2 },
    ...{ strideHeight: 1, strideWidth: 1, padTop: 1, padLeft: 0, dilationHeight: 1, dilationWidth: 1 },
  };
  const x = writer.source(24 * channels);
  const kernel = writer.source(6 * channels * filters);
  const output = writer.target(24 * filters, [x, kernel]);
  return { geometry, x, kernel, output };
}

export function convolutionStep(writer: RecordingWriter): void {
  const { geometry, x, kernel, output } = smallConvolution(writer);
  const xGrad = writer.sum(x.length, [x, kernel, output]);
  const kernelGrad = writer.sum(kernel.length, [x, kernel, output, xGrad]);
  writer.call(
    `convolve ${[x, kernel, output, xGrad, kernelGrad].map((each) => writer.name(each)).join(" ")}`,
    (b, at) => {
      b.conv2d(geometry, { x: at(x), kernel: at(kernel), output: at(output) });
      b.conv2dInputGrad(geometry, { outputGrad: at(output), kernel: at(kernel), inputGrad: at(xGrad) });
      b.conv2dKernelGrad(geometry, { x: at(x), outputGrad: at(output), kernelGrad: at(kernelGrad) });
    },
  );
}

/** A convolution alone, and a ReLU of it. */
export function filterStep(writer: RecordingWriter): void {
  const { geometry, x, kernel, output } = smallConvolution(writer);
  writer.call(`filter ${[x, kernel, output].map((each) => writer.name(each)).join(" ")}`, (b, at) =>
    b.conv2d(geometry, { x: at(x), kernel: at(kernel), output: at(output) }),
  );
  rectifyStep(writer, output);
}

/** Windows beside each other, meeting or leaving places out, of what a ReLU gave perhaps; and the gradients back. */
export function poolStep(writer: RecordingWriter): void {
  const channels = writer.size;
  const size = pick(writer.random, [1, 2, 2, 2, 3]);
  const stride = writer.random.chance(0.7) ? size : 2;
  const [height, width] = [2 * stride + size, stride + size + writer.random.integer(2)];
  const geometry: ConvolutionGeometry = {
    ...{ batch: 2, inputHeight: height, inputWidth: width, inputChannels: channels },
    ...{ outputHeight: 3, outputWidth: 2, outputChannels: channels, kernelHeight: size, kernelWidth: size },
    ...{ strideHeight: stride, strideWidth: stride, padTop: 0, padLeft: 0, dilationHeight: 1, dilationWidth: 1 },
  };
  const kind = writer.random.chance(0.8) ? "max" : "mean";
  const z = writer.source(2 * height * width * channels);
  const x = writer.random.chance(0.7) ? rectifyStep(writer, z) : z;
  const output = writer.target(12 * channels, [x]);
  const outputGrad = writer.source(12 * channels);
  const xGrad = writer.sum(x.length, [x, output, outputGrad]);
  const zGrad = writer.sum(x.length, [x, output, outputGrad, xGrad]);
  writer.call(`pool by ${kind} ${[x, output].map((each) => writer.name(each)).join(" ")}`, (b, at) =>
    b.pool2d(kind, geometry, { x: at(x), output: at(output) }),
  );
  writer.call(`its gradient ${[outputGrad, xGrad].map((each) => writer.name(each)).join(" ")}`, (b, at) =>
    b.pool2dGrad(kind, geometry, {
      ...{ x: at(x), output: at(output), outputGrad: at(outputGrad), inputGrad: at(xGrad) },
    }),
  );
  writer.call(`slopes ${[x, xGrad, zGrad].map((each) => writer.name(each)).join(" ")}`, (b, at) =>
    b.unaryGrad("relu", { x: at(x), y: at(x), outputGrad: at(xGrad), xGrad: at(zGrad) }, 0),
  );
}

export function updateStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const gradient = writer.source(rows * columns);
  const values = writer.sum(rows * columns, [gradient]);
  const velocity = writer.sum(rows * columns, [gradient, values]);
  writer.call(`update ${[values, gradient, velocity].map((each) => writer.name(each)).join(" ")}`, (backend, at) =>
    backend.momentumUpdate(
      { values: at(values), gradient: at(gradient), velocity: at(velocity) },
      { momentum: 0.5, gradientScale: 1, velocityScale: -0.1, looksAhead: true },
    ),
  );
}

export function rowsStep(writer: RecordingWriter): void {
  const [rows, width] = writer.shape;
  const ids = writer.random.uniformFloats(writer.size).map((part) => Math.floor(part * rows));
  const table = writer.source(rows * width);
  const isAdding = writer.random.chance(0.5);
  const length = ids.length * width;
  const output = isAdding ? writer.sum(length, [table]) : writer.target(length, [table]);
  const tableGrad = writer.sum(rows * width, [table, output]);
  writer.call(
    `rows of ${writer.name(table)} into ${writer.name(output)}, back into ${writer.name(tableGrad)}`,
    (backend, at) => {
      backend[isAdding ? "addRows" : "gatherRows"](at(table), ids, at(output), width);
      backend.scatterAddRows(at(output), ids, at(tableGrad), width);
    },
  );
}

export function hostStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const input = writer.source(rows * columns);
  const isAdding = writer.random.chance(0.5);
  const output = isAdding ? writer.sum(rows * columns, [input]) : writer.target(rows * columns, [input]);
  writer.call(`JavaScript from ${writer.name(input)} into ${writer.name(output)}`, (_, at, recorder) =>
    recorder.host({ reads: [at(input)], writes: [at(output)] }, ({ reads: [from], writes: [to] }) => {
      from?.forEach((value, index) => {
        if (to !== undefined) to[index] = (isAdding ? (to[index] ?? 0) : 0) + Math.fround(value * 0.5);
      });
    }),
  );
}

export function constrainStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const values = writer.sum(rows * columns);
  const isClipping = writer.random.chance(0.5);
  writer.call(`constrain ${writer.name(values)}`, (backend, at) => {
    if (isClipping) backend.clipNegative(at(values));
    else
      backend.limitLengths(
        at(values),
        { shape: [rows, columns], outputStrides: [0, 1] },
        { count: columns, smallest: 0, largest: 1, rate: 1 },
      );
  });
}
