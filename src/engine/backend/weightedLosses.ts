// Losses whose examples count differently.

import type { Floats } from "../intrinsics.ts";
import type { LossPair, LossSetting } from "./backend.ts";
import type { LossFunctionName } from "./lossMaths.ts";

export interface WeightedLossRoutines {
  /**
   * `output[0]` = the loss of `prediction` against `target`, each number (or row) of example i times `weights[i]`, summed and
   * divided by `divisor`.
   */
  weightedLoss(name: LossFunctionName, pair: WeightedLossPair, output: Floats, setting: LossSetting): void;
  /** `predictionGrad += outputGrad[0] · ∂loss/∂prediction`, weights and divisor included. */
  weightedLossGrad(
    name: LossFunctionName,
    pair: WeightedLossPair,
    predictionGrad: Floats,
    outputGrad: Floats,
    setting: LossSetting,
  ): void;
}

export interface WeightedLossPair extends LossPair {
  /** One for each example. */
  readonly weights: Floats;
}
