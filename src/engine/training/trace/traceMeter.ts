// Measures a step while it is made: what layers give, the gradients as they are found, the weights before and after the update.
// The same calls are made at once in an eager step, and recorded where a step is laid out.

import { backend, recordInto } from "../../backend/current.ts";
import { doublesOf } from "../../backend/plainMeasurements.ts";
import type { RecordedCalls, Recorder } from "../../backend/recording.ts";
import { type Doubles, Floats } from "../../intrinsics.ts";
import type { ObservedValues } from "../../layers/callContext.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { TapedValue } from "../../tape.ts";
import type { Parameter } from "../../tensor.ts";
import type { WeightRange } from "../../weightRange.ts";
import { HostReports, isPlannableLayer } from "../plans/planHost.ts";
import { joinedNumbers, type MeasuredWeights, measuredWeights } from "./measuredWeights.ts";
import type { MeasuredLevel } from "./trace.ts";
import { type Saturation, saturationOf } from "./traceRegions.ts";
import { layerSize, magnitudeEdges, places, valueEdges } from "./traceRow.ts";
import { WaitingRows, waitingRoom } from "./waitingRows.ts";

/** The numbers of a range before the update. */
interface RangeCopy {
  readonly range: WeightRange;
  before: Floats;
}

/** Updates of more weights are shared by several threads, which what is measured cannot be. */
const mostMadeUpdates = 2 ** 17;

/** Measures the steps of one model into one table. */
export class StepMeter {
  readonly level: MeasuredLevel;
  readonly #starts = new Map<Layer, number>();
  readonly #saturations = new Map<Layer, Saturation | null>();
  readonly #weights: readonly MeasuredWeights[];
  /** Of weights that get a gradient in the walk back: those it is measured with. */
  readonly #companyOf = new Map<TapedValue, MeasuredWeights>();
  /** Gradients that were found before those of all that they are measured with. */
  readonly #early = new Map<TapedValue, Floats>();
  /** Values whose gradient is a layer's signal. */
  readonly #signals = new Map<TapedValue, number[]>();
  /** Whether weights get parts of their gradient from layers that run by themselves: it is whole only after the pass. */
  readonly #isMixed: boolean;
  /** Whether there are weights that training does not change by their gradients. */
  readonly #hasAccounts: boolean;
  #table: Floats;
  #sums: Doubles<ArrayBufferLike>;
  /** Of weights in the ranges of a plan. */
  #copies: readonly RangeCopy[] = [];
  #afterUpdate: RecordedCalls | null = null;
  /** Whether plain updates are made here, as they are measured: of weights in the ranges of a plan, all of which learn. */
  #makesUpdates = false;
  #factor: Doubles<ArrayBufferLike> = doublesOf(new Floats(2));
  #waiting: WaitingRows | null = null;
  /** Of all others; made when first needed. */
  #scattered: readonly MeasuredWeights[];
  readonly #before = new Map<MeasuredWeights, Floats>();

