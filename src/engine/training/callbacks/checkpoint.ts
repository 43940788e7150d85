// The callback that keeps the best weights of a training, to give them back at its end or later.

import { checkOptions, UnknownNameError, ValueError } from "../../errors.ts";
import type { Floats } from "../../intrinsics.ts";
import { findName } from "../../names.ts";
import type { Run } from "../run.ts";
import type { Callback } from "./callbacks.ts";
import { monitored } from "./monitored.ts";

/** Which weights `callbacks.checkpoint` keeps. */
export interface CheckpointOptions {
  /** What to watch: "validationLoss" where there is validation data, else "loss" (the default), or a metric: "validationAccuracy". */
  readonly monitor?: string;
  /** Whether the lowest ("min") or the highest ("max") value is the best. Default "auto": as the loss or metric says. */
  readonly mode?: "auto" | "min" | "max";
  /** Whether the model gets the best weights when the training ends. Default false: `restore()` gives them. */
  readonly restoreBest?: boolean;
}

const modes = ["auto", "min", "max"] as const;

/** Keeps the weights of the best epoch; made by `callbacks.checkpoint`. */
export class Checkpoint implements Callback {
  readonly #options: CheckpointOptions;
  #run: Run | null = null;
  #best: { readonly epoch: number; readonly value: number; readonly weights: readonly Floats[] } | null = null;

  constructor(options: CheckpointOptions) {
    checkOptions("callbacks.checkpoint", options, ["monitor", "mode", "restoreBest"]);
    const { mode = "auto" } = options;
    if (findName(mode, modes) !== mode) throw new UnknownNameError({ what: "mode", unknown: mode, known: modes });
    this.#options = options;
  }

  /** The best epoch, counted from 1; `null` before the first. */
  get epoch(): number | null {
    return this.#best?.epoch ?? null;
  }

  /** What was watched, in the best epoch; `null` before the first. */
  get value(): number | null {
    return this.#best?.value ?? null;
  }

  /**
   * Gives the model that was trained its best weights back.
   *
   * @throws ValueError while it trains, and before its first epoch is done.
   */
  restore(): void {
    if (this.#best === null || this.#run === null)
      throw new ValueError({
        op: "checkpoint.restore",
        expected: "a training with an epoch that is done",
        got: "none",
        hint: "Give the checkpoint to model.fit(data, { callbacks: [checkpoint] }) first.",
      });
    if (this.#run.state === "running")
      throw new ValueError({
        op: "checkpoint.restore",
        expected: "a training that has ended",
        got: "one that is running",
        hint: "Await it, or set restoreBest: true.",
      });
    this.#run.model.restoreWeights(this.#best.weights);
  }

  onTrainBegin(run: Run): void {
    // A run that goes on keeps what was seen of it.
    if (run !== this.#run) this.#best = null;
    this.#run = run;
  }

  onEpochEnd(epoch: number, values: Readonly<Record<string, number>>, run: Run): void {
    const { monitor = null, mode = "auto" } = this.#options;
    const { value, better } = monitored(monitor, values, run);
    const isHighest = mode === "auto" ? better === "higher" : mode === "max";
    // A NaN is neither better nor worse: it would stand for ever.
    if (Number.isNaN(value)) return;
    if (this.#best !== null && !(isHighest ? value > this.#best.value : value < this.#best.value)) return;
    this.#best = { epoch, value, weights: run.model.copyWeights() };
  }

  onTrainEnd(run: Run): void {
    if (this.#options.restoreBest === true && this.#best !== null && run.state !== "diverged")
      run.model.restoreWeights(this.#best.weights);
  }
}
