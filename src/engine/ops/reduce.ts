// Operations that make fewer numbers of many over some axes: sum, mean, extremes, product, length, log-sum.

import type { Reduction, ReductionWalk } from "../backend/backend.ts";
import { stretchedStrides } from "../backend/walk.ts";
import { describeValue, ValueError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import { axisFromFront, formatShape, reducedShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { inputAt, type Op } from "./op.ts";
import { placeOp } from "./place.ts";

export interface ReduceAttributes {
  readonly reduction: Reduction;
  /** The axes that disappear, counted from the front. */
  readonly axes: readonly number[];
  /** Whether they stay with length 1 instead. */
  readonly keepAxes: boolean;
}

/** What there is of no numbers: a sum of 0, a product of 1. */
const isFineEmpty: readonly Reduction[] = ["sum", "product", "norm"];

export const reduceOp: Op<ReduceAttributes> = {
  name: "reduce",
  outputShape(inputs, { reduction, axes, keepAxes }) {
    const shape = inputAt(inputs, 0);
    if (!isFineEmpty.includes(reduction) && sizeOf(shape) === 0)
      throw new ValueError({ op: reduction, expected: "at least one number", got: `shape ${formatShape(shape)}` });
    return reducedShape(shape, axes, keepAxes);
  },
  forward(backend, inputs, output, attributes) {
    const x = inputAt(inputs, 0);
    backend.reduce(attributes.reduction, walkOf(x.shape, attributes), x.data, output.data);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, attributes) {
    const x = inputAt(inputs, 0);
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const pass = { input: x.data, output: output.data, outputGrad: outputGrad.data, inputGrad: xGrad.data };
    backend.reduceGrad(attributes.reduction, walkOf(x.shape, attributes), pass);
  },
  derive({ inputs, output, outputGrad }, { reduction, axes }) {
    const x = inputAt(inputs, 0);
    const kept = reducedShape(x.shape, axes, true);
    return [() => reducedGradients[reduction](x, output.reshape(kept), outputGrad.reshape(kept), axes)];
  },
};

/** The gradient of a reduction in tensor operations; output and its gradient still have the reduced axes, with length 1. */
type ReducedGradient = (x: Tensor, y: Tensor, yGrad: Tensor, axes: readonly number[]) => Tensor;

const reducedGradients: Readonly<Record<Reduction, ReducedGradient>> = {
  sum: (x, _, yGrad) => yGrad.broadcastTo(x.shape),
  mean: (x, y, yGrad) => yGrad.mul(y.size / x.size).broadcastTo(x.shape),
  max: extremeGradient,
  min: extremeGradient,
  product: productGradient,
  // At the origin the length is 0 and so is x: dividing by 1 there gives the gradient 0.
  norm: (x, y, yGrad) => x.div(y.add(y.detach().equal(0))).mul(yGrad),
  logSumExp: (x, y, yGrad) => x.sub(y).exp().mul(yGrad),
};

function extremeGradient(x: Tensor, y: Tensor, yGrad: Tensor, axes: readonly number[]): Tensor {
  const isExtreme = x.detach().equal(y.detach());
  return isExtreme.div(isExtreme.sum(axes, { keepAxes: true })).mul(yGrad);
}

/** The product of all the others, as products from both ends: no number is divided by, so zeros do no harm. */
function productGradient(x: Tensor, _: Tensor, yGrad: Tensor, axes: readonly number[]): Tensor {
  const others = x.shape.flatMap((_length, axis) => (axes.includes(axis) ? [] : [axis]));
  const order = [...axes, ...others];
  const turned = x.transpose(order);
  const flat = turned.reshape([-1, sizeOf(turned.shape.slice(axes.length))]);
  const count = flat.shape[0] ?? 0;
  const rows = Array.from({ length: count }, (_row, index) => flat.slice(index, index + 1));
  const before = runningProducts(rows);
  const after = runningProducts(rows.toReversed()).toReversed();
  const slopes = before.map((product, index) =>
    product.mul(after[index] ?? 1).apply(placeOp, [], { start: [index, 0], shape: flat.shape }),
  );
  const sum = slopes.reduce((total, slope) => total.add(slope));
  const back = order.map((_axis, index) => order.indexOf(index));
  return sum.reshape(turned.shape).transpose(back).mul(yGrad);
}

/** For each row the product of those before it. */
function runningProducts(rows: readonly Tensor[]): Tensor[] {
  const products: Tensor[] = [];
  rows.forEach((row, index) => {
    const previous = products[index - 1];
    const factor = rows[index - 1];
    products.push(
      previous === undefined || factor === undefined
        ? row.derived(row.shape, new Floats(row.size).fill(1))
        : previous.mul(factor),
    );
  });
  return products;
}

function walkOf(shape: Shape, { axes }: ReduceAttributes): ReductionWalk {
  return { shape, outputStrides: stretchedStrides(reducedShape(shape, axes, true), shape) };
}

/** One axis or several; negative ones count from the end. */
export type Axes = number | readonly number[];

/** Options of sum, mean, max and the other reductions. */
export interface ReduceOptions {
  /** Whether the axes stay with length 1, so that the result still fits beside the input; `false` by default. */
  readonly keepAxes?: boolean;
}

/** One axis, several, or all (none given), counted from the front and sorted. */
export function reducedAxes(axes: Axes | undefined, rank: number, op: string): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  if (typeof axes !== "number" && !Array.isArray(axes))
    throw new ValueError({ op, expected: "an axis or a list of axes", got: describeValue(axes) });
  const list = typeof axes === "number" ? [axes] : axes;
  const places = list.map((axis) => axisFromFront(axis, rank, op)).sort((a, b) => a - b);
  const twice = places.find((axis, index) => places[index + 1] === axis);
  if (twice !== undefined) throw new ValueError({ op, expected: "each axis once", got: `axis ${twice} twice` });
  return places;
}
