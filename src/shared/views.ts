// The views: plain JSON that says what a picture shows. Insights make them, the renderer draws them, files keep them.
// A view names meaning (role, unit, tone), never colour or pixel, and holds no time stamp and no machine path.

import type { ViewNumber } from "./json.ts";
import type { Message } from "./words/message.ts";

/** The MIME type of each view. The version is part of the name: a change that older readers cannot read gets a new one. */
export const viewMimeTypes = {
  training: "application/vnd.nnbook.training.v1+json",
  gradients: "application/vnd.nnbook.gradients.v1+json",
  activation: "application/vnd.nnbook.activation.v1+json",
  summary: "application/vnd.nnbook.summary.v1+json",
} as const;

export type ViewKind = keyof typeof viewMimeTypes;
export type View = TrainingView | GradientsView | ActivationView | SummaryView;

/** What a verdict weighs: shown as an icon and a word, never as colour alone. */
export type Tone = "good" | "info" | "warning" | "error";

/** A verdict in words. */
export interface Sentence {
  readonly tone: Tone;
  /** One or two sentences, in order. */
  readonly messages: readonly Message[];
}

/** What is known of a layer once its model is built. Sizes outermost first; `null` is the batch axis. */
export interface LayerInfo {
  readonly name: string;
  /** The layer's kind as the user wrote it: "dense", "activation", "dropout". */
  readonly type: string;
  /** The activation's name, where the layer has one. */
  readonly activation: string | null;
  readonly inputShape: readonly (number | null)[];
  readonly outputShape: readonly (number | null)[];
  /** Number of weights, biases included. */
  readonly parameters: number;
}

// ---- training

export type TrainingState = "running" | "finished" | "stopped" | "diverged" | "failed";

export interface TrainingView {
  readonly kind: "training";
  readonly version: 1;
  /** Names the run for live frames, for the layer card and for "reveal in cell". The same cell and seed give the same id. */
  readonly runId: string;
  readonly state: TrainingState;
  readonly epochs: { readonly done: number; readonly planned: number };
  readonly steps: { readonly done: number; readonly perEpoch: number };
  /** The loss first, then the metrics, each by epoch. */
  readonly metrics: readonly TrainingMetric[];
  /** The strip: layers with weights, input first, with mean |g| of the newest epoch. */
  readonly layers: readonly StripLayer[];
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
  /** One value an epoch. */
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

export interface Divergence {
  /** The first step (counted from 1) and epoch (from 1) with a number that is not finite. */
  readonly step: number;
  readonly epoch: number;
  /** The first layer, in the order of the forward pass and then of the backward pass; `null` when it is the loss itself. */
  readonly layer: string | null;
  readonly where: "activation" | "loss" | "gradient" | "weights";
}

// ---- gradients

export interface GradientsView {
  readonly kind: "gradients";
  readonly version: 1;
  readonly sentence: Sentence;
  /** One to five runs. */
  readonly runs: readonly GradientsRun[];
}

export interface GradientsRun {
  readonly runId: string;
  readonly name: string;
  /** The shown steps of those recorded, counted from 1, in order; every series below has one value for each, or none at all. */
  readonly steps: readonly number[];
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly verdict: GradientVerdict;
  /** The bound of the activation's slope that all hidden layers share (0.25 for sigmoid): drawn as a reference. */
  readonly slopeBound: number | null;
  /** Layers with weights, input first. */
  readonly layers: readonly GradientsLayer[];
}

/** What the gradients of a run do on their way to the input. */
export interface GradientVerdict {
  readonly kind: "vanishing" | "exploding" | "healthy" | "notFinite" | "unknown";
  /** How much they shrink per layer towards the input (below 1: they grow); `null` with fewer than three layers. */
  readonly shrinkPerLayer: number | null;
  /** Largest over smallest layer (median over steps). */
  readonly range: number | null;
}

export interface GradientsLayer extends LayerInfo {
  readonly sentence: Sentence;
  readonly series: LayerSeries;
}

/** One value for each of the run's `steps`; empty where a measure was not recorded at any of them. `g` is the gradient of the loss with respect to the layer's weights and biases. */
export interface LayerSeries {
  /** Mean |g|. */
  readonly meanAbs: readonly ViewNumber[];
  readonly mean: readonly ViewNumber[];
  readonly std: readonly ViewNumber[];
  /** L2 norm of g. */
  readonly l2: readonly ViewNumber[];
  /** Largest |g|. */
  readonly max: readonly ViewNumber[];
  /** Share (0–1) of entries of g that are zero. */
  readonly zeroShare: readonly ViewNumber[];
  /** L2 norm of the step's update over L2 norm of the weights. */
  readonly updateRatio: readonly ViewNumber[];
  readonly activationMean: readonly ViewNumber[];
  readonly activationStd: readonly ViewNumber[];
  /** Share (0–1) of outputs where the activation's slope is below a tenth of its largest; empty where that has no meaning. */
  readonly saturatedShare: readonly ViewNumber[];
  /** Share (0–1) of units that were zero for the whole batch (ReLU family). */
  readonly deadShare: readonly ViewNumber[];
}

export type LayerMeasure = keyof LayerSeries;

// ---- activation

export interface ActivationView {
  readonly kind: "activation";
  readonly version: 1;
  readonly sentence: Sentence;
  /** Names of the functions shown at first, at most five. */
  readonly chosen: readonly string[];
  /** Every function the reader may choose. */
  readonly functions: readonly ActivationCurve[];
  /** Trained layers whose pre-activations may be laid under the curves. */
  readonly layers: readonly PreActivations[];
  /** The layer shown at first, by name; `null` shows none. */
  readonly layer: string | null;
}

export interface ActivationCurve {
  /** The name in code: "leakyRelu". */
  readonly name: string;
  /** The name in words: "leaky ReLU". */
  readonly label: string;
  /** Curves for each value of `alpha` that the slider offers, ascending; one entry with `alpha: null` where there is none. */
  readonly variants: readonly ActivationVariant[];
  /** Index into `variants` shown at first. */
  readonly initial: number;
}

export interface ActivationVariant {
  readonly alpha: number | null;
  /** Ascending. Points lie closer where the function has a kink; a jump has the same z twice. */
  readonly z: readonly number[];
  readonly value: readonly ViewNumber[];
  readonly slope: readonly ViewNumber[];
  /** sup f′; `null` when unbounded. */
  readonly largestSlope: number | null;
  /** Intervals of z (inside the drawn range) where f′ is below a tenth of its largest. */
  readonly saturated: readonly (readonly [from: number, to: number])[];
}

export interface PreActivations {
  readonly name: string;
  readonly activation: string;
  readonly units: number;
  /** Bin edges, ascending, one more than `shares`. */
  readonly edges: readonly number[];
  /** Share (0–1) of all values in each bin; what lies outside is counted in the first and the last. */
  readonly shares: readonly number[];
  readonly saturatedShare: ViewNumber;
  /** How many examples were looked at. */
  readonly examples: number;
}

// ---- summary

export interface SummaryLayer extends LayerInfo {
  /** How many of its parameters training changes; left out where it is all of them. */
  readonly trainable?: number | undefined;
  /** The names of the layers and inputs it takes; left out where the layers stand in a row. */
  readonly takes?: readonly string[] | undefined;
}

export interface SummaryView {
  readonly kind: "summary";
  readonly version: 1;
  readonly name: string;
  readonly layers: readonly SummaryLayer[];
  readonly totalParameters: number;
  readonly trainableParameters: number;
  readonly loss: string | null;
  readonly optimizer: string | null;
}
