// One pass of a batch through a model: forward, loss, and for training backward. The only place that knows about fused losses.

import type { Layer, ObservedValues } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import type { Random } from "../random.ts";
import { withoutRecording } from "../tape.ts";
import type { Parameter, Tensor } from "../tensor.ts";

/** What a pass computed. */
export interface Pass {
  /** Predictions: the last layer's output. */
  readonly output: Tensor;
  /** What each layer computed. */
  readonly observed: ReadonlyMap<Layer, ObservedValues>;
}

/** Sends a batch through the layers. */
export function forwardPass(
  layers: readonly Layer[],
  x: Tensor,
  context: { readonly training: boolean; readonly random: Random },
): Pass {
  const observed = new Map<Layer, ObservedValues>();
  const observe = (layer: Layer, values: ObservedValues) => void observed.set(layer, values);
  const output = layers.reduce((values, layer) => layer.call(values, { ...context, observe }), x);
  return { output, observed };
}

/**
 * The loss of a pass. Where the last activation and the loss have a common, stable form (softmax with cross-entropy), it is
 * computed from what reaches the activation, as Keras does: probabilities that round to 0 then still have a gradient.
 */
export function lossOf(layers: readonly Layer[], loss: Loss, pass: Pass, y: Tensor): Tensor {
  const last = layers.at(-1);
  const before = last === undefined ? null : (pass.observed.get(last)?.preActivation ?? null);
  const fused = before === null ? null : loss.fusedWith(last?.activation ?? null);
  return fused === null || before === null ? loss.compute(pass.output, y) : fused.compute(before, y);
}

/** Forward and backward: every trainable weight then has the gradient of this batch alone. */
export function trainingPass(
  layers: readonly Layer[],
  loss: Loss,
  batch: { readonly x: Tensor; readonly y: Tensor },
  random: Random,
): Pass & { readonly loss: number } {
  for (const layer of layers) for (const weight of layer.weights) weight.zeroGrad();
  const pass = forwardPass(layers, batch.x, { training: true, random });
  const value = lossOf(layers, loss, pass, batch.y);
  // A model without weights (only dropout, say) has nothing to differentiate.
  if (value.needsGradient) value.backward();
  return { ...pass, loss: value.data[0] ?? Number.NaN };
}

/** A forward pass that records nothing: dropout off. */
export function inferencePass(layers: readonly Layer[], x: Tensor, random: Random): Pass {
  return withoutRecording(() => forwardPass(layers, x, { training: false, random }));
}

/** The weights that training changes. */
export function trainableWeights(layers: readonly Layer[]): readonly Parameter[] {
  return layers.flatMap((layer) => layer.trainableWeights);
}
