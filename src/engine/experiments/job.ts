// One training of a race as plain data, and how it is carried out: the same in the thread of the cells and in a worker.

import { type Doubles, Floats } from "../intrinsics.ts";
import { isPrivate } from "../privateNumbers.ts";
import { Tensor } from "../tensor.ts";
import { shareFacts } from "../training/data/dataFacts.ts";
import type { ClassWeights } from "../training/data/exampleWeights.ts";
import { type ExampleSet, markFinite } from "../training/data/trainingData.ts";
import { leaveUnobserved, trainOnceOnly } from "../training/fit.ts";
import type { Model } from "../training/model/model.ts";
import { type PackedModel, packModel } from "../training/model/modelRecipe.ts";
import type { Run, RunRecord } from "../training/run.ts";
import type { WeightSnapshot } from "../training/snapshots.ts";
import type { Batch } from "../training/step.ts";
import { type CloseUpRecord, CloseUps } from "./closeUps.ts";
import type { LentThreads } from "./lentThreads.ts";
import { UsedModels } from "./usedModels.ts";
import { Watch } from "./watch.ts";

/** Numbers with their shape, to be shared between threads. */
export interface SharedTensor {
  readonly shape: readonly number[];
  readonly numbers: Floats;
  /** The same for the same numbers, in whichever race: what a thread has found out about them holds. */
  readonly id: number;
}

export interface SharedSet {
  readonly xs: readonly SharedTensor[];
  readonly ys: readonly SharedTensor[];
  readonly weights: readonly SharedTensor[] | null;
}

/** What all trainings of a race learn from. */
export interface SharedExamples {
  readonly train: SharedSet;
  readonly validation: SharedSet | null;
}

/** Where a training ends before its epochs are done; `null` for nowhere. */
export interface Budget {
  readonly steps: number | null;
  readonly ms: number | null;
}

/** How a training of a race is made. */
export interface JobSettings {
  /** How charts call its run. */
  readonly name: string;
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly trace: "off" | "summary" | "full";
  /** How many snapshots of its weights are kept, as for `fit`. */
  readonly snapshots: number | boolean;
  readonly classWeight: ClassWeights | Readonly<Record<string, ClassWeights>> | null;
  readonly budget: Budget;
  /** At which steps its optimizer is looked at closely; none for most. */
  readonly closeUps: readonly number[];
}

export interface Job {
  /** No other job of this thread has it, of whichever race. */
  readonly id: number;
  readonly model: PackedModel;
  readonly settings: JobSettings;
}

/** How far a training is. */
export interface JobProgress {
  /** So many steps were told of before. */
  readonly from: number;
  /** The losses of the steps since. */
  readonly losses: Doubles;
  /** How long it has trained. */
  readonly ms: number | null;
}

/** A training that has ended, as data. */
export interface JobResult {
  readonly record: RunRecord;
  /** The trained model; `null` where it cannot be written, and stays in the thread that trained it. */
  readonly model: PackedModel | null;
  readonly snapshots: readonly WeightSnapshot[];
  readonly closeUps: CloseUpRecord | null;
  readonly ms: number | null;
}

/** A training that has ended, in the thread that carried it out. */
export interface DoneJob extends JobResult {
  readonly run: Run;
}

export function shareExamples(train: ExampleSet, validation: ExampleSet | null): SharedExamples {
  return { train: shareSet(train), validation: validation === null ? null : shareSet(validation) };
}

function shareSet({ xs, ys, weights }: ExampleSet): SharedSet {
  return { xs: xs.map(share), ys: ys.map(share), weights: weights?.map(share) ?? null };
}

/** What was shared before: the copy as long as some race holds on to it, and what the numbers are known by. */
const sharedBefore = new WeakMap<Floats, { readonly copy: WeakRef<Floats>; readonly id: number }>();

let newestId = 0;

