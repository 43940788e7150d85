// How a training went, or goes: what `show.training` and every `fit` show.

import type { ViewNumber } from "../json.ts";
import type { Sentence } from "./common.ts";

export type TrainingState = "running" | "finished" | "stopped" | "diverged" | "failed";

export interface TrainingView {
  readonly kind: "training";
  readonly version: 1;
  /** Names the run for live frames, for the layer card and for "reveal in cell". The same cell and seed give the same id. */
  readonly runId: string;
  readonly state: TrainingState;
  /** What ended it before its last planned epoch, when `state` is "finished"; left out where nothing did. */
  readonly endedBy?: "earlyStopping" | "budget" | "callback" | undefined;
  readonly epochs: { readonly done: number; readonly planned: number };
  readonly steps: { readonly done: number; readonly perEpoch: number };
  /** The loss first, then the metrics, each by epoch. */
  readonly metrics: readonly TrainingMetric[];
  /** The epochs (from 1) whose values the metrics' lists hold, where a very long training is thinned; left out where that is all of them. */
  readonly keptEpochs?: readonly number[] | undefined;
  /** The strip: layers with weights, input first, with mean |g| of the newest epoch. */
  readonly layers: readonly StripLayer[];
  /** The strip over time, once the training has ended; left out while it runs. */
  readonly history?: StripHistory | undefined;
  /** What each step was made with; left out where the learning rate and the momentum never change. */
  readonly rates?: TrainingRates | undefined;
  /** The outcome (or how it stands) in words; `null` before there is anything to say. */
  readonly sentence: Sentence | null;
  /** Where it went wrong, when `state` is "diverged". */
  readonly divergence: Divergence | null;
}

export interface TrainingMetric {
  /** "loss", or the metric's name ("accuracy"). */
  readonly name: string;
  /** What is measured: the loss's name ("binaryCrossentropy"), or the metric's. */
  readonly measure: string;
  readonly better: "lower" | "higher";
  /** One value an epoch, or one for each of `keptEpochs`. */
  readonly train: readonly ViewNumber[];
  /** The same on the validation data; `null` when there is none. */
  readonly validation: readonly ViewNumber[] | null;
}

export interface StripLayer {
  readonly name: string;
  readonly type: string;
  /** mean |g| over the layer's weights, mean over the newest epoch; `null` before the first. */
  readonly gradient: ViewNumber;
}

export interface StripHistory {
  /** Recorded steps, counted from 1, in order. */
  readonly steps: readonly number[];
  /** mean |g| at each of them, one list for each of the view's `layers`. */
  readonly gradients: readonly (readonly ViewNumber[])[];
}

export interface TrainingRates {
  /** Steps, counted from 1, in order; each list has one value for each. */
  readonly steps: readonly number[];
  readonly learningRates: readonly ViewNumber[];
  /** Momentum, or β₁ of Adam and its relatives; `null` where no schedule moves it. */
  readonly momenta: readonly ViewNumber[] | null;
}

export interface Divergence {
  /** The first step (counted from 1) and epoch (from 1) with a number that is not finite. */
  readonly step: number;
  readonly epoch: number;
  /** The first layer, in the order of the forward pass and then of the backward pass; `null` when it is the loss itself. */
  readonly layer: string | null;
  readonly where: "activation" | "loss" | "gradient" | "weights";
}
