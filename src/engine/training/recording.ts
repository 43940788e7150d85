// Writes a run while it goes on: states, history, each layer's trace, and the weights to go back to when numbers break.

import { type Floats, maths } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import type { Callback } from "./callbacks/callbacks.ts";
import { reasonToStop } from "./callbacks/earlyEnd.ts";
import type { Compiled } from "./compile.ts";
import { summarizeData } from "./data/dataSummary.ts";
import { batchRows, countOf } from "./data/trainingData.ts";
import { type FitPlan, stepsPerEpoch } from "./fitPlan.ts";
import type { Model } from "./model/model.ts";
import { lossOfGuessing, noticeFlatOperations, noticeMismatches } from "./notes/notes.ts";
import { type MutableRecord, type ResumeFit, Run, type RunDivergence, type RunHistory } from "./run.ts";
import { Snapshots } from "./snapshots.ts";
import { inferencePass } from "./step.ts";
import { preActivationHistogram } from "./trace/layerStatistics.ts";
import type { LayerTrace, MeasuredLevel, TraceLevel } from "./trace/trace.ts";
import { StepMeter } from "./trace/traceMeter.ts";
import { type StepPlace, TraceSteps } from "./trace/traceSteps.ts";

/** At most this many training examples are looked at for the distribution of what reaches each activation. */
const histogramExamples = 1000;

type MutableTrace = { -readonly [Field in keyof LayerTrace]: LayerTrace[Field] };

/** The writing side of a run. */
export class Recording {
  readonly run: Run;
  readonly #model: Model<unknown>;
  readonly #compiled: Compiled;
  readonly #plan: FitPlan;
  readonly #record: MutableRecord;
  readonly #steps: TraceSteps;
  readonly #traces: MutableTrace[];
  readonly #history: (RunHistory & { train: number[]; validation: number[] | null })[];
  readonly #loss: number[] = [];
  readonly #learningRates: number[] = [];
  readonly #momenta: number[] | null;
  #keptWeights: readonly Floats[];
  /** Copies from an epoch earlier, for the next ones. */
  #spareWeights: readonly Floats[] = [];
  readonly #snapshots: Snapshots;

  constructor(model: Model<unknown>, compiled: Compiled, plan: FitPlan, resume: ResumeFit) {
    this.#model = model;
    this.#compiled = compiled;
    this.#plan = plan;
    for (const layer of model.layers) layer.flatOperations = null;
    const level = plan.trace === "off" ? "summary" : plan.trace;
    const steps = new TraceSteps(model, level, plan.every);
    this.#steps = steps;
    this.#traces = model.layers.map((layer, index) => startTrace(layer, steps, index));
    this.#history = startHistory(compiled, plan.validation !== null);
    this.#keptWeights = model.copyWeights();
    this.#momenta = compiled.optimizer.scheduledMomentum === null ? null : [];
    this.#record = {
      name: plan.name ?? model.name,
      state: "running",
      seed: plan.seed,
      batchSize: plan.batchSize,
      epochs: { done: 0, planned: plan.epochs },
      steps: { done: 0, perEpoch: stepsPerEpoch(plan) },
      history: this.#history,
      layers: this.#traces,
      trace: {
        get steps() {
          return steps.steps;
        },
        get stride() {
          return steps.stride;
        },
      },
      divergence: null,
      earlyEnd: null,
      loss: this.#loss,
      lossName: compiled.lossName,
      optimizerName: compiled.optimizer.name,
      learningRate: compiled.optimizer.schedule === null ? compiled.optimizer.learningRate : null,
      learningRates: this.#learningRates,
      momenta: this.#momenta,
      // Weights of examples change what a guess loses.
      guessLoss: plan.train.weights === undefined ? lossOfGuessing(compiled.losses, plan.train.ys) : null,
      notes: noticeMismatches(model.graph, compiled.losses, plan.train.ys),
      dataSummary: summarizeData(model.graph, compiled.losses, plan.train),
    };
    // A run is shown and asked alike whatever its model predicts.
    this.#snapshots = new Snapshots(model, plan.snapshots, { epochs: plan.epochs, stepsPerEpoch: stepsPerEpoch(plan) });
    this.run = new Run(model as Model, this.#record, resume, () => this.#snapshots.kept);
  }

  /** How much is measured of a step (from 1): nothing where it does not go into the trace. */
  levelOf(step: number): TraceLevel {
    return this.#steps.wants(step) ? this.#plan.trace : "off";
  }