/** A copy that threads can look at together; one for each of them where memory cannot be shared. */
function share({ shape, numbers }: Tensor): SharedTensor {
  // Others may have been written to since.
  const before = isPrivate(numbers) ? sharedBefore.get(numbers) : undefined;
  const id = before?.id ?? ++newestId;
  const known = before?.copy.deref();
  if (known !== undefined) return { shape, numbers: known, id };
  const canShare = typeof SharedArrayBuffer === "function";
  const copy = new Floats(canShare ? new SharedArrayBuffer(numbers.byteLength) : new ArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  sharedBefore.set(numbers, { copy: new WeakRef(copy), id });
  return { shape, numbers: copy, id };
}

/** The training that a job describes. `models`: those that earlier ones left. @throws for data that nnbook did not write */
export function trainingOf(
  job: Pick<Job, "model" | "settings">,
  examples: SharedExamples,
  models: UsedModels = new UsedModels(),
): Training {
  const model = models.modelFor(job, examples.train);
  trainOnceOnly(model);
  return new Training(model, job.settings, examples);
}

/** One training of a race, in the thread that carries it out: where it was stopped it goes on, to the same bits. */
export class Training {
  readonly model: Model<unknown>;
  readonly #settings: JobSettings;
  readonly #watch: Watch;
  readonly #closeUps: CloseUps;
  /** Until it has begun. */
  #examples: SharedExamples | null;
  #run: Run | null = null;

  constructor(model: Model<unknown>, settings: JobSettings, examples: SharedExamples) {
    this.model = model;
    this.#settings = settings;
    this.#examples = examples;
    this.#watch = new Watch(settings.budget);
    this.#closeUps = new CloseUps(model, settings.closeUps);
  }

  /** Begins, or goes on after a stop. `threads`: those of others, that may help. @throws what the training throws */
  async carryOn(tell: (progress: JobProgress) => void, threads: LentThreads | null = null): Promise<DoneJob> {
    this.#watch.begin(tell, threads);
    const run = await this.#train().finally(() => threads?.giveBack());
    this.#run = run;
    this.#watch.tell(run);
    const packing = packModel(this.model);
    return {
      run,
      record: plainRecord(run),
      model: packing.kind === "packed" ? packing.packed : null,
      snapshots: run.snapshots,
      closeUps: this.#closeUps.record,
      ms: this.#watch.ms,
    };
  }

  #train(): Promise<Run> {
    return this.#run === null ? this.#begin() : this.#run.resume();
  }

  #begin(): Promise<Run> {
    const { name, seed, epochs, batchSize, shuffle, trace, snapshots, classWeight } = this.#settings;
    const outputs = this.model.graph.outputs.map((output) => output.name);
    const { train, validation } = this.#examples ?? { train: { xs: [], ys: [], weights: null }, validation: null };
    this.#examples = null;
    leaveUnobserved(this.model);
    const callbacks = [
      this.#watch.callback,
      ...(this.#settings.closeUps.length === 0 ? [] : [this.#closeUps.callback]),
    ];
    return this.model.fit(dataOf(train, outputs), {
      ...{ name, seed, epochs, batchSize, shuffle, trace, snapshots, callbacks },
      ...(classWeight !== null && { classWeight }),
      ...(validation !== null && { validationData: dataOf(validation, outputs) }),
    });
  }
}

function dataOf(set: SharedSet, outputs: readonly string[]) {
  const { xs, ys, weights } = batchOf(set);
  const sampleWeight = weights?.map((each, index) => [outputs[index] ?? "", each] as const);
  return { x: xs, y: ys, ...(sampleWeight !== undefined && { sampleWeight: Object.fromEntries(sampleWeight) }) };
}

/** The examples of a set, as trainings take them. */
export function batchOf({ xs, ys, weights }: SharedSet): Batch {
  return { xs: xs.map(tensorOf), ys: ys.map(tensorOf), ...(weights !== null && { weights: weights.map(tensorOf) }) };
}

/** The same one for all trainings. */
const tensors = new WeakMap<SharedTensor, Tensor>();

function tensorOf(shared: SharedTensor): Tensor {
  const known = tensors.get(shared);
  if (known !== undefined) return known;
  const made = markFinite(new Tensor(shared.shape, shared.numbers));
  shareFacts(made, tokenOf(shared));
  tensors.set(shared, made);
  return made;
}

/** What was shared most lately, without the numbers themselves: the next race of the same data need not look at them again. */
const tokens = new Map<string, object>();
const mostTokens = 32;

function tokenOf(shared: SharedTensor): object {
  const key = keyOfData([shared]);
  const token = tokens.get(key) ?? {};
  tokens.delete(key);
  tokens.set(key, token);
  for (const oldest of tokens.keys()) {
    if (tokens.size <= mostTokens) break;
    tokens.delete(oldest);
  }
  return token;
}

/** The same text for the same numbers in the same shapes. */
export function keyOfData(all: readonly SharedTensor[]): string {
  return all.map(({ id, shape }) => `${id}: ${shape.join()}`).join("; ");
}

/** A record as data that may be sent to another thread: what is worked out when somebody looks is worked out now. */
function plainRecord(run: RunRecord): RunRecord {
  const { learningRates, loss } = run;
  return {
    name: run.name,
    state: run.state,
    seed: run.seed,
    batchSize: run.batchSize,
    epochs: run.epochs,
    steps: run.steps,
    history: run.history.map((each) => ({ ...each })),
    layers: run.layers.map((layer) => ({
      name: layer.name,
      type: layer.type,
      activation: layer.activation,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      parameters: layer.parameters,
      trainableParameters: layer.trainableParameters,
      place: layer.place,
      series: layer.series,
      histograms: layer.histograms,
      epochGradient: layer.epochGradient,
      preActivations: layer.preActivations,
    })),
    trace: run.trace,
    divergence: run.divergence,
    earlyEnd: run.earlyEnd,
    loss,
    lossName: run.lossName,
    optimizerName: run.optimizerName,
    learningRate: run.learningRate,
    learningRates,
    momenta: run.momenta,
    guessLoss: run.guessLoss,
    notes: run.notes,
    dataSummary: run.dataSummary,
  };
}
