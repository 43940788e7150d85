// Every loss: its words, formula, the targets it can judge and the output layer it goes with, on top of the backend's mathematics.

import { makingChecked } from "../checkedMakers.ts";
import {
  checkedNumber,
  checkOptions,
  describeValue,
  ShapeError,
  saying,
  ValueError,
  withoutOptions,
} from "../errors.ts";
import { checkGradual } from "../gradientGraph.ts";
import { withKnownMembers } from "../members.ts";
import { remembering } from "../remake.ts";
import { isRecording } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import { concat } from "../tensorFunctions.ts";
import { checkedLoss } from "./checkedLoss.ts";
import { crossentropyLosses, readsAsTorch } from "./crossentropies.ts";
import type { Loss } from "./loss.ts";
import { alignTargets, makeLoss } from "./recipe.ts";
import {
  allOf,
  checkAboveMinusOne,
  checkClassRows,
  checkFinite,
  checkHinge,
  checkNotNegative,
  checkShape,
  checkShares,
} from "./targets.ts";

const valueCheck = allOf(checkShape);

/** Targets 0 and 1 become −1 and 1. */
function withSigns(targets: Tensor): Tensor {
  const isZeroOne = targets.numbers.every((value) => value === 0 || value === 1);
  return isZeroOne
    ? new Tensor(
        targets.shape,
        targets.numbers.map((value) => 2 * value - 1),
      )
    : targets;
}

/** @throws ShapeError or ValueError for what a function of the user's gave that cannot be a loss. */
function checkCustomValue(op: string, value: unknown, predictions: Tensor): asserts value is Tensor {
  if (!(value instanceof Tensor) || value.size !== 1)
    throw new ShapeError({
      op,
      what: "the function to return",
      expected: "a tensor with one number",
      got: value instanceof Tensor ? value.shape : describeValue(value),
      hint: "End it with .mean() or .sum().",
    });
  if (!predictions.needsGradient || !isRecording()) return;
  if (!value.needsGradient)
    throw new ValueError({
      op,
      expected: "a loss computed from the predictions by tensor operations",
      got: "one that does not depend on them",
      hint: "Nothing could be learned from it: toArray, item, data and detach end the chain.",
    });
  checkGradual(op, value, "the predictions", predictions);
}

