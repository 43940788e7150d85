// Runs a small net through the engine: every value and gradient between.

import { activations, type Loss, type Tensor, tensor, ValueError } from "../../engine/index.ts";
import type { SmallLayer, SmallNet } from "./smallNet.ts";

/** The numbers of one example. */
export interface ExamplePass {
  readonly loss: number;
  /** One list a layer. */
  readonly sums: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
  readonly sumGradients: readonly (readonly number[])[];
  /** `null` for the last layer where loss and activation are taken together. */
  readonly valueGradients: readonly (readonly number[] | null)[];
  /** f′(z) of each unit; `null` for activations that look at a whole layer. */
  readonly slopes: readonly (readonly number[] | null)[];
}

/** The gradient of each layer's weights; a bias is `null` where there is none. */
export interface WeightGradients {
  readonly kernel: readonly number[];
  readonly bias: readonly number[] | null;
}

/** What is learned from: the net, how it is judged, and examples as tensors. */
export interface Lesson {
  readonly net: SmallNet;
  readonly loss: Loss;
  readonly x: Tensor;
  readonly y: Tensor;
}

type Numbers = ArrayLike<number>;

/** Layers that give something else than their own unit's function of its own sum. */
const wholeLayer = ["softmax", "logSoftmax"];

export function examplePass(lesson: Lesson): ExamplePass {
  const { net, x } = lesson;
  const sums: Tensor[] = [];
  const values: Tensor[] = [];
  let given = x;
  for (const layer of net.layers) {
    const sum = sumOf(layer, given);
    given = activate(layer, sum);
    sums.push(sum.detach());
    values.push(given.detach());
  }
  const last = net.layers.length - 1;
  const fused = fusedLoss(lesson);
  return {
    loss: lossAfter(lesson, last + 1, "input", given).item(),
    sums: sums.map(numbersOf),
    values: values.map(numbersOf),
    sumGradients: sums.map((sum, at) => gradientOf(sum, (leaf) => lossAfter(lesson, at, "sum", leaf))),
    valueGradients: values.map((value, at) =>
      at === last && fused !== null ? null : gradientOf(value, (leaf) => lossAfter(lesson, at + 1, "input", leaf)),
    ),
    slopes: sums.map((sum, at) => {
      const layer = net.layers[at];
      if (layer === undefined || wholeLayer.includes(layer.activation)) return null;
      return gradientOf(sum, (leaf) => activate(layer, leaf).sum());
    }),
  };
}

/** The gradients of all weights, mean over the examples. */
export function weightGradients(lesson: Lesson): readonly WeightGradients[] {
  const { net, x } = lesson;
  const leaves = net.layers.map(({ kernel, bias }) => ({ kernel: leafOf(kernel), bias: bias && leafOf(bias) }));
  let given = x;
  net.layers.forEach((layer, at) => {
    const product = given.matmul(leaves[at]?.kernel ?? layer.kernel);
    const bias = leaves[at]?.bias;
    const sum = bias ? product.add(bias) : product;
    given = at === net.layers.length - 1 ? sum : activate(layer, sum);
  });
  lossAfter(lesson, net.layers.length - 1, "sum", given).backward();
  return leaves.map(({ kernel, bias }) => ({ kernel: gradNumbers(kernel), bias: bias && gradNumbers(bias) }));
}

/** The loss where the values before layer `at` (or its sums) are `given`. */
export function lossAfter(lesson: Lesson, at: number, from: "input" | "sum", given: Tensor): Tensor {
  const { net, loss, y } = lesson;
  const last = net.layers.length - 1;
  const fused = fusedLoss(lesson);
  let value = given;
  for (let layerAt = at; layerAt <= last; layerAt++) {
    const layer = net.layers[layerAt];
    if (layer === undefined) break;
    const sum = layerAt === at && from === "sum" ? value : sumOf(layer, value);
    if (layerAt === last && fused !== null) return fused.compute(sum, y);
    value = activate(layer, sum);
  }
  return loss.compute(value, y);
}

/** Loss and last activation as one, as the training takes them: p − y instead of two factors that may both be extreme. */
export function fusedLoss({ net, loss }: Pick<Lesson, "net" | "loss">): Loss | null {
  return loss.fusedWith(net.layers.at(-1)?.activation ?? null);
}

function sumOf({ kernel, bias }: SmallLayer, given: Tensor): Tensor {
  const product = given.matmul(kernel.detach());
  return bias === null ? product : product.add(bias.detach());
}

/** Known by every activation function but PReLU, which small nets have none of. */
type ActivationFunction = (x: Tensor, alpha?: number) => Tensor;

export function activate({ activation, alpha }: SmallLayer, sum: Tensor): Tensor {
  const f = (activations as unknown as Readonly<Record<string, ActivationFunction>>)[activation];
  if (f === undefined) throw new RangeError(`There is no activation function ${activation}.`);
  return alpha === null ? f(sum) : f(sum, alpha);
}

function leafOf(value: Tensor): Tensor {
  return tensor(value, { requiresGrad: true });
}

function gradientOf(value: Tensor, loss: (leaf: Tensor) => Tensor): readonly number[] {
  const leaf = leafOf(value);
  try {
    loss(leaf).backward();
  } catch (error) {
    // A step function has slope 0 everywhere: that is an answer here, not a mistake.
    if (!(error instanceof ValueError)) throw error;
  }
  return gradNumbers(leaf);
}

function gradNumbers(leaf: Tensor): readonly number[] {
  return leaf.grad === null ? Array.from({ length: leaf.size }, () => 0) : numbersOf(leaf.grad);
}

function numbersOf({ data }: { readonly data: Numbers }): readonly number[] {
  return Array.from(data);
}
