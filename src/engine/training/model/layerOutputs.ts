// What each layer gives for some examples, with the weights a model has or had: for pictures of what units see.

import type { Layer } from "../../layers/layer.ts";
import { Random } from "../../random.ts";
import type { Tensor } from "../../tensor.ts";
import type { WeightSnapshot } from "../snapshots.ts";
import { inferencePass } from "../step.ts";
import type { Model } from "./model.ts";

/** What a model and its layers give. */
export interface LayerOutputs {
  /** Of the model's first output. */
  readonly output: Tensor;
  /** What a layer of the model gives; `null` for one that is not in it. */
  readonly of: (layer: Layer) => Tensor | null;
}

/** For the examples of a model with one input. The model must be built. */
export function layerOutputs(model: Model<unknown>, x: Tensor): LayerOutputs {
  const { outputs, observed } = inferencePass(model.graph, [x], new Random(1));
  return { output: outputs[0] ?? x, of: (layer) => observed.get(layer)?.output ?? null };
}

/** Gives a model the weights of a snapshot of it, or of one it was cloned from. */
export function restoreSnapshot(model: Model<unknown>, { weights }: WeightSnapshot): void {
  model.restoreWeights(weights);
}
