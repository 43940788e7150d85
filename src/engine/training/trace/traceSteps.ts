// Takes measured steps into a run's trace. Their rows wait until there are many of them, or somebody looks.

import type { Parameter } from "../../tensor.ts";
import type { Model } from "../model/model.ts";
import { meanAbsGradient, measuredLayer } from "./layerStatistics.ts";
import type { MeasuredLevel, Recorded, TraceHistograms, TraceSeries } from "./trace.ts";
import type { StepMeter } from "./traceMeter.ts";
import { TraceRecorder } from "./traceRecorder.ts";
import { layerSize, type MeasuredLayer, meanAbsOf } from "./traceRow.ts";
import type { RowTaker, WaitingRows } from "./waitingRows.ts";

/** A step, and the epochs that were done before it. */
export interface StepPlace {
  readonly step: number;
  readonly epoch: number;
}

/** The measured steps of one run. */
export class TraceSteps implements RowTaker {
  readonly #model: Model<unknown>;
  readonly #layerSize: number;
  readonly #recorder: TraceRecorder;
  /** By layer. */
  readonly #epochMeans: readonly EpochMean[];
  #measured: readonly MeasuredLayer[];
  /** The weights that learned when that was looked at, and the places of their layers. */
  #learning: readonly Parameter[];
  #learningLayers: readonly number[];
  /** By layer. */
  #weights: readonly (readonly Parameter[])[];
  /** Where rows wait, and of which steps they are. */
  #waiting: WaitingRows | null = null;
  readonly #waitingSteps: number[] = [];
  readonly #waitingEpochs: number[] = [];
  /** So many of them were taken. */
  #taken = 0;

  constructor(model: Model<unknown>, level: MeasuredLevel, every: number | null) {
    this.#model = model;
    this.#layerSize = layerSize(level);
    this.#learning = model.steps.trainable;
    this.#measured = model.layers.map(measuredLayer);
    this.#learningLayers = learningPlaces(this.#measured);
    this.#weights = model.layers.map(({ trainableWeights }) => trainableWeights);
    this.#recorder = new TraceRecorder({ layers: this.#measured, level, every });
    this.#epochMeans = model.layers.map(() => new EpochMean());
  }

  /** The recorded steps, counted from 1, in order. */
  get steps(): readonly number[] {
    this.takeRows();
    return this.#recorder.steps;
  }

  /** How far recorded steps lie apart now. */
  get stride(): number {
    this.takeRows();
    return this.#recorder.stride;
  }

  series(layer: number): TraceSeries {
    this.takeRows();
    return this.#recorder.series(layer);
  }

  histograms(layer: number): TraceHistograms | null {
    this.takeRows();
    return this.#recorder.histograms(layer);
  }

  /** mean |g| of a layer, averaged over the recorded steps of the newest epoch that has any. */
  epochGradient(layer: number): Recorded {
    this.takeRows();
    return this.#epochMeans[layer]?.value ?? null;
  }

  /** Whether this step (from 1) is to be measured. */
  wants(step: number): boolean {
    return this.#recorder.wants(step);
  }

  /** Takes a step that was measured, update and all. */
  add({ step, epoch }: StepPlace, meter: StepMeter): void {
    this.#noticeFreezing();
    const { waiting } = meter;
    if (waiting === null) {
      this.addTable({ step, epoch }, meter);
      return;
    }
    if (this.#waiting !== waiting) {
      this.takeRows();
      this.#waiting = waiting;
    }
    waiting.claim(this);
    if (waiting.count === 0) this.#taken = 0;
    this.#waitingSteps[waiting.count] = step;
    this.#waitingEpochs[waiting.count] = epoch;
    waiting.count++;
    if (waiting.count >= waiting.room || !this.#recorder.hasRoomFor(waiting.count)) this.takeRows();
  }

  /** Takes what stands in the meter's table now. */
  addTable({ step, epoch }: StepPlace, { sums }: StepMeter): void {
    this.#noticeFreezing();
    this.takeRows();
    this.#recorder.take(step, { numbers: sums, start: 0, layers: this.#measured });
    this.#addMeans(sums, 0, epoch);
    this.#recorder.settle();
  }

  /** Of a step that was not measured: the gradients as they are. */
  addGradients(epoch: number): void {
    this.#noticeFreezing();
    this.takeRows();
    for (const index of this.#learningLayers) {
      const count = this.#measured[index]?.trainableCount ?? 0;
      this.#epochMeans[index]?.add(meanAbsGradient(this.#weights[index] ?? [], count), epoch);
    }
  }

  takeRows(): void {
    const waiting = this.#waiting;
    if (waiting === null || waiting.count === 0) return;
    const { numbers, count } = waiting;
    const rowSize = this.#layerSize * this.#measured.length;
    // Code may be ended from outside between any two lines: no row is taken twice.
    while (this.#taken < count) {
      const row = this.#taken++;
      const start = row * rowSize;
      this.#recorder.take(this.#waitingSteps[row] as number, { numbers, start, layers: this.#measured });
      this.#addMeans(numbers, start, this.#waitingEpochs[row] as number);
    }
    this.#recorder.settle();
    waiting.count = 0;
  }

  #addMeans(numbers: ArrayLike<number>, start: number, epoch: number): void {
    for (const index of this.#learningLayers) {
      const mean = meanAbsOf(numbers, start + index * this.#layerSize, this.#measured[index] as MeasuredLayer);
      this.#epochMeans[index]?.add(mean, epoch);
    }
  }

  /** Callbacks may freeze layers, or let them learn. */
  #noticeFreezing(): void {
    const { trainable } = this.#model.steps;
    if (trainable === this.#learning) return;
    this.takeRows();
    this.#learning = trainable;
    this.#measured = this.#model.layers.map(measuredLayer);
    this.#learningLayers = learningPlaces(this.#measured);
    this.#weights = this.#model.layers.map(({ trainableWeights }) => trainableWeights);
  }
}

/** Layers that have a mean |g|. */
function learningPlaces(layers: readonly MeasuredLayer[]): readonly number[] {
  return layers.flatMap(({ trainableCount }, index) =>
    trainableCount === null || trainableCount === 0 ? [] : [index],
  );
}

/** Mean |g| over the recorded steps of an epoch: of the newest one that has any. */
class EpochMean {
  #sum = 0;
  #count = 0;
  #epoch = 0;

  get value(): Recorded {
    return this.#count === 0 ? null : this.#sum / this.#count;
  }

  add(gradient: number, epoch: number): void {
    if (epoch !== this.#epoch) {
      this.#sum = 0;
      this.#count = 0;
      this.#epoch = epoch;
    }
    this.#sum += gradient;
    this.#count++;
  }
}
