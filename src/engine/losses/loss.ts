// What a loss is: one number that says how wrong predictions are, which targets it can judge, and which output layer it goes with.

import { ValueError } from "../errors.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** How far predictions are from targets, as one number to make small. */
export interface Loss {
  /** "mse", "categoricalCrossentropy"; a custom loss has the name of its function. */
  readonly name: string;
  /** In words: "mean squared error". */
  readonly label: string;
  /** The formula as text. */
  readonly formula: string;
  /** Whether predictions are raw scores (logits) instead of probabilities. */
  readonly fromLogits: boolean;
  /** What targets must look like: "class numbers" for sparse losses, "classes" for one-hot rows or probabilities, else "values". */
  readonly targetKind: "values" | "binary" | "classes" | "classNumbers";
  /** The activation of the last layer it goes with, `null` when any does. */
  readonly outputActivation: "linear" | "sigmoid" | "softmax" | null;
  /**
   * Whether `compute` is backend calls alone, the same ones whatever the numbers are, so that a training step may lay them
   * out once and then repeat them. True for the losses that come with nnbook.
   */
  readonly isPlannable?: boolean;
  /**
   * The mean loss of a batch, a tensor with one number.
   *
   * @throws ShapeError when the shapes do not go together.
   */
  compute(predictions: Tensor, targets: Tensor): Tensor;
  /**
   * The loss of a batch in which example i counts `weights[i]` times: `Σ wᵢ · lossᵢ / n` with the number of examples as n, as
   * in Keras. Losses without it refuse weights.
   */
  computeWeighted?(predictions: Tensor, targets: Tensor, weights: Tensor): Tensor;
  /**
   * Refuses targets this loss cannot judge, before training. `outputShape` is the shape of one prediction.
   *
   * @throws ShapeError or DomainError saying which row, and what to do.
   */
  checkTargets(targets: Tensor, outputShape: Shape): void;
  /**
   * The same loss taking the last layer's values before that activation: more exact, as Keras does.
   * `null` when the pair has no such form.
   */
  fusedWith(activation: string | null): Loss | null;
}

/** The loss of a batch whose examples have weights. @throws ValueError for a loss that takes none. */
export function weightedLossOf(loss: Loss, predictions: Tensor, targets: Tensor, weights: Tensor): Tensor {
  if (loss.computeWeighted !== undefined) return loss.computeWeighted(predictions, targets, weights);
  throw new ValueError({
    op: loss.name,
    expected: "a loss that takes weights of examples",
    got: "one without computeWeighted",
    hint: "Take losses.custom(…) or one of nnbook's losses, or leave classWeight and sampleWeight out.",
  });
}
