// Callbacks: what a cell may do between the epochs and steps of a training.

import { checkedNumber, checkOptions, UnknownNameError, ValueError } from "../errors.ts";
import type { Floats } from "../intrinsics.ts";
import { findName } from "../names.ts";
import type { Run } from "./run.ts";

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
  checkOptions("earlyStopping", options, ["monitor", "patience", "minChange", "restoreBest"]);
  const { patience = 3, minChange = 0, restoreBest = true } = options;
  checkedNumber("earlyStopping", "minChange", minChange);
  if (!(patience >= 0))
    throw new ValueError({ op: "earlyStopping", expected: "patience of 0 epochs or more", got: String(patience) });
  let best: number | null = null;
  let bestWeights: readonly Floats[] = [];
  let waited = 0;
  let known: Run | null = null;
  return {
    onTrainBegin(run) {
      // A run that goes on keeps what was seen of it.
      if (run === known) return;
      known = run;
      best = null;
      waited = 0;
    },
    onEpochEnd(_epoch, values, run) {
      const { value, better } = monitored(options.monitor ?? null, values, run);
      // A NaN is neither better nor worse: it would stand for ever.
      const isBetter =
        !Number.isNaN(value) &&
        (best === null || (better === "higher" ? value > best + minChange : value < best - minChange));
      if (isBetter) {
        best = value;
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
}

/** "validationAccuracy" and "accuracy" both are about "accuracy". */
function isNamed(monitor: string, name: string): boolean {
  return monitor === name || monitor === validationName(name);
}

/** "loss" → "validationLoss". */
export function validationName(name: string): string {
  return `validation${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The value to watch, `null`: the validation loss where there is one, else the loss. @throws UnknownNameError */
export function monitored(
  monitor: string | null,
  values: Readonly<Record<string, number>>,
  run: Run,
): { readonly value: number; readonly better: "lower" | "higher" } {
  const name = monitor ?? ("validationLoss" in values ? "validationLoss" : "loss");
  const known = Object.keys(values);
  // Keras writes val_loss.
  const aliases = Object.fromEntries(known.map((each) => [each.replace(/^validation/, "val"), each]));
  const found = findName(name, known, aliases);
  const value = found === null ? undefined : values[found];
  if (found === null || value === undefined)
    throw new UnknownNameError({ what: "value to monitor", unknown: name, known });
  const isHigherBetter = run.history.some((history) => history.better === "higher" && isNamed(found, history.name));
  return { value, better: isHigherBetter ? "higher" : "lower" };
}

/** Callbacks that come with nnbook; write your own as an object with `onEpochEnd` or the like. */
export const callbacks = {
  /**
   * Stops the training when it no longer improves, and gives the model its best weights back.
   *
   * @example await model.fit(data, { epochs: 200, callbacks: [callbacks.earlyStopping({ patience: 5 })] })
   */
  earlyStopping,
} as const;