  constructor(layers: readonly Layer[], level: MeasuredLevel) {
    this.level = level;
    layers.forEach((layer, index) => {
      this.#starts.set(layer, index * layerSize(level));
      this.#saturations.set(layer, saturationOf(layer));
    });
    this.#hasAccounts = layers.some(({ weights }) => weights.some(({ isTrainable }) => !isTrainable));
    this.#isMixed = !layers.every(isPlannableLayer);
    // The last weights first: of a large model those are the nearest at hand after an update.
    this.#weights = measuredWeights(this.#starts, !this.#isMixed).reverse();
    this.#scattered = this.#weights;
    if (!this.#isMixed)
      for (const company of this.#weights) for (const weight of company.weights) this.#companyOf.set(weight, company);
    this.#table = new Floats(2 * layerSize(level) * layers.length);
    this.#sums = doublesOf(this.#table);
  }

  /** What was measured of the newest step; the next one changes it. */
  get sums(): Doubles<ArrayBufferLike> {
    return this.#sums;
  }

  /** Where the rows of steps wait, the newest too; `null` where it stands in `sums` alone. */
  get waiting(): WaitingRows | null {
    return this.#waiting;
  }

  /** Lays the beginning of a step out: the table is cleared. */
  layOutBegin(recorder: Recorder): void {
    this.#table = recorder.allocate(this.#table.length);
    recorder.keep(this.#table);
    recorder.backend.fill(this.#table, 0);
  }

  /** And its end: weights are copied as they are, right before the update, as long as they are near at hand. */
  layOutEnd(recorder: Recorder, ranges: readonly WeightRange[], isPlain: boolean): void {
    this.#measureEarly();
    this.#scattered = this.#weights.filter(({ weights }) => weights[0]?.place === null);
    this.#makesUpdates = isPlain && this.#canMakeUpdates;
    if (this.#makesUpdates) return;
    this.#copies = ranges.map((range) => {
      const { length } = range.gradients;
      const before = recorder.allocate(length);
      recorder.keep(before);
      recorder.backend.copy(range.values.subarray(0, length), before, 1);
      return { range, before };
    });
  }

  /** Arrays stand where they stay. */
  settle(calls: RecordedCalls): void {
    this.#signals.clear();
    this.#table = calls.locate(this.#table);
    this.#sums = doublesOf(this.#table);
    for (const copy of this.#copies) copy.before = calls.locate(copy.before);
    const recorder = backend().startRecording();
    const factor = recorder.allocate(2);
    recorder.keep(factor);
    recordInto(recorder, () => {
      // The walk back ended with the first layers. A layer's weights keep their order: else its sums would round in another way.
      const firstLayersFirst = this.#weights.toSorted((a, b) => (a.starts[0] ?? 0) - (b.starts[0] ?? 0));
      if (this.#makesUpdates) for (const each of firstLayersFirst) this.#recordUpdate(each, factor);
      else
        for (const each of this.#weights) {
          const place = each.weights[0]?.place ?? null;
          const copy = this.#copies.find(({ range }) => range === place?.range);
          const values = numbersOf(each);
          const from = place?.start ?? 0;
          const before = copy?.before.subarray(from, from + values.length);
          if (before !== undefined) this.#measureUpdate(values, before, each.starts);
        }
    });
    const { length } = this.#table;
    const rows = recorder.allocate(waitingRoom(length / 2) * length);
    const place = recorder.allocate(2);
    const isWhole = this.#scattered.length === 0;
    if (isWhole) {
      for (const array of [rows, place]) recorder.keep(array);
      recordInto(recorder, () => backend().keepRow(this.#table, rows, place));
    }
    const after = recorder.finish();
    this.#afterUpdate = after;
    this.#factor = doublesOf(after.locate(factor));
    if (!isWhole) return;
    const [numbers, which] = [doublesOf(after.locate(rows)), doublesOf(after.locate(place))];
    this.#waiting = new WaitingRows(numbers, which, length / 2);
  }

  /** Before a planned step runs. */
  beginRun(): void {
    // Even an empty one would be made anew.
    if (this.#signals.size > 0) this.#signals.clear();
    if (this.#early.size > 0) this.#early.clear();
    this.#copyScattered();
  }

  /** Before an eager step. */
  begin(): void {
    this.beginRun();
    this.#sums.fill(0);
  }

  /** A layer tells what it computed. */
  observed(layer: Layer, values: ObservedValues): void {
    const start = this.#starts.get(layer);
    // What runs by itself tells it at every run.
    if (start === undefined || values instanceof HostReports) return;
    const { output, preActivation, preActivationParts } = values;
    for (const signal of preActivationParts ?? [preActivation ?? output])
      this.#signals.set(signal, [...(this.#signals.get(signal) ?? []), start]);
    const routines = backend();
    const saturation = preActivation === null ? null : (this.#saturations.get(layer) ?? null);
    if (saturation?.after)
      routines.measureOutput(output.numbers, saturation.after, this.#table, start + places.activation);
    else routines.measureSpread(output.numbers, this.#table, start + places.activation);
    if (preActivation !== null && saturation?.after === null)
      routines.measureFlat(preActivation.numbers, saturation.before, this.#table, start + places.flat);
    if (this.level === "full")
      routines.countValues(output.numbers, valueEdges, this.#table, start + places.activationBins);
    if (cutsToZero(layer.activation))
      routines.measureZeroColumns(output.numbers, output.shape.at(-1) ?? 1, this.#table, start + places.columns);
  }

  /** The walk back has a value's whole gradient. */
  gradientFound(value: TapedValue, gradient: Floats): void {
    for (const start of this.#signals.get(value) ?? [])
      this.#measureGradient(gradient, start, places.signal, places.signalBins);
    const company = this.#companyOf.get(value);
    if (company !== undefined) this.#gradientOfWeightFound(value, gradient, company);
  }

  #gradientOfWeightFound(value: TapedValue, gradient: Floats, { weights, starts }: MeasuredWeights): void {
    this.#early.set(value, gradient);
    const gradients = weights.flatMap((weight) => this.#early.get(weight) ?? []);
    if (gradients.length < weights.length) return;
    for (const weight of weights) this.#early.delete(weight);
    this.#measureGradientOfWeights(joinedNumbers(gradients), starts);
  }

  /** What is left at the end of the walk back: gradients of weights in whose company others got none. */
  #measureEarly(): void {
    for (const [value, gradient] of this.#early)
      this.#measureGradientOfWeights(gradient, this.#companyOf.get(value)?.starts ?? []);
    this.#early.clear();
  }

  /** After the pass. `areAllMissing`: nothing was measured in it, but weights have their gradients. */
  endPass(areAllMissing = false): void {
    if (this.#early.size > 0) this.#measureEarly();
    if (!this.#isMixed && !areAllMissing) return;
    for (const { weights, starts } of this.#weights)
      for (const { gradientData } of weights)
        if (gradientData !== null) this.#measureGradientOfWeights(gradientData, starts);
  }

  /** Updates the weights, and measures that. */
  update(optimizer: Optimizer, weights: readonly Parameter[]): void {
    if (this.#makesUpdates) this.#factor[0] = optimizer.beginPlain();
    else optimizer.update(weights);
    this.#waiting?.begin();
    this.#afterUpdate?.run();
    for (const each of this.#scattered) {
      const before = this.#before.get(each);
      if (before !== undefined) this.#measureUpdate(numbersOf(each), before, each.starts);
    }
  }

  /** Whether all gradients are finite; `false` also when that is not sure. */
  get areGradientsFinite(): boolean {
    return this.#isFinite(places.gradient + 2);
  }

  /** After the update: whether all weights are finite; `false` also when that is not sure. */
  get areWeightsFinite(): boolean {
    return !this.#hasAccounts && this.#isFinite(places.weights + 3);
  }

  #isFinite(place: number): boolean {
    const size = layerSize(this.level);
    for (let at = place; at < this.#sums.length; at += size) if (!Number.isFinite(this.#sums[at])) return false;
    return true;
  }

  /** Where no update counts: the weights as they are. */
  measureWeights(): void {
    for (const start of this.#starts.values()) this.#sums.fill(0, start + places.weights, start + places.weights + 5);
    for (const { weights, starts } of this.#weights)
      for (const { numbers } of weights)
        for (const start of starts) backend().measureSpread(numbers, this.#table, start + places.weights);
  }

  /** Gives memory back. */
  release(): void {
    this.#waiting?.leave();
    this.#afterUpdate?.release();
    this.#afterUpdate = null;
  }

  get #canMakeUpdates(): boolean {
    const all = this.#weights.flatMap(({ weights }) => weights);
    if (all.reduce((sum, { size }) => sum + size, 0) > mostMadeUpdates) return false;
    if (this.#weights.some(({ starts }) => starts.length !== 1)) return false;
    return all.every(({ place, gradientData, constraint }) => {
      const isHome = gradientData !== null && gradientData === place?.home?.array;
      return isHome && constraint === null;
    });
  }

  #recordUpdate(each: MeasuredWeights, factor: Floats): void {
    const gradient = joinedNumbers(each.weights.map(({ place, size }) => place?.home?.array ?? new Floats(size)));
    for (const start of each.starts)
      backend().measuredStep(gradient, numbersOf(each), factor, this.#table, start + places.weights);
  }

  #measureGradientOfWeights(gradient: Floats, starts: readonly number[]): void {
    for (const start of starts) this.#measureGradient(gradient, start, places.gradient, places.gradientBins);
  }

  #measureGradient(gradient: Floats, start: number, sums: number, bins: number): void {
    backend().measureNumbers(gradient, this.#table, start + sums);
    if (this.level === "full") backend().countMagnitudes(gradient, magnitudeEdges, this.#table, start + bins);
  }

  #measureUpdate(values: Floats, before: Floats, starts: readonly number[]): void {
    for (const start of starts) backend().measureUpdate(values, before, this.#table, start + places.weights);
  }

  #copyScattered(): void {
    for (const each of this.#scattered) {
      const values = numbersOf(each);
      const before = this.#before.get(each) ?? new Floats(values.length);
      before.set(values);
      this.#before.set(each, before);
    }
  }
}

function numbersOf({ weights }: MeasuredWeights): Floats {
  return joinedNumbers(weights.map(({ numbers }) => numbers));
}

/** Whether a unit of this activation can be zero for every input it sees, and then learns nothing. */
function cutsToZero(activation: string | null): boolean {
  return activation === "relu" || activation === "relu6";
}