  /** After an update; `meter` measured the step where it is recorded. */
  endStep(loss: number, meter: StepMeter | null): void {
    this.#countStep(loss);
    this.#countUpdate();
    if (this.#record.steps.done === 1)
      this.#record.notes = [...this.#record.notes, ...noticeFlatOperations(this.#model.graph)];
    this.#snapshots.take(this.#record.steps.done);
    if (meter !== null) this.#steps.add(this.#place, meter);
    else if (this.#plan.trace !== "off" && this.run.steps.done % this.run.steps.perEpoch === 0)
      this.#steps.addGradients(this.#place.epoch);
  }

  /** At the end of an epoch: its loss and metrics, on the validation data too. */
  endEpoch(train: readonly number[], validation: readonly number[] | null): void {
    this.#history.forEach((history, index) => {
      history.train.push(train[index] ?? Number.NaN);
      history.validation?.push(validation?.[index] ?? Number.NaN);
    });
    this.#record.epochs = { ...this.#record.epochs, done: this.#record.epochs.done + 1 };
    const { learningRate, schedule } = this.#compiled.optimizer;
    if (schedule === null && learningRate !== this.#record.learningRate) this.#record.learningRate = null;
    // Nothing can break any more.
    if (this.#record.epochs.done >= this.#record.epochs.planned) return;
    // Until the new copies are whole the last ones are kept, wherever this may be ended from outside.
    const isSpare = this.#spareWeights !== this.#keptWeights;
    const copies = this.#model.copyWeights(isSpare ? this.#spareWeights : []);
    this.#spareWeights = this.#keptWeights;
    this.#keptWeights = copies;
  }

  /** A number is not finite: records this step too, gives the model its last whole weights back, and ends the run. */
  diverge(found: Omit<RunDivergence, "restoredEpoch">, loss: number, meter: StepMeter | null): void {
    this.#countStep(loss);
    if (found.where === "weights") this.#countUpdate();
    if (this.#plan.trace !== "off") {
      const measured = meter ?? this.#gradientsAlone(this.#plan.trace);
      measured.measureWeights();
      this.#steps.addTable(this.#place, measured);
    }
    this.#model.restoreWeights(this.#keptWeights);
    // Momentum and the like hold the broken numbers too.
    this.#compiled.optimizer.reset();
    this.#record.divergence = { ...found, restoredEpoch: this.#record.epochs.done };
    this.#record.state = "diverged";
  }

  /** The reader wants no more: the model keeps its weights as they are. */
  stop(): void {
    this.#record.state = "stopped";
  }

  /** A callback answered "stop": the first that did is what the training ends by. */
  wantNoMore(callback: Callback): void {
    this.#record.earlyEnd ??= reasonToStop(callback);
  }

  /** An error in a callback or layer ended it. */
  fail(): void {
    this.#record.state = "failed";
  }

  /** The end of the training, however it came. */
  end(): void {
    if (this.#record.state === "running") this.#record.state = "finished";
    const isWhole = this.#isAtEpochEnd && this.#record.epochs.done >= this.#record.epochs.planned;
    if (this.#record.state !== "finished" || isWhole) this.#record.earlyEnd = null;
    // A run may be kept for long, and at the end of an epoch the model has these weights itself.
    if (this.#isAtEpochEnd) this.#keptWeights = [];
    this.#spareWeights = [];
    // A diverged model has earlier weights again.
    if (this.#record.state !== "diverged") this.#snapshots.end(this.#record.steps.done);
    this.#recordHistograms();
  }

  /** It goes on, with the weights it ended with, until so many epochs are done. */
  resume(epochs: number): void {
    if (this.#isAtEpochEnd) this.#keptWeights = this.#model.copyWeights();
    this.#record.state = "running";
    this.#record.earlyEnd = null;
    this.#record.epochs = { ...this.#record.epochs, planned: epochs };
    for (const trace of this.#traces) trace.preActivations = null;
  }

  get #isAtEpochEnd(): boolean {
    const { epochs, steps } = this.#record;
    return steps.done === epochs.done * steps.perEpoch;
  }

  #countStep(loss: number): void {
    this.#loss.push(loss);
    this.#record.steps = { ...this.#record.steps, done: this.#record.steps.done + 1 };
  }

  /** Of an update that was made just now. */
  #countUpdate(): void {
    const { learningRate, scheduledMomentum } = this.#compiled.optimizer;
    this.#learningRates.push(learningRate);
    if (scheduledMomentum !== null) this.#momenta?.push(scheduledMomentum);
  }

  /** Of a step that was not measured while it was made. */
  #gradientsAlone(level: MeasuredLevel): StepMeter {
    const meter = new StepMeter(this.#model.layers, level);
    meter.begin();
    meter.endPass(true);
    return meter;
  }

  get #place(): StepPlace {
    return { step: this.#record.steps.done, epoch: this.#record.epochs.done };
  }

  /** From the weights the model has now, which after a divergence are the restored ones. */
  #recordHistograms(): void {
    if (this.#plan.trace === "off" || !this.#traces.some(({ activation }) => activation !== null)) return;
    const { train } = this.#plan;
    const count = maths.min(histogramExamples, countOf(train));
    const rows = Array.from({ length: count }, (_, index) => index);
    const pass = inferencePass(this.#model.graph, batchRows(train, rows).xs, new Random(0));
    this.#model.layers.forEach((layer, index) => {
      const trace = this.#traces[index];
      if (trace !== undefined) trace.preActivations = preActivationHistogram(layer, pass.observed.get(layer), count);
    });
  }
}

function startTrace(layer: Layer, steps: TraceSteps, index: number): MutableTrace {
  return {
    name: layer.name,
    type: layer.type,
    activation: layer.activation,
    inputShape: [null, ...(layer.inputShape ?? [])],
    outputShape: [null, ...(layer.outputShape ?? [])],
    parameters: layer.parameterCount,
    trainableParameters: layer.trainableWeights.reduce((sum, { size }) => sum + size, 0),
    place: layer.place,
    get series() {
      return steps.series(index);
    },
    get histograms() {
      return steps.histograms(index);
    },
    get epochGradient() {
      return steps.epochGradient(index);
    },
    preActivations: null,
  };
}

function startHistory(
  compiled: Compiled,
  hasValidation: boolean,
): (RunHistory & { train: number[]; validation: number[] | null })[] {
  const parts = compiled.losses.map(({ name, loss }) => ({ name, measure: loss.name, better: "lower" as const }));
  const measures = [
    ...(parts.length === 1 ? [] : [{ name: "loss", measure: "loss", better: "lower" as const }]),
    ...parts,
    ...compiled.metrics.map(({ name, metric }) => ({ name, measure: metric.name, better: metric.better })),
  ];
  return measures.map((each) => ({ ...each, train: [], validation: hasValidation ? [] : null }));
}