/** What measures how far numbers lie from their targets, or on the wrong side of a margin. */
const distanceLosses = {
  /** Mean squared error: `mean((p − t)²)`. For regression, with a linear output. */
  mse: withoutOptions("losses.mse", () =>
    makeLoss({
      name: "mse",
      label: "mean squared error",
      formula: "mean((p − t)²)",
      function: "mse",
      check: valueCheck,
      outputActivation: "linear",
    }),
  ),
  /** Mean absolute error: `mean(|p − t|)`. For regression with outliers. */
  mae: withoutOptions("losses.mae", () =>
    makeLoss({
      name: "mae",
      label: "mean absolute error",
      formula: "mean(|p − t|)",
      function: "mae",
      check: valueCheck,
      outputActivation: "linear",
    }),
  ),
  /**
   * Huber: squared up to an error of `delta` (1 by default), straight beyond (Huber 1964): with `e = p − t`, the mean of `e²/2` where
   * `|e| ≤ δ`, else of `δ·(|e| − δ/2)`.
   */
  huber: (options: { readonly delta?: number } = {}): Loss => {
    checkOptions("losses.huber", options, ["delta"]);
    const { delta = 1 } = options;
    checkedNumber("losses.huber", "delta", delta);
    if (!(delta > 0)) throw new ValueError({ op: "losses.huber", expected: "delta above 0", got: String(delta) });
    return makeLoss({
      name: "huber",
      label: "Huber loss",
      formula: "mean(e²/2 if |e| ≤ δ, else δ·(|e| − δ/2))",
      function: "huber",
      parameter: delta,
      check: valueCheck,
      outputActivation: "linear",
    });
  },
  /**
   * Smooth L1, as in PyTorch: Huber divided by its delta, so that the slope far out is ±1. With `e = p − t`, the mean of `e²/(2β)` where
   * `|e| < β`, else of `|e| − β/2`; `beta` is 1 by default.
   */
  smoothL1: (options: { readonly beta?: number } = {}): Loss => {
    checkOptions("losses.smoothL1", options, ["beta"]);
    const { beta = 1 } = options;
    checkedNumber("losses.smoothL1", "beta", beta);
    if (!(beta > 0)) throw new ValueError({ op: "losses.smoothL1", expected: "beta above 0", got: String(beta) });
    return makeLoss({
      name: "smoothL1",
      label: "smooth L1 loss",
      formula: "mean(e²/(2β) if |e| < β, else |e| − β/2)",
      function: "smoothL1",
      parameter: beta,
      check: valueCheck,
      outputActivation: "linear",
    });
  },
  /** Log-cosh: `mean(log cosh(p − t))`; like the squared error near 0, like the absolute one far out. */
  logCosh: withoutOptions("losses.logCosh", () =>
    makeLoss({
      name: "logCosh",
      label: "log-cosh",
      formula: "mean(log cosh(p − t))",
      function: "logCosh",
      check: valueCheck,
      outputActivation: "linear",
    }),
  ),
  /** Mean squared logarithmic error: `mean((log(1 + p) − log(1 + t))²)`. For values over several powers of ten. */
  msle: withoutOptions("losses.msle", () =>
    makeLoss({
      name: "msle",
      label: "mean squared logarithmic error",
      formula: "mean((log(1 + p) − log(1 + t))²)",
      function: "msle",
      check: allOf(checkShape, checkAboveMinusOne),
    }),
  ),
  /** Mean absolute percentage error: `100·mean(|p − t| / |t|)`. */
  mape: withoutOptions("losses.mape", () =>
    makeLoss({
      name: "mape",
      label: "mean absolute percentage error",
      formula: "100·mean(|p − t| / |t|)",
      function: "mape",
      check: valueCheck,
    }),
  ),
  /** Hinge: `mean(max(0, 1 − t·p))` with targets −1 and 1 (0 and 1 are mapped to them), linear or tanh output. */
  hinge: withoutOptions("losses.hinge", () =>
    makeLoss({
      name: "hinge",
      label: "hinge loss",
      formula: "mean(max(0, 1 − t·p))",
      function: "hinge",
      prepare: withSigns,
      check: allOf(checkShape, checkHinge),
      targetKind: "binary",
    }),
  ),
  /** Squared hinge: `mean(max(0, 1 − t·p)²)` with targets −1 and 1 (0 and 1 are mapped to them). */
  squaredHinge: withoutOptions("losses.squaredHinge", () =>
    makeLoss({
      name: "squaredHinge",
      label: "squared hinge loss",
      formula: "mean(max(0, 1 − t·p)²)",
      function: "squaredHinge",
      prepare: withSigns,
      check: allOf(checkShape, checkHinge),
      targetKind: "binary",
    }),
  ),
  /** Hinge for several classes: `max(0, 1 + largest wrong score − right score)`, mean over samples, one-hot targets. */
  categoricalHinge: withoutOptions("losses.categoricalHinge", () =>
    makeLoss({
      name: "categoricalHinge",
      label: "categorical hinge loss",
      formula: "mean(max(0, 1 + max((1 − t)·p) − Σ t·p))",
      function: "categoricalHinge",
      check: checkClassRows,
      targetKind: "classes",
    }),
  ),
} as const;

