// Making a model's weights, and taking that back where what wanted them fails.

import { ValueError } from "../../errors.ts";
import { Random } from "../../random.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { checkSamples } from "../data/trainingData.ts";
import type { StepPlans } from "../plans/stepPlans.ts";
import { buildGraph, type Graph, inputShapesOf } from "./graph.ts";

/** How a model comes by its weights. */
export class Building {
  readonly #graph: Graph;
  readonly #steps: StepPlans;
  readonly #seed: number | null;

  /** `seed` is the model's own; with `null` the seed of what needs the weights counts. */
  constructor(graph: Graph, steps: StepPlans, seed: number | null) {
    this.#graph = graph;
    this.#steps = steps;
    this.#seed = seed;
  }

  /** Whether the weights exist. */
  get isDone(): boolean {
    return this.#graph.layers.every((layer) => layer.isBuilt);
  }

  /** Builds at the first data; later data must have the same features. */
  prepare(op: string, xs: readonly Tensor[], seed = 1): void {
    checkSamples(op, this.#graph, xs);
    if (this.isDone) return;
    this.build(
      xs.map(({ shape }) => shape.slice(1)),
      seed,
    );
  }

  /** Makes the weights where they do not exist and the shapes of all inputs were given. */
  buildKnown(): void {
    const isKnown = this.#graph.givenShapes.every((shape) => shape !== null);
    if (isKnown && !this.isDone) this.build(inputShapesOf(this.#graph));
  }

  /** Makes the weights for inputs of these shapes. @throws ValueError where one is not known */
  build(inputShapes: readonly (Shape | null)[], seed = 1): void {
    this.orUnbuilt(() => {
      const shapes = inputShapes.flatMap((shape) => (shape === null ? [] : [shape]));
      if (shapes.length < inputShapes.length)
        throw new ValueError({
          op: "build",
          expected: "the shape of an example",
          got: "none",
          hint: "For example model.build(4), or inputShape: 4 in the first layer.",
        });
      buildGraph(this.#graph, shapes, new Random(this.#seed ?? seed).child("weights"));
    });
  }

  /**
   * Does what may build layers. Where it fails, those that it built are as before: the next data may be of another shape, or the
   * next seed another.
   */
  orUnbuilt<Result>(work: () => Result): Result {
    const unbuilt = this.#graph.layers.filter(({ isBuilt }) => !isBuilt);
    if (unbuilt.length === 0) return work();
    try {
      return work();
    } catch (error) {
      this.#steps.forgetWeights();
      for (const layer of unbuilt) layer.unbuild();
      throw error;
    }
  }
}

/** Does what makes a model of a graph. Where it fails, the layers are called as they were before. */
export function orEarlierNames({ layers, earlierNames }: Graph, work: () => void): void {
  try {
    work();
  } catch (error) {
    layers.forEach((layer, index) => {
      layer.name = earlierNames[index] ?? "";
    });
    throw error;
  }
}
