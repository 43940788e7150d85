// Callbacks: what a cell may do between the epochs and steps of a training.

import { checkedCount, checkedNumber, checkOptions, describeValue, ValueError } from "../../errors.ts";
import type { Floats } from "../../intrinsics.ts";
import { withKnownMembers } from "../../members.ts";
import type { Run } from "../run.ts";
import { Checkpoint, type CheckpointOptions } from "./checkpoint.ts";
import { explainStop } from "./earlyEnd.ts";
import { monitored } from "./monitored.ts";

/** What a callback may answer: `"stop"` ends the training after this epoch or step. */
// biome-ignore lint/suspicious/noConfusingVoidType: callbacks that only print answer nothing, and `undefined` would refuse them.
export type CallbackAnswer = "stop" | void;

/** An object with any of these functions. They run in the order the callbacks are given; epochs and steps count from 1. */
export interface Callback {
  /** Before the first step, and again before a run that stopped goes on: `run.steps.done` is then more than 0. */
  onTrainBegin?(run: Run): CallbackAnswer | Promise<CallbackAnswer>;
  /** Before the first step of an epoch. */
  onEpochBegin?(epoch: number, run: Run): CallbackAnswer | Promise<CallbackAnswer>;
  /** Before each step; must not be asynchronous. */
  onStepBegin?(step: { readonly step: number; readonly epoch: number }, run: Run): CallbackAnswer;
  /** After each step, with its loss before the update; must not be asynchronous. */
  onStepEnd?(step: { readonly step: number; readonly epoch: number; readonly loss: number }, run: Run): CallbackAnswer;
  /** After each epoch, validation included; `values` are "loss", "accuracy", "validationLoss" … */
  onEpochEnd?(
    epoch: number,
    values: Readonly<Record<string, number>>,
    run: Run,
  ): CallbackAnswer | Promise<CallbackAnswer>;
  /** When the training has ended: finished, stopped or diverged, but not by an error. */
  onTrainEnd?(run: Run): void | Promise<void>;
}

export const callbackNames = [
  "onTrainBegin",
  "onEpochBegin",
  "onStepBegin",
  "onStepEnd",
  "onEpochEnd",
  "onTrainEnd",
] as const;

/** When `earlyStopping` stops. */
export interface EarlyStoppingOptions {
  /** What to watch: "validationLoss" where there is validation data, else "loss" (the default), or a metric: "validationAccuracy". */
  readonly monitor?: string;
  /** Epochs without improvement before it stops. Default 3. */
  readonly patience?: number;
  /** A change smaller than this is no improvement. Default 0. */
  readonly minChange?: number;
  /** Whether the model gets the weights of its best epoch back. Default true. */
  readonly restoreBest?: boolean;
}

function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const op = "callbacks.earlyStopping";
  checkOptions(op, options, ["monitor", "patience", "minChange", "restoreBest"]);
  const { patience = 3, minChange = 0, restoreBest = true } = options;
  checkedCount(op, "patience", patience);
  if (checkedNumber(op, "minChange", minChange) < 0)
    throw new ValueError({ op, expected: "minChange of 0 or more", got: String(minChange) });
  let best: number | null = null;
  let bestEpoch: number | null = null;
  let bestWeights: readonly Floats[] = [];
  let waited = 0;
  let watched = options.monitor ?? "loss";
  let known: Run | null = null;
  const callback: Callback = {
    onTrainBegin(run) {
      // A run that goes on keeps what was seen of it.
      if (run === known) return;
      known = run;
      best = null;
      bestEpoch = null;
      waited = 0;
    },
    onEpochEnd(epoch, values, run) {
      const { name, value, better } = monitored(options.monitor ?? null, values, run);
      watched = name;
      // A NaN is neither better nor worse: it would stand for ever.
      const isBetter =
        !Number.isNaN(value) &&
        (best === null || (better === "higher" ? value > best + minChange : value < best - minChange));
      if (isBetter) {
        best = value;
        bestEpoch = epoch;
        waited = 0;
        if (restoreBest) bestWeights = run.model.copyWeights();
        return undefined;
      }
      waited++;
      return waited >= patience ? "stop" : undefined;
    },
    onTrainEnd(run) {
      if (restoreBest && best !== null && run.state !== "diverged") run.model.restoreWeights(bestWeights);
    },
  };
  return explainStop(callback, () => ({
    ...{ by: "earlyStopping", monitor: watched, patience, bestEpoch },
    restoresBest: restoreBest && bestEpoch !== null,
  }));
}

/** Sets the learning rate before each epoch. */
function learningRateSchedule(rate: (epoch: number, learningRate: number) => number): Callback {
  const op = "callbacks.learningRateSchedule";
  if (typeof rate !== "function")
    throw new ValueError({
      op,
      expected: "a function of the epoch",
      got: describeValue(rate),
      hint: "For example callbacks.learningRateSchedule((epoch) => 0.1 / epoch).",
    });
  return {
    onEpochBegin(epoch, run) {
      const optimizer = run.model.compiled?.optimizer;
      if (optimizer === undefined) return;
      if (optimizer.schedule !== null)
        throw new ValueError({
          op,
          expected: `${optimizer.name} with a number as learningRate`,
          got: "one with a schedule of its own",
          hint: "Leave one of the two out.",
        });
      const next = checkedNumber(op, "the rate it gives", rate(epoch, optimizer.learningRate));
      if (next < 0) throw new ValueError({ op, expected: "a rate of 0 or more", got: `${next} for epoch ${epoch}` });
      optimizer.learningRate = next;
    },
  };
}

/** Callbacks that come with nnbook; write your own as an object with `onEpochEnd` or the like. */
export const callbacks = withKnownMembers(
  "callback",
  {
    /**
     * Stops the training when it no longer improves, and gives the model its best weights back.
     *
     * @example await model.fit(data, { epochs: 200, callbacks: [callbacks.earlyStopping({ patience: 5 })] })
     */
    earlyStopping,
    /**
     * Keeps the weights of the best epoch in memory, and gives them back by `restore()`, or at the end with `restoreBest: true`.
     *
     * @example
     * const best = callbacks.checkpoint({ monitor: "validationAccuracy" });
     * await model.fit(data, { epochs: 50, callbacks: [best] });
     * best.restore(); // the weights of epoch best.epoch
     */
    checkpoint: (options: CheckpointOptions = {}): Checkpoint => new Checkpoint(options),
    /**
     * Sets the learning rate before each epoch to what a function makes of the epoch (from 1) and the rate so far. For a rate
     * by the step, give a schedule as the optimizer's `learningRate`.
     *
     * @throws ValueError when it gives no number of 0 or more, or the optimizer has a schedule of its own.
     * @example callbacks.learningRateSchedule((epoch, rate) => (epoch <= 10 ? rate : rate * 0.95))
     */
    learningRateSchedule,
  } as const,
  {
    modelCheckpoint: "checkpoint",
    learningRateScheduler: "learningRateSchedule",
    reduceLROnPlateau: "schedules.reduceOnPlateau as the optimizer's learningRate",
    lambdaCallback: "an object of your own, { onEpochEnd(epoch, values) { … } }",
  },
  { prefix: "callbacks.", counts: {} },
);