/** What compares distributions, counts and directions, and what a user writes. */
const otherLosses = {
  /**
   * Kullback–Leibler divergence: `mean over samples(Σ t·log(t / p))`, both probabilities, kept from 1e-7 to 1.
   *
   * `logInput: true` takes logarithms of probabilities (a log-softmax output), as PyTorch does.
   */
  klDivergence: (options: { readonly logInput?: boolean } = {}): Loss => {
    checkOptions("losses.klDivergence", options, ["logInput"]);
    const { logInput = false } = options;
    return makeLoss({
      name: "klDivergence",
      label: "Kullback–Leibler divergence",
      formula: "mean(Σ t·log(t / p))",
      function: logInput ? "klDivergenceLog" : "klDivergence",
      check: allOf(checkShape, checkShares),
      targetKind: "classes",
      outputActivation: logInput ? null : "softmax",
    });
  },
  /**
   * Poisson: `mean(p − t·log p)`. For counts, with an exponential or softplus output.
   *
   * `logInput: true` takes the logarithm of the rate (a linear output): `mean(eᵖ − t·p)`.
   */
  poisson: (options: { readonly logInput?: boolean } = {}): Loss => {
    checkOptions("losses.poisson", options, ["logInput"]);
    return makeLoss({
      name: "poisson",
      label: "Poisson loss",
      formula: "mean(p − t·log p)",
      function: options.logInput === true ? "poissonLog" : "poisson",
      check: allOf(checkShape, checkNotNegative),
    });
  },
  /**
   * Cosine similarity, negative so that smaller is better: `−mean over samples(p·t / (|p|·|t|))`, from −1 to 1.
   *
   * By the convention `"torch"` 1 is added, so that the best is 0.
   */
  cosineSimilarity: (options: { readonly convention?: "keras" | "torch" } = {}): Loss => {
    checkOptions("losses.cosineSimilarity", options, ["convention"]);
    const isTorch = readsAsTorch("losses.cosineSimilarity", options.convention);
    return makeLoss({
      name: "cosineSimilarity",
      label: "negative cosine similarity",
      formula: "−mean(p·t / (|p|·|t|))",
      function: "cosineSimilarity",
      check: valueCheck,
      ...(isTorch ? { offset: 1 } : {}),
    });
  },
  /**
   * A loss of your own, written with tensor operations; it returns one number.
   *
   * @param f Takes predictions and targets `[batch, …]`, the targets in the predictions' shape where they fit it.
   * @param options `name`: what charts call it; default the function's own name, or "custom".
   * @throws ShapeError when it returns anything but a tensor of one number; ValueError when that does not depend on the predictions.
   * @example losses.custom((predictions, targets) => predictions.sub(targets).pow(4).mean())
   */
  custom: (f: (predictions: Tensor, targets: Tensor) => Tensor, options: { readonly name?: string } = {}): Loss => {
    checkOptions("losses.custom", options, ["name"]);
    if (typeof f !== "function")
      throw new ValueError({
        op: "losses.custom",
        expected: "a function of predictions and targets",
        got: describeValue(f),
      });
    return {
      name: options.name ?? (f.name || "custom"),
      label: options.name ?? "custom loss",
      formula: "",
      fromLogits: false,
      targetKind: "values",
      outputActivation: null,
      compute(predictions, targets) {
        const aligned = alignTargets(targets, predictions);
        const value = saying(`This is in the loss "${this.name}".`, () => f(predictions, aligned));
        checkCustomValue(this.name, value, predictions);
        return value;
      },
      computeWeighted(predictions, targets, weights) {
        // The function gives one number for all examples it sees: it is asked for each by itself.
        const [examples, each] = [predictions.shape[0] ?? 0, (tensor: Tensor, at: number) => tensor.slice(at, at + 1)];
        const values = Array.from({ length: examples }, (_, at) =>
          this.compute(each(predictions, at), each(targets, at)).reshape([1]),
        );
        return concat(values).mul(weights).mean();
      },
      checkTargets(targets, outputShape) {
        checkFinite(this.name, targets, outputShape);
      },
      fusedWith: () => null,
    };
  },
} as const;

// The type names the parts one by one, so that the words on each loss come along to wherever it is used.
/** How wrong predictions are. `compile({ loss: losses.huber({ delta: 0.5 }) })`, or just a name for the defaults. */
export const losses: typeof distanceLosses & typeof crossentropyLosses & typeof otherLosses = withKnownMembers(
  "loss",
  remembering("losses", makingChecked({ ...distanceLosses, ...crossentropyLosses, ...otherLosses }, checkedLoss), {
    custom: 2,
  }),
);

/** The name of a loss. */
export type LossName = Exclude<keyof typeof losses, "custom">;

/** The names of all losses. */
export const lossNames = Object.keys(losses).filter((name) => name !== "custom") as readonly LossName[];
