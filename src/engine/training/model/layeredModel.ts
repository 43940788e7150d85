// A model as what it is made of: its layers, how they are connected, and their weights.

import { checkedFlag } from "../../errors.ts";
import { Floats } from "../../intrinsics.ts";
import type { Layer } from "../../layers/layer.ts";
import { type Parameter, Tensor, type TensorLike } from "../../tensor.ts";
import { readWeights } from "./givenWeights.ts";
import type { Arrange, Graph } from "./graph.ts";
import { type LayerShapes, layerShapes } from "./layerShapes.ts";
import { PortableModel } from "./portableModel.ts";

/** The part of a model that holds its layers. */
export abstract class LayeredModel extends PortableModel {
  /** The layers, each once, in an order in which none comes before what it takes. */
  readonly layers: readonly Layer[];
  /** @internal How they are connected. */
  override readonly graph: Graph;
  /** @internal */
  override readonly seed: number | null;
  /** @internal */
  override readonly arrange: Arrange;

  constructor(graph: Graph, seed: number | null, arrange: Arrange) {
    super();
    this.graph = graph;
    this.layers = graph.layers;
    this.seed = seed;
    this.arrange = arrange;
  }

  /** Whether the layers stand in a row, each taking the one before. */
  get isChain(): boolean {
    return this.graph.nodes.every(
      ({ inputs }, place) => place === 0 || (inputs.length === 1 && inputs[0] === place - 1),
    );
  }

  /** Every weight and bias, in the order of the layers. */
  override get weights(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.weights);
  }

  /** What is known of each layer's shapes and weights: all of it as soon as the shapes of the inputs are known. */
  get shapes(): readonly LayerShapes[] {
    return layerShapes(this.graph);
  }

  /** Whether training changes the weights of any layer; setting it says so of all layers, and of every model they stand in. */
  get trainable(): boolean {
    return this.layers.some(({ trainable }) => trainable);
  }

  set trainable(trainable: boolean) {
    checkedFlag("model", "trainable", trainable);
    for (const layer of this.layers) layer.trainable = trainable;
  }

  /**
   * Copies of all weights, kernel before bias, input first. Makes them, as `build` does, where the inputs' shapes are known; else there
   * are none before the first data.
   */
  getWeights(): Tensor[] {
    return this.withWeights(() => this.weights.map((weight) => new Tensor(weight.shape, new Floats(weight.numbers))));
  }

  /** Replaces all weights, in the order of `getWeights`. @throws ShapeError when number or shapes differ. */
  setWeights(weights: readonly TensorLike[]): void {
    this.withWeights(() => {
      const values = readWeights(this.layers, weights);
      this.weights.forEach((weight, index) => {
        weight.assign(values[index] ?? []);
      });
    });
  }

  /** @internal Does what needs weights, which are made first where that can be. Where it fails, there are none as before. */
  protected abstract withWeights<Result>(work: () => Result): Result;

  /** @internal The raw numbers of all weights, for keeping and giving back; in `spare`, earlier copies, as far as they fit. */
  copyWeights(spare: readonly Floats[] = []): readonly Floats[] {
    const copies: Floats[] = [];
    for (const { weights } of this.layers)
      for (const { numbers } of weights) {
        const copy = spare[copies.length];
        if (copy?.length === numbers.length) copy.set(numbers);
        copies.push(copy?.length === numbers.length ? copy : new Floats(numbers));
      }
    return copies;
  }

  /** @internal */
  restoreWeights(copies: readonly Floats[]): void {
    this.weights.forEach((weight, index) => {
      const copy = copies[index];
      if (copy !== undefined) weight.numbers.set(copy);
    });
  }
}
