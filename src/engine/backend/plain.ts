// The plain backend: every routine in readable TypeScript, float32 storage, sums in double. The truth other backends are tested against.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { ValueError } from "../errors.ts";
import { Doubles, type Floats, maths } from "../intrinsics.ts";
import type { AxisSizes, Backend, BinaryOperands, Strides } from "./backend.ts";
import { plainConstraints } from "./plainConstraints.ts";
import { plainConvolution } from "./plainConvolution.ts";
import { plainLookup } from "./plainLookup.ts";
import { plainLosses } from "./plainLosses.ts";
import { multiplyMatrices } from "./plainMatmul.ts";
import { plainMeasurements } from "./plainMeasurements.ts";
import { plainNormalization } from "./plainNormalization.ts";
import { plainPooling } from "./plainPooling.ts";
import { plainRandomness } from "./plainRandomness.ts";
import { reduce, reduceGrad } from "./plainReduce.ts";
import { plainScan } from "./plainScan.ts";
import { addMoments, areFinite } from "./plainStatistics.ts";
import {
  adadeltaUpdate,
  adagradUpdate,
  adamaxUpdate,
  adamUpdate,
  lionUpdate,
  momentumUpdate,
  nadamUpdate,
  rmspropUpdate,
} from "./plainUpdates.ts";
import { CallRecorder, CountedMemory } from "./recording.ts";
import { type BinaryName, binaryFunctions, type UnaryName, unaryFunctions } from "./scalarMaths.ts";
import { walkTogether } from "./walk.ts";

const { exp, log } = maths;

export const plainBackend: Backend = {
  name: "plain",
  memory: new CountedMemory(),
  startRecording() {
    return new CallRecorder(this, this.memory);
  },
  fill: (output, value) => void output.fill(value),
  copy: (input, output, scale) => {
    for (let index = 0; index < output.length; index++) output[index] = scale * (input[index] as number);
  },
  addScaled: (input, output, scale) => {
    for (let index = 0; index < output.length; index++)
      output[index] = (output[index] as number) + scale * (input[index] as number);
  },
  unary,
  unaryGrad,
  binary,
  binaryGrad,
  matmul: multiplyMatrices,
  ...plainLookup,
  ...plainNormalization,
  ...plainRandomness,
  ...plainConvolution,
  ...plainPooling,
  reduce,
  reduceGrad,
  ...plainScan,
  ...plainConstraints,
  ...plainMeasurements,
  argMax,
  gatherStrided,
  addStrided,
  scatterAddStrided,
  gatherRows,
  scatterAddRows,
  softmax,
  softmaxGrad,
  ...plainLosses,
  clamp: (input, output, limit) => {
    for (let index = 0; index < output.length; index++)
      output[index] = maths.max(-limit, maths.min(limit, input[index] as number));
  },
  momentumUpdate,
  adagradUpdate,
  rmspropUpdate,
  adadeltaUpdate,
  adamUpdate,
  adamaxUpdate,
  nadamUpdate,
  lionUpdate,
  areFinite,
  addMoments,
};

function unary(name: UnaryName, x: Floats, output: Floats, alpha: number): void {
  const { value } = unaryFunctions[name];
  for (let index = 0; index < output.length; index++) output[index] = value(x[index] as number, alpha);
}

function unaryGrad(
  name: UnaryName,
  { x, y, outputGrad, xGrad }: { x: Floats; y: Floats; outputGrad: Floats; xGrad: Floats },
  alpha: number,
): void {
  const { slope } = unaryFunctions[name];
  for (let index = 0; index < x.length; index++)
    xGrad[index] =
      (xGrad[index] as number) + (outputGrad[index] as number) * slope(x[index] as number, y[index] as number, alpha);
}

function binary(name: BinaryName, { shape, a, aStrides, b, bStrides }: BinaryOperands, output: Floats): void {
  const { value } = binaryFunctions[name];
  let at = 0;
  walkTogether(shape, [aStrides, bStrides], (length, [aStart = 0, bStart = 0], [aStep = 0, bStep = 0]) => {
    let aAt = aStart;
    let bAt = bStart;
    for (let index = 0; index < length; index++, aAt += aStep, bAt += bStep)
      output[at++] = value(a[aAt] as number, b[bAt] as number);
  });
}

