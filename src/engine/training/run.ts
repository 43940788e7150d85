// A run: one call of `fit`, with what it reached and what it recorded. Insights read it; nothing here knows how it is shown.

import type { RunEarlyEnd } from "./callbacks/earlyEnd.ts";
import { changedModel } from "./continuation.ts";
import type { DataSummary } from "./data/dataSummary.ts";
import type { Model } from "./model/model.ts";
import type { WeightSnapshot } from "./snapshots.ts";
import type { LayerTrace } from "./trace/trace.ts";

/** How far a run is; see `Run.state`. */
export type RunState = "running" | "finished" | "stopped" | "diverged" | "failed";

/** A loss or metric by epoch. */
export interface RunHistory {
  /** "loss", or the metric's name ("accuracy"); with the output's in front where there are several ("headLoss"). */
  readonly name: string;
  /** What is measured: the loss's name ("binaryCrossentropy"), or the metric's. */
  readonly measure: string;
  /** Which values are good. */
  readonly better: "lower" | "higher";
  /** One value an epoch, averaged over the epoch's batches as they were before each update. */
  readonly train: readonly number[];
  /** One value an epoch, measured at its end; `null` without validation data. */
  readonly validation: readonly number[] | null;
}

/** Where the first number that is not finite appeared. */
export interface RunDivergence {
  /** Counted from 1. */
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** The first layer, in the order of the forward and then the backward pass; `null` when it is the loss itself. */
  readonly layer: string | null;
  /** What was not finite. */
  readonly where: "activation" | "loss" | "gradient" | "weights";
  /** The epoch (from 1) whose weights the model was given back; 0: those from before the training. */
  readonly restoredEpoch: number;
}

/** Something worth knowing that is not an error: a loss that does not suit the output layer, for example. */
export interface RunNote {
  /** What was noticed. */
  readonly kind:
    | "softmaxWithOneUnit"
    | "crossentropyWithOneUnit"
    | "squaredErrorOnClasses"
    | "crossentropyWithoutProbabilities"
    | "logitsAfterActivation"
    | "targetsOutOfReach"
    | "stepActivation"
    | "flatOperation"
    | "nothingToLearn"
    | "symmetricStart";
  /** The layer it is about; `null` when it is about the whole model. */
  readonly layer: string | null;
  /** One or two sentences in English for the console. */
  readonly text: string;
}

/** What is recorded of a run as plain data: all that insights need. */
export interface RunRecord {
  /** What charts call the run. */
  readonly name: string;
  /** How far it is; see `Run.state`. */
  readonly state: RunState;
  /** What order, dropout and, without a seed of the model, the first weights follow from. */
  readonly seed: number;
  /** Examples a step. */
  readonly batchSize: number;
  /** Passes over the data. */
  readonly epochs: {
    /** How many have ended. */
    readonly done: number;
    /** How many there are to be in all. */
    readonly planned: number;
  };
  /** Updates of the weights. */
  readonly steps: {
    /** How many were made. */
    readonly done: number;
    /** How many an epoch has. */
    readonly perEpoch: number;
  };
  /** The loss first, then the metrics. */
  readonly history: readonly RunHistory[];
  /** All layers, input first. */
  readonly layers: readonly LayerTrace[];
  /** Which steps were recorded. */
  readonly trace: {
    /** Their numbers, from 1; each layer's series has one value for each. */
    readonly steps: readonly number[];
    /** Every how many steps one is recorded by now; outlying ones stand between. */
    readonly stride: number;
  };
  /** Where the first number that is not finite appeared; `null` when all went well. */
  readonly divergence: RunDivergence | null;
  /** Which callback ended it before its last planned epoch; `null` when none did. */
  readonly earlyEnd: RunEarlyEnd | null;
  /** Training loss of each step before its update, in order. */
  readonly loss: readonly number[];
  /** "mse", "categoricalCrossentropy" … */
  readonly lossName: string;
  /** "sgd", "adam" … */
  readonly optimizerName: string;
  /** `null` where it is not one number. */
  readonly learningRate: number | null;
  /** The learning rate of every update, in order: one for each step, but for one that diverged before its update. */
  readonly learningRates: readonly number[];
  /** The momentum (β₁ of Adam and its relatives) of every update where a schedule moves it, else `null`. */
  readonly momenta: readonly number[] | null;
  /** The loss of the best constant guess (the entropy of the classes, the variance of the targets); `null` where unknown. */
  readonly guessLoss: number | null;
  /** What does not go together well, though it is no error. */
  readonly notes: readonly RunNote[];
  /** The scale of the inputs it learned from, and how many examples each class has. */
  readonly dataSummary: DataSummary;
}

/** What changes while a training goes on; `fit` writes it, everyone else reads it through `Run`. */
export type MutableRecord = { -readonly [Field in keyof RunRecord]: RunRecord[Field] };

/** How a run is gone on with. */
export interface ResumeOptions {
  /** How many epochs there are to be in all, those that are done included. Default: as many as were planned. */
  readonly epochs?: number;
}

/** Goes on with the training of a run. */
export type ResumeFit = (options?: ResumeOptions) => Promise<Run>;

/**
 * One training: what `fit` gives back. It grows while the training goes on. Of a training that was stopped before `fit`
 * could give it back, `model.run` is the run.
 *
 * @example const run = await model.fit(data, { epochs: 20 }); run.loss.at(-1)
 */
