// The training loop: epochs of shuffled batches, stopped, watched and recorded between the steps, and gone on with later.

import { checkOptions, describeValue, ValueError } from "../errors.ts";
import { engineHost, type FitObserver } from "../host.ts";
import type { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { Random } from "../random.ts";
import { PlateauSchedule } from "../schedules/plateau.ts";
import type { Callback, CallbackAnswer } from "./callbacks/callbacks.ts";
import { monitored, validationName } from "./callbacks/monitored.ts";
import { saysStop, tellStep, tellStepBegin } from "./callbacks/tellCallbacks.ts";
import { type Compiled, MeasureTotals } from "./compile.ts";
import { checkUnchanged, fingerprintOf, type ModelState, stateOf } from "./continuation.ts";
import { countOf } from "./data/trainingData.ts";
import { findBrokenWeights, findDivergence } from "./divergence.ts";
import { measure } from "./evaluate.ts";
import type { FitPlan } from "./fitPlan.ts";
import type { Model } from "./model/model.ts";
import { ResidentExamples } from "./plans/residentExamples.ts";
import { Recording } from "./recording.ts";
import type { ResumeOptions, Run } from "./run.ts";

/** How far an epoch is. */
interface EpochPlace {
  /** Counted from 1. */
  readonly epoch: number;
  readonly totals: MeasureTotals;
  /** The rows in the order of this epoch; `null` before it has begun and callbacks were told of it. */
  order: readonly number[] | null;
  /** Where in `order` the next step begins. */
  next: number;
}

/** Models whose trainings no observer is told of. */
const unobserved = new WeakSet<Model<unknown>>();

/** The trainings of this model are told by somebody else: a race tells of its own. */
export function leaveUnobserved(model: Model<unknown>): void {
  unobserved.add(model);
}

/** Models that train only once: a run of theirs that has finished never goes on. */
const onceOnly = new WeakSet<Model<unknown>>();

/** Nobody is given the model itself, nor its run: what it learnt is written down when it has finished. */
export function trainOnceOnly(model: Model<unknown>): void {
  onceOnly.add(model);
}

/** One training, from the call of `fit` on: it knows where it stands, and can go on from there. */
export class Fit {
  readonly run: Run;
  readonly #model: Model<unknown>;
  readonly #compiled: Compiled;
  readonly #plan: FitPlan;
  readonly #recording: Recording;
  /** Of all steps. */
  readonly #random: Random;
  #place: EpochPlace;
  /** Counts how often it was begun, gone on with or given up. */
  #attempt = 0;
  /** Whether a step is half done; true for ever when that step failed. */
  #isInStep = false;
  /** How it left the model; `null` while it runs. */
  #left: ModelState | null = null;
  /** What it learns from, while it runs. */
  #examples: ResidentExamples | null = null;
  /** The weights to go on with, where callbacks gave the model others at the end. */
  #weights: readonly Floats[] | null = null;

  constructor(model: Model<unknown>, compiled: Compiled, plan: FitPlan) {
    this.#model = model;
    this.#compiled = compiled;
    this.#plan = plan;
    this.#random = new Random(plan.seed).child("step");
    this.#recording = new Recording(model, compiled, plan, (options) => this.#resume(options));
    this.run = this.#recording.run;
    this.#place = this.#startOf(1);
  }

  /** Trains, and gives the run when it has ended, however it ended. Errors of callbacks and layers end it as "failed" and come through. */
  async train(): Promise<Run> {
    const { run } = this;
    const attempt = ++this.#attempt;
    const observer = this.#observer;
    if (this.#model.run !== run) this.#model.run?.leaveBehind("one that was trained since");
    this.#model.run = run;
    this.#left = null;
    observer?.started(run, () => this.#abandon());
    this.#examples = new ResidentExamples(this.#plan.train, run.epochs.planned - run.epochs.done);
    try {
      let isEnding = await this.#ask((callback) => callback.onTrainBegin?.(run));
      while (!isEnding && run.state === "running" && this.#place.epoch <= run.epochs.planned)
        isEnding = await this.#runEpoch();
      this.#recording.end();
      await this.#tellEnd();
    } catch (error) {
      this.#recording.fail();
      throw error;
    } finally {
      if (attempt === this.#attempt) {
        this.#leaveExamples();
        // Looking at all weights takes as long as half a step.
        const isOver = onceOnly.has(this.#model) && run.state === "finished";
        this.#left = isOver ? null : stateOf(this.#model, this.#compiled);
        observer?.ended(run);
      }
    }
    return run;
  }

  async #resume(options: ResumeOptions = {}): Promise<Run> {
    checkOptions("resume", options, ["epochs"]);
    this.#checkResumable();
    const { done, planned } = this.run.epochs;
    const epochs = options.epochs ?? planned;
    const isWhole = Number.isInteger(epochs) && epochs >= 1;
    if (!isWhole || epochs <= done)
      throw new ValueError({
        op: "resume",
        expected: isWhole
          ? `more epochs than the ${done} that are done`
          : "epochs as a whole number, 1 or more, those that are done included",
        got: options.epochs === undefined ? "none" : describeValue(epochs),
        hint: `Say how many there are to be in all: run.resume({ epochs: ${done + planned} }).`,
      });
    if (this.#weights !== null) this.#model.restoreWeights(this.#weights);
    this.#weights = null;
    this.#recording.resume(epochs);
    return this.train();
  }

  /** @throws ValueError saying why the run cannot go on, and what to do. */
  #checkResumable(): void {
    const { state, name, divergence } = this.run;
    if (state === "running" || this.#left === null)
      throw refusal("a run that has stopped", `"${name}", which is running`, "Stop it first, or await it.");
    if (this.#model.run?.state === "running")
      throw refusal("a model that is not training", "one whose fit has not ended", "Await the other run first.");
    if (state === "diverged")
      throw refusal(
        "a run whose numbers are finite",
        `one that diverged at step ${divergence?.step}${placeOf(this.#model.layers, divergence?.layer ?? null)}`,
        "Its model has whole weights again: compile it with a lower learning rate and call model.fit(…).",
      );
    if (this.#isInStep)
      throw refusal(
        "a run that stopped between two steps",
        `one that failed within step ${this.run.steps.done + 1}`,
        "Mend what threw the error, and train anew by model.fit(…).",
      );
    checkUnchanged(this.#model, this.#left);
  }

  /** Whoever ran it was ended from outside: it never goes on by itself, but may be resumed. */
  #abandon(): void {
    this.#attempt++;
    this.#leaveExamples();
    if (this.run.state === "running") {
      if (this.#isInStep) this.#recording.fail();
      else this.#recording.stop();
    }
    // Also one that had just ended may have been cut short before this was looked at.
    this.#left ??= stateOf(this.#model, this.#compiled);
  }

  #leaveExamples(): void {
    this.#examples?.release();
    this.#examples = null;
  }

  get #observer(): FitObserver | null {
    return unobserved.has(this.#model) ? null : engineHost().fitObserver;
  }

  /** One pass over the data, or what is left of it. `true` when it wants no more. */
  async #runEpoch(): Promise<boolean> {
    const { run } = this;
    const place = this.#place;
    const { callbacks } = this.#plan;
    const observer = this.#observer;
    if (place.order === null && (await this.#ask((callback) => callback.onEpochBegin?.(place.epoch, run)))) return true;
    place.order ??= epochOrder(this.#plan, place.epoch);
    const { order } = place;
    let isEnding = false;
    while (place.next < order.length) {
      const wantsNoMore = (callback: Callback) => this.#recording.wantNoMore(callback);
      if (tellStepBegin(callbacks, { step: run.steps.done + 1, epoch: place.epoch }, run, wantsNoMore)) return true;
      const loss = this.#runStep(place, order.slice(place.next, place.next + this.#plan.batchSize));
      observer?.stepEnded(run);
      if (run.state !== "running") return true;
      isEnding = tellStep(callbacks, { step: run.steps.done, epoch: place.epoch, loss }, run, wantsNoMore);
      if (engineHost().shouldStop()) {
        this.#recording.stop();
        return true;
      }
      if (isEnding && place.next < order.length) return true;
    }
    return (await this.#endEpoch(place)) || isEnding;
  }

  async #endEpoch({ epoch, totals }: EpochPlace): Promise<boolean> {
    const { run } = this;
    const { validation: examples } = this.#plan;
    const train = totals.results();
    const validation = examples === null ? null : measure(this.#model.steps, this.#compiled, examples);
    this.#recording.endEpoch(train, validation);
    this.#place = this.#startOf(epoch + 1);
    this.#observer?.epochEnded(run);
    const values = epochValues(run, train, validation);
    tellSchedule(this.#compiled, values, run);
    return this.#ask((callback) => callback.onEpochEnd?.(epoch, values, run));
  }

  /** Forward, backward, update, record. Returns the loss before the update. */
  #runStep(place: EpochPlace, rows: readonly number[]): number {
    const { epoch, totals } = place;
    const { steps, layers } = this.#model;
    const recording = this.#recording;
    const step = this.run.steps.done + 1;
    const { train, trace } = this.#plan;
    const examples = this.#examples?.batch ?? train;
    const { losses, optimizer } = this.#compiled;
    const { isPlain } = optimizer;
    const request = { losses, examples, rows, base: this.#random, step, measures: recording.levelOf(step), isPlain };
    this.#isInStep = true;
    const { pass, ys, meter } = steps.run(request);
    steps.orAsBefore(() => totals.add(pass, pass.outputs, ys));
    // What was measured tells it too.
    const areFinite = Number.isFinite(pass.loss) && (meter?.areGradientsFinite ?? steps.areGradientsFinite());
    if (!areFinite) {
      // Only an eager step tells what each layer computed.
      const seen = steps.runEagerly({ ...request, measures: trace });
      const divergence = findDivergence(layers, seen.pass);
      if (divergence !== null) {
        recording.diverge({ ...divergence, step, epoch }, pass.loss, seen.meter);
        return pass.loss;
      }
    }
    steps.orAsBefore(() => {
      if (meter === null) optimizer.update(steps.trainable);
      else meter.update(optimizer, steps.trainable);
    });
    const areWhole = meter?.areWeightsFinite === true || steps.areWeightsFinite();
    const broken = areWhole ? null : findBrokenWeights(layers);
    if (broken !== null) recording.diverge({ ...broken, step, epoch }, pass.loss, meter);
    else recording.endStep(pass.loss, meter);
    place.next += rows.length;
    this.#isInStep = false;
    return pass.loss;
  }

  /** The last words to callbacks, which may give the model other weights: those to go on with are kept then. */
  async #tellEnd(): Promise<void> {
    const { callbacks } = this.#plan;
    if (!callbacks.some(({ onTrainEnd }) => onTrainEnd !== undefined)) return;
    const before = fingerprintOf(this.#model);
    this.#weights = this.#model.copyWeights();
    for (const callback of callbacks) await this.#waitFor(callback.onTrainEnd?.(this.run));
    if (fingerprintOf(this.#model) === before) this.#weights = null;
  }

  /** Asks one callback after the other; `true` when any says "stop". */
  async #ask(ask: (callback: Callback) => CallbackAnswer | Promise<CallbackAnswer>): Promise<boolean> {
    let isStop = false;
    for (const callback of this.#plan.callbacks)
      if (saysStop(await this.#waitFor(ask(callback)))) {
        isStop = true;
        this.#recording.wantNoMore(callback);
      }
    return isStop;
  }

  /** Waits for an answer. A training that was given up in the meantime never goes on. */
  async #waitFor<Answer>(answer: Answer | Promise<Answer>): Promise<Answer> {
    const attempt = this.#attempt;
    const answered = await answer;
    if (attempt !== this.#attempt) await new Promise(() => {});
    return answered;
  }

  #startOf(epoch: number): EpochPlace {
    return { epoch, totals: new MeasureTotals(this.#compiled), order: null, next: 0 };
  }
}

/** Where a layer stands, to go on with after a comma. */
function placeOf(layers: readonly Layer[], name: string | null): string {
  const place = layers.findIndex((layer) => layer.name === name);
  return place === -1 ? "" : `, first in ${name} (layers[${place}])`;
}

function refusal(expected: string, got: string, hint: string): ValueError {
  return new ValueError({ op: "resume", expected, got, hint });
}

/** A plateau schedule learns how the epoch went. */
function tellSchedule({ optimizer }: Compiled, values: Readonly<Record<string, number>>, run: Run): void {
  if (!(optimizer.schedule instanceof PlateauSchedule)) return;
  const { value, better } = monitored(optimizer.schedule.monitor, values, run);
  optimizer.endEpoch(value, better);
}

/** The rows in the order of this epoch: it depends on the seed and the epoch alone. */
function epochOrder(plan: FitPlan, epoch: number): number[] {
  const count = countOf(plan.train);
  if (plan.shuffle) return new Random(plan.seed).child("order").child(epoch).permutation(count);
  const order: number[] = [];
  for (let index = 0; index < count; index++) order.push(index);
  return order;
}

function epochValues(run: Run, train: readonly number[], validation: readonly number[] | null): Record<string, number> {
  const values: Record<string, number> = {};
  run.history.forEach(({ name }, index) => {
    values[name] = train[index] ?? Number.NaN;
    if (validation !== null) values[validationName(name)] = validation[index] ?? Number.NaN;
  });
  return values;
}
