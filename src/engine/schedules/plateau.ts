// The schedule that looks at results instead of steps: it lowers the learning rate when training no longer improves.

import { checkedCount, checkOptions, UnknownNameError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { aboveZero, within, zeroOrMore } from "./schedule.ts";

/** Options of `schedules.reduceOnPlateau`. */
export interface ReduceOnPlateauOptions {
  /** The learning rate of the first step, above 0. */
  readonly initialLearningRate: number;
  /** What to watch: "validationLoss" where there is validation data, else "loss" (the default), or a metric: "validationAccuracy". */
  readonly monitor?: string;
  /** What remains of the rate after a reduction (0–1); 0.1 by default. */
  readonly factor?: number;
  /** Epochs without improvement before a reduction; 10 by default. torch: as many are forgiven, the next one reduces. */
  readonly patience?: number;
  /** A change smaller than this is no improvement; 0.0001 by default. torch: as a share of the best value. */
  readonly minChange?: number;
  /** Epochs after a reduction in which none are counted; 0 by default. */
  readonly cooldown?: number;
  /** The rate is never reduced below this; 0 by default. */
  readonly minLearningRate?: number;
  /** "keras" (default) or "torch". */
  readonly convention?: "keras" | "torch";
}

const optionNames = [
  "initialLearningRate",
  "monitor",
  "factor",
  "patience",
  "minChange",
  "cooldown",
  "minLearningRate",
  "convention",
] as const;

/** See `schedules.reduceOnPlateau`. */
export class PlateauSchedule {
  /** The learning rate until a plateau is reached. */
  readonly initialLearningRate: number;
  /** What is watched; `null`: the validation loss where there is one, else the loss. */
  readonly monitor: string | null;
  readonly #setting: {
    readonly factor: number;
    readonly patience: number;
    readonly minChange: number;
    readonly cooldown: number;
    readonly minLearningRate: number;
    readonly isTorch: boolean;
  };

  constructor(options: ReduceOnPlateauOptions) {
    const call = "schedules.reduceOnPlateau";
    checkOptions(call, options, optionNames);
    const convention = options.convention ?? "keras";
    if (convention !== "keras" && convention !== "torch")
      throw new UnknownNameError({ what: "convention", unknown: convention, known: ["keras", "torch"] });
    this.initialLearningRate = aboveZero(call, "initialLearningRate", options.initialLearningRate);
    this.monitor = options.monitor ?? null;
    this.#setting = {
      factor: within(call, "factor", options.factor ?? 0.1, [0, 1]),
      patience: checkedCount(call, "patience", options.patience ?? 10),
      minChange: zeroOrMore(call, "minChange", options.minChange ?? 0.0001),
      cooldown: checkedCount(call, "cooldown", options.cooldown ?? 0),
      minLearningRate: zeroOrMore(call, "minLearningRate", options.minLearningRate ?? 0),
      isTorch: convention === "torch",
    };
  }

  /** The learning rate after epochs with these values, of which lower or higher ones are better. */
  rateAfter(values: readonly number[], better: "lower" | "higher" = "lower"): number {
    const { factor, patience, cooldown, minLearningRate, isTorch } = this.#setting;
    let rate = this.initialLearningRate;
    let best: number | null = null;
    let [waited, cooling] = [0, 0];
    for (const value of values) {
      const wasCooling = cooling > 0;
      if (wasCooling) cooling--;
      // A NaN is neither better nor worse: it would stand for ever.
      if (!Number.isNaN(value) && (best === null || this.#isBetter(value, best, better))) {
        best = value;
        waited = 0;
      } else waited++;
      // Keras counts the last epoch of a cooldown already, torch the one after.
      if (isTorch ? wasCooling : cooling > 0) waited = 0;
      if (waited < (isTorch ? patience + 1 : maths.max(1, patience))) continue;
      rate = maths.min(rate, maths.max(rate * factor, minLearningRate));
      cooling = cooldown;
      waited = 0;
    }
    return rate;
  }

  #isBetter(value: number, best: number, better: "lower" | "higher"): boolean {
    const { minChange, isTorch } = this.#setting;
    const change = isTorch ? minChange * best : minChange;
    return better === "lower" ? value < best - change : value > best + change;
  }
}
