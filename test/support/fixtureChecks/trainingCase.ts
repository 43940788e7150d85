// A training as `training.json` describes it, and the network that it is made with.

import type { Layer, Loss, Parameter, Tensor } from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import type { OptimizerConfig } from "./optimizers.ts";
import type { LayerConfig } from "./trainingLayers.ts";

export interface TrainingCase {
  readonly name: string;
  readonly model: { readonly layers: readonly LayerConfig[]; readonly loss: string };
  readonly optimizer: OptimizerConfig & { readonly name: string; readonly convention: string };
  readonly steps: number;
  readonly x: FixtureTensor;
  readonly y: FixtureTensor;
  readonly batches?: readonly (readonly number[])[];
  readonly lr_per_step?: readonly number[];
  readonly l2_kernel_regularizer?: number;
  readonly initial_weights: Readonly<Record<string, FixtureTensor>>;
  /** Moving statistics, which no gradient changes. */
  readonly initial_state?: Readonly<Record<string, FixtureTensor>>;
  readonly final_state?: Readonly<Record<string, FixtureTensor>>;
  /** Weights whose gradient is 0 but for rounding. */
  readonly zero_gradients?: readonly string[];
  /** With the penalty on weights, where there is one. */
  readonly loss: readonly number[];
  readonly data_loss?: readonly number[];
  readonly accuracy?: readonly number[];
  readonly gradients_step0: Readonly<Record<string, FixtureTensor>>;
  readonly gradient_stats: readonly GradientStats[];
  readonly activation_stats?: readonly ActivationStats[];
  readonly final_weights: Readonly<Record<string, FixtureTensor>>;
  readonly final_predictions: FixtureTensor;
  readonly final_loss: number;
  readonly tolerance_f32: Tolerance;
  readonly tolerance_f32_gradient_stats: Tolerance;
}

/** The norm, the mean and the largest of the magnitudes, and the deviation of gradient entries. */
export type Stats = readonly [l2: number, meanAbs: number, maxAbs: number, std: number];

export interface GradientStats {
  readonly step: number;
  readonly weights: Readonly<Record<string, Stats>>;
  readonly layers: Readonly<Record<string, Stats>>;
  readonly global_l2: number;
}

export interface ActivationStats {
  readonly step: number;
  readonly layers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Network {
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  /** Those that the optimizer changes, by the file's names. */
  readonly weights: readonly (readonly [name: string, Parameter])[];
  /** Those that layers keep by themselves. */
  readonly state: readonly (readonly [name: string, Parameter])[];
}

/** What each layer computed, by its name. */
export type Seen = ReadonlyMap<string, { readonly preActivation: Tensor | null; readonly output: Tensor }>;
