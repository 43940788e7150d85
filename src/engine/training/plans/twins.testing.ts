// Twins: the same model trained by plans and eagerly, compared bit by bit. For tests.

import { expect } from "vitest";
import {
  type Layer,
  type Loss,
  layers,
  type Model,
  type Optimizer,
  optimizers,
  Random,
  type Shape,
  sequential,
  type Tensor,
  tensor,
} from "../../index.ts";
import type { Graph } from "../model/graph.ts";
import { trainableWeights, trainingPass } from "../step.ts";
import type { StepPlans } from "./stepPlans.ts";

export const random = new Random(7);
export const numbers = (shape: Shape, low = -1, high = 1) =>
  tensor(
    random.uniformFloats(
      shape.reduce((size, length) => size * length, 1),
      low,
      high,
    ),
    shape,
  );

/** One eager step, as `trainOnBatch` is specified: the gradient of a batch, and an update. */
export function eagerStep(net: Model<unknown>, x: Tensor, y: Tensor, step: number, weights?: Tensor): number {
  const { compiled } = net;
  if (compiled === null) throw new Error("Compile first.");
  const pass = trainingPass(
    inside(net).graph,
    compiled.losses,
    { xs: [x], ys: [y], ...(weights !== undefined && { weights: [weights] }) },
    new Random(3).child("batch").child(step),
  );
  compiled.optimizer.update(trainableWeights(net.layers));
  return pass.loss;
}

export const bitsOf = (net: Model<unknown>) => net.getWeights().map((weight) => [...weight.data]);
export const gradientsOf = (net: Model<unknown>) =>
  net.weights.map(({ grad }) => (grad === null ? null : [...grad.data]));

export interface TwinCase {
  readonly make: () => readonly Layer[];
  readonly x: Shape;
  readonly y: Shape;
  readonly loss?: string | Loss | ((predictions: Tensor, targets: Tensor) => Tensor);
  readonly optimizer?: () => Optimizer;
  readonly targets?: () => Tensor;
  readonly inputs?: () => Tensor;
}

/** Trains twins, one by plans and one eagerly, in batches of `sizes`; after each step they must not differ in a bit. */
export function expectTwins(
  { make, x, y, loss = "mse", optimizer = optimizers.adam, targets, inputs }: TwinCase,
  sizes = [5, 5, 3, 5],
) {
  const [planned, eager] = [1, 2].map(() => {
    const net = sequential(make(), { seed: 3 });
    net.compile({ loss, optimizer: optimizer() });
    net.build(x);
    return net;
  }) as [Model, Model];
  const before = bitsOf(planned);
  sizes.forEach((size, step) => {
    const take = (made: Tensor) => made.slice(0, size);
    const batchX = take(inputs?.() ?? numbers([5, ...x]));
    const batchY = take(targets?.() ?? numbers([5, ...y], 0.1, 0.9));
    const result = planned.trainOnBatch(batchX, batchY);
    expect(result.loss).toBe(eagerStep(eager, batchX, batchY, step));
    expect(bitsOf(planned)).toEqual(bitsOf(eager));
    expect(gradientsOf(planned)).toEqual(gradientsOf(eager));
  });
  return { planned, eager, hasLearned: JSON.stringify(before) !== JSON.stringify(bitsOf(planned)) };
}

export const dense = (units = 4) => layers.dense(units, { activation: "tanh" });

/** What the public types hide. */
export function inside(net: Model<unknown>): { readonly graph: Graph; readonly steps: StepPlans } {
  return net as unknown as { readonly graph: Graph; readonly steps: StepPlans };
}

/** How many of a model's weights stand side by side, as planned steps want them. */
export function residentCount(net: Model<unknown>): number {
  return net.weights.filter((weight) => (weight as unknown as { readonly place: unknown }).place !== null).length;
}
