// Schedules that rise and fall by rules of their own: the transformer's, and waves between two rates.

import { checkedCount, checkOptions, UnknownNameError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { aboveZero, type MomentumRange, momentumRange, type Schedule, withMomentum } from "./schedule.ts";

/** Options of `schedules.noam`. */
export interface NoamOptions {
  /** Width of the model, d. */
  readonly modelSize: number;
  /** Steps that rise. */
  readonly warmUpSteps: number;
  /** Multiplies all rates; 1 by default. */
  readonly scale?: number;
}

/** See `schedules.noam`. */
export function noam(options: NoamOptions): Schedule {
  const call = "schedules.noam";
  checkOptions(call, options, ["modelSize", "warmUpSteps", "scale"]);
  const size = checkedCount(call, "modelSize", options.modelSize, 1);
  const steps = checkedCount(call, "warmUpSteps", options.warmUpSteps, 1);
  const scale = aboveZero(call, "scale", options.scale ?? 1) / maths.sqrt(size);
  return (at) => scale * maths.min(1 / maths.sqrt(at + 1), (at + 1) / steps ** 1.5);
}

/** Options of `schedules.cyclic`. */
export interface CyclicOptions {
  /** Where each cycle begins and ends. */
  readonly minLearningRate: number;
  /** What it rises to in the middle of a cycle. */
  readonly maxLearningRate: number;
  /** Steps from the smallest to the largest rate. */
  readonly risingSteps: number;
  /** Steps back; as many by default. */
  readonly fallingSteps?: number;
  /** "triangular" (the default): all waves alike; "triangular2": each half as high as the one before. */
  readonly mode?: "triangular" | "triangular2";
  /**
   * Moves momentum against the rate: down from `max` (0.9 by default) to `min` (0.8) while the rate rises, and back while it
   * falls, as PyTorch's `cycle_momentum`. For Adam and its relatives it is β₁. Left out, momentum stays as it is.
   */
  readonly momentum?: MomentumRange;
}

const modes = ["triangular", "triangular2"];

/** See `schedules.cyclic`. */
export function cyclic(options: CyclicOptions): Schedule {
  const call = "schedules.cyclic";
  checkOptions(call, options, [
    "minLearningRate",
    "maxLearningRate",
    "risingSteps",
    "fallingSteps",
    "mode",
    "momentum",
  ]);
  const lowest = aboveZero(call, "minLearningRate", options.minLearningRate);
  const highest = aboveZero(call, "maxLearningRate", options.maxLearningRate);
  if (highest < lowest)
    throw new ValueError({
      op: call,
      expected: `maxLearningRate of ${lowest} (minLearningRate) or more`,
      got: String(highest),
    });
  const rising = checkedCount(call, "risingSteps", options.risingSteps, 1);
  const falling = checkedCount(call, "fallingSteps", options.fallingSteps ?? rising, 1);
  const mode = options.mode ?? "triangular";
  if (!modes.includes(mode)) throw new UnknownNameError({ what: "mode", unknown: mode, known: modes });
  const length = rising + falling;
  /** How high the wave stands, 0–1. */
  const height = (at: number) => {
    const wave = maths.floor(at / length);
    const place = at - wave * length;
    const part = place <= rising ? place / rising : (length - place) / falling;
    return part * (mode === "triangular2" ? 2 ** -wave : 1);
  };
  const momentum = momentumRange(call, options.momentum, { min: 0.8, max: 0.9 });
  return withMomentum(
    (at) => lowest + (highest - lowest) * height(at),
    momentum && ((at) => momentum.max - (momentum.max - momentum.min) * height(at)),
  );
}