function binaryGrad(
  name: BinaryName,
  { shape, a, aStrides, b, bStrides }: BinaryOperands,
  { outputGrad, aGrad, bGrad }: { outputGrad: Floats; aGrad: Floats | null; bGrad: Floats | null },
): void {
  const { value, slopeA, slopeB } = binaryFunctions[name];
  // A stretched operand collects many gradients in one place: those are summed in double first.
  const aSums = aGrad === null || aGrad.length === outputGrad.length ? aGrad : new Doubles(aGrad.length);
  const bSums = bGrad === null || bGrad.length === outputGrad.length ? bGrad : new Doubles(bGrad.length);
  let at = 0;
  walkTogether(shape, [aStrides, bStrides], (length, [aStart = 0, bStart = 0], [aStep = 0, bStep = 0]) => {
    let aAt = aStart;
    let bAt = bStart;
    for (let index = 0; index < length; index++, aAt += aStep, bAt += bStep) {
      const grad = outputGrad[at++] as number;
      const left = a[aAt] as number;
      const right = b[bAt] as number;
      const y = value(left, right);
      if (aSums !== null) aSums[aAt] = (aSums[aAt] as number) + grad * slopeA(left, right, y);
      if (bSums !== null) bSums[bAt] = (bSums[bAt] as number) + grad * slopeB(left, right, y);
    }
  });
  if (aSums !== null && aGrad !== null && aSums !== aGrad) addSums(aSums, aGrad);
  if (bSums !== null && bGrad !== null && bSums !== bGrad) addSums(bSums, bGrad);
}

function addSums(sums: Doubles | Floats, output: Floats): void {
  for (let index = 0; index < output.length; index++)
    output[index] = (output[index] as number) + (sums[index] as number);
}

function argMax(input: Floats, output: Floats, { outer, length, inner }: AxisSizes): void {
  for (let block = 0; block < outer; block++)
    for (let column = 0; column < inner; column++) {
      let best = 0;
      let largest = input[block * length * inner + column] as number;
      // A NaN counts as the largest; the first one ends the search.
      for (let index = 1; index < length && !Number.isNaN(largest); index++) {
        const value = input[(block * length + index) * inner + column] as number;
        if (value <= largest) continue;
        largest = value;
        best = index;
      }
      output[block * inner + column] = best;
    }
}

function gatherStrided(
  input: Floats,
  inputOffset: number,
  inputStrides: Strides,
  shape: readonly number[],
  output: Floats,
): void {
  let at = 0;
  walkTogether(shape, [inputStrides], (length, [start = 0], [step = 0]) => {
    for (let index = 0, from = inputOffset + start; index < length; index++, from += step)
      output[at++] = input[from] as number;
  });
}

function addStrided(
  input: Floats,
  inputOffset: number,
  inputStrides: Strides,
  shape: readonly number[],
  output: Floats,
): void {
  let at = 0;
  walkTogether(shape, [inputStrides], (length, [start = 0], [step = 0]) => {
    for (let index = 0, from = inputOffset + start; index < length; index++, from += step, at++)
      output[at] = (output[at] as number) + (input[from] as number);
  });
}

function scatterAddStrided(
  input: Floats,
  shape: readonly number[],
  output: Floats,
  outputOffset: number,
  outputStrides: Strides,
): void {
  let at = 0;
  walkTogether(shape, [outputStrides], (length, [start = 0], [step = 0]) => {
    for (let index = 0, to = outputOffset + start; index < length; index++, to += step)
      output[to] = (output[to] as number) + (input[at++] as number);
  });
}

function gatherRows(table: Floats, ids: Floats, output: Floats, width: number): void {
  const rows = width === 0 ? 0 : table.length / width;
  ids.forEach((id, row) => {
    if (!Number.isInteger(id) || id < 0 || id >= rows)
      throw new ValueError({ op: "gather", expected: `whole row numbers from 0 to ${rows - 1}`, got: String(id) });
    output.set(table.subarray(id * width, (id + 1) * width), row * width);
  });
}

function scatterAddRows(outputGrad: Floats, ids: Floats, tableGrad: Floats, width: number): void {
  ids.forEach((id, row) => {
    for (let column = 0; column < width; column++) {
      const at = id * width + column;
      tableGrad[at] = (tableGrad[at] as number) + (outputGrad[row * width + column] as number);
    }
  });
}

/** The largest number is taken out of each row first, so that no exponential overflows. */
function softmax(input: Floats, output: Floats, width: number, isLog: boolean): void {
  for (let start = 0; start < input.length; start += width) {
    let largest = -Infinity;
    for (let index = start; index < start + width; index++) largest = maths.max(largest, input[index] as number);
    let total = 0;
    for (let index = start; index < start + width; index++) total += exp((input[index] as number) - largest);
    const logTotal = log(total);
    for (let index = start; index < start + width; index++) {
      const shifted = (input[index] as number) - largest;
      output[index] = isLog ? shifted - logTotal : exp(shifted) / total;
    }
  }
}

/** softmax: y · (g − Σ g·y); log-softmax: g − e^y · Σ g. */
function softmaxGrad(
  { output, outputGrad, inputGrad }: { output: Floats; outputGrad: Floats; inputGrad: Floats },
  width: number,
  isLog: boolean,
): void {
  for (let start = 0; start < output.length; start += width) {
    let total = 0;
    for (let index = start; index < start + width; index++)
      total += (outputGrad[index] as number) * (isLog ? 1 : (output[index] as number));
    for (let index = start; index < start + width; index++) {
      const y = output[index] as number;
      const grad = outputGrad[index] as number;
      inputGrad[index] = (inputGrad[index] as number) + (isLog ? grad - exp(y) * total : y * (grad - total));
    }
  }
}
