// The training loop: epochs of shuffled batches, stopped, watched and recorded between the steps.

import { engineHost } from "../host.ts";
import { Random } from "../random.ts";
import { PlateauSchedule } from "../schedules/plateau.ts";
import { type Callback, type CallbackAnswer, monitored, validationName } from "./callbacks.ts";
import { type Compiled, MeasureTotals } from "./compile.ts";
import { findBrokenWeights, findDivergence } from "./divergence.ts";
import { measure } from "./evaluate.ts";
import type { FitPlan } from "./fitPlan.ts";
import type { Model } from "./model.ts";
import { Recording } from "./recording.ts";
import type { Run } from "./run.ts";
import { countOf } from "./trainingData.ts";

/** Trains, and gives the run when it has ended, however it ended. Errors of callbacks and layers end it as "failed" and come through. */
export async function runFit(
  model: Model<unknown>,
  compiled: Compiled,
  plan: FitPlan,
  started: (run: Run) => void,
): Promise<Run> {
  const recording = new Recording(model, compiled, plan);
  const random = new Random(plan.seed).child("step");
  const { run } = recording;
  started(run);
  const observer = engineHost().fitObserver;
  observer?.started(run);
  try {
    let ending = await askCallbacks(plan.callbacks.map((callback) => () => callback.onTrainBegin?.(run)));
    for (let epoch = 1; epoch <= plan.epochs && !ending && run.state === "running"; epoch++) {
      ending = await runEpoch(model, compiled, plan, { epoch, recording, random });
    }
    recording.end();
    for (const callback of plan.callbacks) await callback.onTrainEnd?.(run);
  } catch (error) {
    recording.fail();
    throw error;
  } finally {
    observer?.ended(run);
  }
  return run;
}

/** One pass over the data. `true` when a callback wants no more. */
async function runEpoch(
  model: Model<unknown>,
  compiled: Compiled,
  plan: FitPlan,
  { epoch, recording, random }: { epoch: number; recording: Recording; random: Random },
): Promise<boolean> {
  const totals = new MeasureTotals(compiled);
  const order = epochOrder(plan, epoch);
  const observer = engineHost().fitObserver;
  let isEnding = false;
  for (let start = 0; start < order.length && !isEnding; start += plan.batchSize) {
    const rows = order.slice(start, start + plan.batchSize);
    const loss = runStep(model, compiled, { plan, recording, rows, epoch, totals, random });
    observer?.stepEnded(recording.run);
    if (recording.run.state !== "running") return true;
    if (engineHost().shouldStop()) {
      recording.stop();
      return true;
    }
    isEnding = tellStep(plan.callbacks, { step: recording.run.steps.done, epoch, loss }, recording.run);
    if (isEnding && start + plan.batchSize < order.length) return true;
  }
  const train = totals.results();
  const validation = plan.validation === null ? null : measure(model.steps, compiled, plan.validation);
  recording.endEpoch(train, validation);
  observer?.epochEnded(recording.run);
  const values = epochValues(recording.run, train, validation);
  tellSchedule(compiled, values, recording.run);
  const answers = plan.callbacks.map((callback) => () => callback.onEpochEnd?.(epoch, values, recording.run));
  return (await askCallbacks(answers)) || isEnding;
}

/** Tells every callback of a step; `true` when any wants no more. */
function tellStep(
  callbacks: readonly Callback[],
  step: Parameters<NonNullable<Callback["onStepEnd"]>>[0],
  run: Run,
): boolean {
  let isStop = false;
  for (const callback of callbacks) if (callback.onStepEnd?.(step, run) === "stop") isStop = true;
  return isStop;
}

/** A plateau schedule learns how the epoch went. */
function tellSchedule({ optimizer }: Compiled, values: Readonly<Record<string, number>>, run: Run): void {
  if (!(optimizer.schedule instanceof PlateauSchedule)) return;
  const { value, better } = monitored(optimizer.schedule.monitor, values, run);
  optimizer.endEpoch(value, better);
}

interface StepPlan {
  readonly plan: FitPlan;
  readonly recording: Recording;
  readonly rows: readonly number[];
  readonly epoch: number;
  readonly totals: MeasureTotals;
  /** Of all steps. */
  readonly random: Random;
}

/** Forward, backward, update, record. Returns the loss before the update. */
function runStep(
  model: Model<unknown>,
  compiled: Compiled,
  { plan, recording, rows, epoch, totals, random }: StepPlan,
): number {
  const { steps } = model;
  const step = recording.run.steps.done + 1;
  const isRecorded = recording.wants(step);
  const examples = plan.train;
  const request = { losses: compiled.losses, examples, rows, base: random, step, isObserved: isRecorded };
  const { pass, ys, isObserved } = steps.run(request);
  totals.add(pass, pass.outputs, ys);
  if (!Number.isFinite(pass.loss) || !steps.areGradientsFinite()) {
    const seen = isObserved ? pass : steps.runEagerly(request).pass;
    const divergence = findDivergence(model.layers, seen);
    if (divergence !== null) {
      recording.diverge({ ...divergence, step, epoch }, seen);
      return pass.loss;
    }
  }
  const before = isRecorded ? recording.copyWeights() : null;
  compiled.optimizer.update(steps.trainable);
  const broken = steps.areWeightsFinite() ? null : findBrokenWeights(model.layers);
  if (broken !== null) recording.diverge({ ...broken, step, epoch }, pass);
  else recording.endStep(pass, before);
  return pass.loss;
}

/** The rows in the order of this epoch: it depends on the seed and the epoch alone. */
function epochOrder(plan: FitPlan, epoch: number): number[] {
  const count = countOf(plan.train);
  if (!plan.shuffle) return Array.from({ length: count }, (_, index) => index);
  return new Random(plan.seed).child("order").child(epoch).permutation(count);
}

function epochValues(run: Run, train: readonly number[], validation: readonly number[] | null): Record<string, number> {
  const values: Record<string, number> = {};
  run.history.forEach(({ name }, index) => {
    values[name] = train[index] ?? Number.NaN;
    if (validation !== null) values[validationName(name)] = validation[index] ?? Number.NaN;
  });
  return values;
}

/** Asks one after the other; `true` when any says "stop". */
async function askCallbacks(asked: readonly (() => CallbackAnswer | Promise<CallbackAnswer>)[]): Promise<boolean> {
  let isStop = false;
  for (const ask of asked) if ((await ask()) === "stop") isStop = true;
  return isStop;
}
