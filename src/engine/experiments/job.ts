// One training of a race as plain data, and how it is carried out: the same in the thread of the cells and in a worker.

import { engineHost } from "../host.ts";
import { Doubles, Floats } from "../intrinsics.ts";
import { Tensor } from "../tensor.ts";
import type { Callback } from "../training/callbacks.ts";
import type { ClassWeights } from "../training/exampleWeights.ts";
import { leaveUnobserved } from "../training/fit.ts";
import type { Model } from "../training/model.ts";
import { type PackedModel, packModel, unpackModel } from "../training/modelRecipe.ts";
import type { Run, RunRecord } from "../training/run.ts";
import type { ExampleSet } from "../training/trainingData.ts";

/** Numbers with their shape, to be shared between threads. */
export interface SharedTensor {
  readonly shape: readonly number[];
  readonly numbers: Floats;
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
  readonly classWeight: ClassWeights | Readonly<Record<string, ClassWeights>> | null;
  readonly budget: Budget;
}

export interface Job {
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
  readonly ms: number | null;
}

/** A training that has ended, in the thread that carried it out. */
export interface DoneJob extends JobResult {
  readonly run: Run;
}

/** How often progress is told. */
const tellEveryMs = 50;
/** Where there is no clock. */
const tellEverySteps = 100;

export function shareExamples(train: ExampleSet, validation: ExampleSet | null): SharedExamples {
  return { train: shareSet(train), validation: validation === null ? null : shareSet(validation) };
}

function shareSet({ xs, ys, weights }: ExampleSet): SharedSet {
  return { xs: xs.map(share), ys: ys.map(share), weights: weights?.map(share) ?? null };
}

/** A copy that threads can look at together; one for each of them where memory cannot be shared. */
function share({ shape, numbers }: Tensor): SharedTensor {
  const canShare = typeof SharedArrayBuffer === "function";
  const copy = new Floats(canShare ? new SharedArrayBuffer(numbers.byteLength) : new ArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return { shape, numbers: copy };
}

/** Trains the model that a job describes. @throws what the training throws */
export async function runJob(
  { model, settings }: Pick<Job, "model" | "settings">,
  examples: SharedExamples,
  tell: (progress: JobProgress) => void,
): Promise<DoneJob> {
  return trainJob(unpackModel(model), settings, examples, tell);
}

/** Trains a model as a job says. */
export async function trainJob(
  model: Model<unknown>,
  settings: JobSettings,
  examples: SharedExamples,
  tell: (progress: JobProgress) => void,
): Promise<DoneJob> {
  const { name, seed, epochs, batchSize, shuffle, trace, classWeight, budget } = settings;
  const outputs = model.graph.outputs.map((output) => output.name);
  const watch = new Watch(budget, tell);
  leaveUnobserved(model);
  const run = await model.fit(dataOf(examples.train, outputs), {
    ...{ name, seed, epochs, batchSize, shuffle, trace, callbacks: [watch.callback] },
    ...(classWeight !== null && { classWeight }),
    ...(examples.validation !== null && { validationData: dataOf(examples.validation, outputs) }),
  });
  watch.tell(run);
  const packing = packModel(model);
  return { run, record: plainRecord(run), model: packing.kind === "packed" ? packing.packed : null, ms: watch.ms };
}

/** Ends a training where its budget does, and tells how far it is. */
class Watch {
  readonly callback: Callback;
  readonly #now = engineHost().now;
  readonly #tell: (progress: JobProgress) => void;
  #startedAt = 0;
  /** When the newest step ended. */
  #endedAt = 0;
  #told = 0;
  #toldAt = 0;

  constructor(budget: Budget, tell: (progress: JobProgress) => void) {
    this.#tell = tell;
    this.callback = {
      onTrainBegin: () => {
        this.#startedAt = this.#now?.() ?? 0;
        this.#endedAt = this.#startedAt;
      },
      onStepEnd: ({ step }, run) => {
        this.#endedAt = this.#now?.() ?? 0;
        const { ms } = this;
        const isDue = ms === null ? step % tellEverySteps === 0 : ms - this.#toldAt >= tellEveryMs;
        if (isDue) this.tell(run);
        const isSpent =
          (budget.steps !== null && step >= budget.steps) || (budget.ms !== null && (ms ?? 0) >= budget.ms);
        return isSpent ? "stop" : undefined;
      },
    };
  }

  /** How long its steps took, with what was done between them. */
  get ms(): number | null {
    return this.#now === null ? null : this.#endedAt - this.#startedAt;
  }

  tell(run: Run): void {
    const { ms } = this;
    this.#toldAt = ms ?? 0;
    this.#tell({ from: this.#told, losses: Doubles.from(run.loss.slice(this.#told)), ms });
    this.#told = run.loss.length;
  }
}

function dataOf({ xs, ys, weights }: SharedSet, outputs: readonly string[]) {
  const tensors = (list: readonly SharedTensor[]) => list.map(({ shape, numbers }) => new Tensor(shape, numbers));
  const sampleWeight =
    weights === null ? null : Object.fromEntries(tensors(weights).map((each, index) => [outputs[index] ?? "", each]));
  return { x: tensors(xs), y: tensors(ys), ...(sampleWeight !== null && { sampleWeight }) };
}

/** A record as data that may be sent to another thread: what is worked out when somebody looks is worked out now. */
export function plainRecord(run: RunRecord): RunRecord {
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
      place: layer.place,
      series: layer.series,
      histograms: layer.histograms,
      epochGradient: layer.epochGradient,
      preActivations: layer.preActivations,
    })),
    trace: run.trace,
    divergence: run.divergence,
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