export class Run implements RunRecord {
  #model: Model | (() => Model);
  readonly #record: RunRecord;
  /** A text once it cannot go on any more: what happened to the model. */
  #resume: ResumeFit | string;
  readonly #snapshots: () => readonly WeightSnapshot[];

  /** @internal `model` may be made when somebody asks for it. `resume` may say why it cannot go on. */
  constructor(
    model: Model | (() => Model),
    record: RunRecord,
    resume: ResumeFit | string,
    snapshots: () => readonly WeightSnapshot[] = () => [],
  ) {
    this.#snapshots = snapshots;
    this.#model = model;
    this.#record = record;
    this.#resume = resume;
  }

  /** The model that was trained. */
  get model(): Model {
    if (typeof this.#model === "function") this.#model = this.#model();
    return this.#model;
  }

  /**
   * Goes on exactly where the training stopped, in the middle of an epoch too: stopped by the stop button, by a callback that
   * answered "stop" or threw an error, or finished, with more epochs. Order of the examples, randomness, the optimizer's
   * memory, metrics and traces go on, and so do weights: the run becomes, bit for bit, the one that was never stopped.
   *
   * Data, options and callbacks are those that `fit` was given; `onTrainBegin` and `onTrainEnd` are called again. What
   * `earlyStopping` gave the model at the end is undone first.
   *
   * @returns This run, when it has ended again.
   * @throws ValueError while the run or its model trains; when the model was trained, compiled or changed since; when the run
   *   diverged; when all its epochs are done and `epochs` says no more.
   * @example await model.run?.resume() // after the stop button
   * @example await run.resume({ epochs: 40 }) // after fit(data, { epochs: 20 })
   */
  async resume(options?: ResumeOptions): Promise<Run> {
    if (typeof this.#resume === "string") throw changedModel(this.#resume);
    return this.#resume(options);
  }

  /** @internal Its model went another way: data and weights to go on with are not kept. `got` says how: "one that was trained since". */
  leaveBehind(got: string): void {
    this.#resume = got;
  }

  /** The model's name, or the name given to `fit`: how charts call the run. */
  get name(): string {
    return this.#record.name;
  }
  /** "running", "finished", "stopped" (by the reader), "diverged" (a number was not finite) or "failed" (an error). */
  get state(): RunState {
    return this.#record.state;
  }
  /** Chose the weights (where the model has no seed), the order of the examples, and what dropout drops. */
  get seed(): number {
    return this.#record.seed;
  }
  /** Examples in a step. */
  get batchSize(): number {
    return this.#record.batchSize;
  }
  /** Epochs finished, and how many `fit` was asked for. */
  get epochs(): RunRecord["epochs"] {
    return this.#record.epochs;
  }
  /** Steps made, and how many an epoch has. */
  get steps(): RunRecord["steps"] {
    return this.#record.steps;
  }
  /** The loss first, then the metrics, each by epoch. */
  get history(): readonly RunHistory[] {
    return this.#record.history;
  }
  /** What was recorded of each layer, input first. */
  get layers(): readonly LayerTrace[] {
    return this.#record.layers;
  }
  /** The steps that were recorded. */
  get trace(): RunRecord["trace"] {
    return this.#record.trace;
  }
  /** Where the first number that is not finite appeared; `null` when all went well. */
  get divergence(): RunDivergence | null {
    return this.#record.divergence;
  }
  /** Which callback ended it before its last planned epoch, and what it went by; `null` when none did. */
  get earlyEnd(): RunEarlyEnd | null {
    return this.#record.earlyEnd;
  }
  /** Training loss of every step before its update, in order. */
  get loss(): readonly number[] {
    return this.#record.loss;
  }
  /** "mse", "categoricalCrossentropy" … */
  get lossName(): string {
    return this.#record.lossName;
  }
  /** "sgd", "adam" … */
  get optimizerName(): string {
    return this.#record.optimizerName;
  }
  /** The learning rate where it is the same for all steps, else `null`: see `learningRates`. */
  get learningRate(): number | null {
    return this.#record.learningRate;
  }
  /** The learning rate of every update, in order: one for each step, but for one that diverged before its update. */
  get learningRates(): readonly number[] {
    return this.#record.learningRates;
  }
  /** The momentum (β₁ of Adam and its relatives) of every update where a schedule moves it, else `null`. */
  get momenta(): readonly number[] | null {
    return this.#record.momenta;
  }
  /** The loss of the best constant guess; `null` where unknown. */
  get guessLoss(): number | null {
    return this.#record.guessLoss;
  }
  /** What does not go together well, though it is no error. */
  get notes(): readonly RunNote[] {
    return this.#record.notes;
  }

  /** The weights on the way, start and end among them: at most 60, as `fit`'s option `snapshots` says. */
  get snapshots(): readonly WeightSnapshot[] {
    return this.#snapshots();
  }

  /** The scale of the inputs it learned from, and how many examples each class has. */
  get dataSummary(): DataSummary {
    return this.#record.dataSummary;
  }

  /** One line: name, state, epochs, newest loss. */
  toString(): string {
    const loss = this.history[0]?.train.at(-1) ?? this.loss.at(-1);
    const newest = loss === undefined ? "" : `, loss ${Number(loss.toPrecision(3))}`;
    return `Run "${this.name}": ${this.state}, epoch ${this.epochs.done} of ${this.epochs.planned}${newest}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
