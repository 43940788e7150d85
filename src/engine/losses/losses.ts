// Every loss: its words, formula, the targets it can judge and the output layer it goes with, on top of the backend's mathematics.

import { computeInHost, currentRecorder, newArray } from "../backend/current.ts";
import type { LossFunctionName } from "../backend/lossMaths.ts";
import { checkedNumber, checkOptions, describeValue, ShapeError, ValueError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import { withKnownMembers } from "../members.ts";
import { lossOp } from "../ops/loss.ts";
import { formatShape, isSameShape, sizeOf } from "../shape.ts";
import { runOp, Tensor } from "../tensor.ts";
import { oneHot } from "../tensorFunctions.ts";
import type { Loss } from "./loss.ts";
import {
  allOf,
  checkAboveMinusOne,
  checkClassNumbers,
  checkClassRows,
  checkFinite,
  checkHinge,
  checkNotNegative,
  checkShape,
  checkShares,
  type TargetCheck,
} from "./targets.ts";

/** How a loss of the catalogue is put together. */
interface Recipe {
  readonly name: LossName;
  readonly label: string;
  readonly formula: string;
  readonly function: LossFunctionName;
  readonly check: TargetCheck;
  readonly parameter?: number;
  readonly targetKind?: Loss["targetKind"];
  readonly outputActivation?: Loss["outputActivation"];
  readonly fromLogits?: boolean;
  /** What the targets become before the mathematics sees them. */
  readonly prepare?: (targets: Tensor, predictions: Tensor) => Tensor;
  /** The same loss from the values before the activation it goes with. */
  readonly fused?: () => Loss;
}

function makeLoss(recipe: Recipe): Loss {
  const { name, function: routine, prepare = null, parameter = 0 } = recipe;
  return {
    name,
    label: recipe.label,
    formula: recipe.formula,
    fromLogits: recipe.fromLogits ?? false,
    targetKind: recipe.targetKind ?? "values",
    outputActivation: recipe.outputActivation ?? null,
    isPlannable: true,
    compute(predictions, targets) {
      const ready = prepared(prepare, alignTargets(targets, predictions), predictions);
      if (!isSameShape(ready.shape, predictions.shape))
        throw new ShapeError({
          op: name,
          what: "targets",
          expected: formatShape(predictions.shape),
          got: targets.shape,
        });
      return runOp(lossOp, [predictions, ready.detach()], { function: routine, parameter });
    },
    checkTargets(targets, outputShape) {
      allOf(checkFinite, recipe.check)(name, targets, outputShape);
    },
    fusedWith(activation) {
      const isPair = recipe.fused !== undefined && activation !== null && activation === recipe.outputActivation;
      return isPair ? (recipe.fused?.() ?? null) : null;
    },
  };
}

/** Targets `[n]` for predictions `[n, 1]` get the missing axis. */
function alignTargets(targets: Tensor, predictions: Tensor): Tensor {
  const isColumn = predictions.rank === targets.rank + 1 && predictions.shape.at(-1) === 1;
  return isColumn ? new Tensor(predictions.shape, targets.numbers) : targets;
}

/** The targets as the routine reads them: made now, or at every run of a step that is laid out. */
function prepared(prepare: Recipe["prepare"] | null, targets: Tensor, predictions: Tensor): Tensor {
  if (prepare == null) return targets;
  if (currentRecorder() === null) return prepare(targets, predictions);
  const { shape } = prepare(new Tensor(targets.shape, new Floats(targets.size)), predictions);
  const ready = new Tensor(shape, newArray(sizeOf(shape)));
  computeInHost([targets.numbers], ready.numbers, ([numbers = targets.numbers], output) =>
    output.set(prepare(new Tensor(targets.shape, numbers), predictions).numbers),
  );
  return ready;
}

/** Label smoothing: `t·(1 − s) + s/K`, K = 2 for binary targets (Szegedy et al. 2016). */
function smoothed(targets: Tensor, smoothing: number, classes: number): Tensor {
  return new Tensor(
    targets.shape,
    targets.numbers.map((share) => share * (1 - smoothing) + smoothing / classes),
  );
}

/** Options of the cross-entropies. */
export interface CrossentropyOptions {
  /** Whether predictions are raw scores, before sigmoid or softmax; `false` by default. */
  readonly fromLogits?: boolean;
  /** Share of each target given to all classes alike, from 0 to below 1; 0 by default. */
  readonly labelSmoothing?: number;
}

function crossentropyOptions(
  call: string,
  options: CrossentropyOptions,
  known: readonly string[],
): Required<CrossentropyOptions> {
  checkOptions(`losses.${call}`, options, known);
  const { fromLogits = false, labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw new ValueError({
      op: `losses.${call}`,
      expected: "labelSmoothing from 0 to below 1",
      got: String(labelSmoothing),
    });
  return { fromLogits, labelSmoothing };
}

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

/** How wrong predictions are. `compile({ loss: losses.huber({ delta: 0.5 }) })`, or just a name for the defaults. */
export const losses = withKnownMembers("loss", {
  /** Mean squared error: `mean((p − t)²)`. For regression, with a linear output. */
  mse: (): Loss =>
    makeLoss({
      name: "mse",
      label: "mean squared error",
      formula: "mean((p − t)²)",
      function: "mse",
      check: valueCheck,
      outputActivation: "linear",
    }),
  /** Mean absolute error: `mean(|p − t|)`. For regression with outliers. */
  mae: (): Loss =>
    makeLoss({
      name: "mae",
      label: "mean absolute error",
      formula: "mean(|p − t|)",
      function: "mae",
      check: valueCheck,
      outputActivation: "linear",
    }),
  /** Huber: squared up to an error of `delta` (1 by default), straight beyond (Huber 1964). */
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
  /** Log-cosh: `mean(log cosh(p − t))`; like the squared error near 0, like the absolute one far out. */
  logCosh: (): Loss =>
    makeLoss({
      name: "logCosh",
      label: "log-cosh",
      formula: "mean(log cosh(p − t))",
      function: "logCosh",
      check: valueCheck,
      outputActivation: "linear",
    }),
  /** Mean squared logarithmic error: `mean((log(1 + p) − log(1 + t))²)`. For values over several powers of ten. */
  msle: (): Loss =>
    makeLoss({
      name: "msle",
      label: "mean squared logarithmic error",
      formula: "mean((log(1 + p) − log(1 + t))²)",
      function: "msle",
      check: allOf(checkShape, checkAboveMinusOne),
    }),
  /** Mean absolute percentage error: `100·mean(|p − t| / |t|)`. */
  mape: (): Loss =>
    makeLoss({
      name: "mape",
      label: "mean absolute percentage error",
      formula: "100·mean(|p − t| / |t|)",
      function: "mape",
      check: valueCheck,
    }),
  /** Hinge: `mean(max(0, 1 − t·p))` with targets −1 and 1 (0 and 1 are mapped to them), linear or tanh output. */
  hinge: (): Loss =>
    makeLoss({
      name: "hinge",
      label: "hinge loss",
      formula: "mean(max(0, 1 − t·p))",
      function: "hinge",
      prepare: withSigns,
      check: allOf(checkShape, checkHinge),
      targetKind: "binary",
    }),
  /** Squared hinge: `mean(max(0, 1 − t·p)²)` with targets −1 and 1 (0 and 1 are mapped to them). */
  squaredHinge: (): Loss =>
    makeLoss({
      name: "squaredHinge",
      label: "squared hinge loss",
      formula: "mean(max(0, 1 − t·p)²)",
      function: "squaredHinge",
      prepare: withSigns,
      check: allOf(checkShape, checkHinge),
      targetKind: "binary",
    }),
  /** Hinge for several classes: `max(0, 1 + largest wrong score − right score)`, mean over samples, one-hot targets. */
  categoricalHinge: (): Loss =>
    makeLoss({
      name: "categoricalHinge",
      label: "categorical hinge loss",
      formula: "mean(max(0, 1 + max((1 − t)·p) − Σ t·p))",
      function: "categoricalHinge",
      check: checkClassRows,
      targetKind: "classes",
    }),
  /**
   * Binary cross-entropy: `−mean(t·log p + (1 − t)·log(1 − p))`. For two classes (0 and 1), with a sigmoid output.
   *
   * Probabilities are kept 1e-7 away from 0 and 1, as in Keras.
   */
  binaryCrossentropy: (options: CrossentropyOptions = {}): Loss => {
    const { fromLogits, labelSmoothing } = crossentropyOptions("binaryCrossentropy", options, [
      "fromLogits",
      "labelSmoothing",
    ]);
    return makeLoss({
      name: "binaryCrossentropy",
      label: "binary cross-entropy",
      formula: "−mean(t·log p + (1 − t)·log(1 − p))",
      function: fromLogits ? "binaryCrossentropyLogits" : "binaryCrossentropy",
      fromLogits,
      check: allOf(checkShape, checkShares),
      targetKind: "binary",
      outputActivation: fromLogits ? "linear" : "sigmoid",
      ...(labelSmoothing === 0 ? {} : { prepare: (targets) => smoothed(targets, labelSmoothing, 2) }),
      ...(fromLogits ? {} : { fused: () => losses.binaryCrossentropy({ fromLogits: true, labelSmoothing }) }),
    });
  },
  /**
   * Categorical cross-entropy: `−mean over samples(Σ t·log p)`. For several classes as one-hot rows, with a softmax output.
   *
   * Rows of probabilities are made to sum to 1 and kept 1e-7 away from 0 and 1, as in Keras.
   */
  categoricalCrossentropy: (options: CrossentropyOptions = {}): Loss => {
    const known = ["fromLogits", "labelSmoothing"];
    const { fromLogits, labelSmoothing } = crossentropyOptions("categoricalCrossentropy", options, known);
    return makeLoss({
      name: "categoricalCrossentropy",
      label: "categorical cross-entropy",
      formula: "−mean(Σ t·log p)",
      function: fromLogits ? "categoricalCrossentropyLogits" : "categoricalCrossentropy",
      fromLogits,
      check: checkClassRows,
      targetKind: "classes",
      outputActivation: fromLogits ? "linear" : "softmax",
      ...(labelSmoothing === 0
        ? {}
        : { prepare: (targets, predictions) => smoothed(targets, labelSmoothing, predictions.shape.at(-1) ?? 1) }),
      ...(fromLogits ? {} : { fused: () => losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing }) }),
    });
  },
  /** Categorical cross-entropy with class numbers (0, 1, 2 …) as targets: `−mean(log p[class])`, with a softmax output. */
  sparseCategoricalCrossentropy: (options: { readonly fromLogits?: boolean } = {}): Loss => {
    const { fromLogits } = crossentropyOptions("sparseCategoricalCrossentropy", options, ["fromLogits"]);
    return makeLoss({
      name: "sparseCategoricalCrossentropy",
      label: "sparse categorical cross-entropy",
      formula: "−mean(log p[class])",
      function: fromLogits ? "categoricalCrossentropyLogits" : "categoricalCrossentropy",
      fromLogits,
      check: checkClassNumbers,
      targetKind: "classNumbers",
      outputActivation: fromLogits ? "linear" : "softmax",
      prepare: (targets, predictions) => oneHot(targets, predictions.shape.at(-1) ?? 1),
      ...(fromLogits ? {} : { fused: () => losses.sparseCategoricalCrossentropy({ fromLogits: true }) }),
    });
  },
  /** Kullback–Leibler divergence: `mean over samples(Σ t·log(t / p))`, both probabilities, kept from 1e-7 to 1. */
  klDivergence: (): Loss =>
    makeLoss({
      name: "klDivergence",
      label: "Kullback–Leibler divergence",
      formula: "mean(Σ t·log(t / p))",
      function: "klDivergence",
      check: allOf(checkShape, checkShares),
      targetKind: "classes",
      outputActivation: "softmax",
    }),
  /** Poisson: `mean(p − t·log p)`. For counts, with an exponential or softplus output. */
  poisson: (): Loss =>
    makeLoss({
      name: "poisson",
      label: "Poisson loss",
      formula: "mean(p − t·log p)",
      function: "poisson",
      check: allOf(checkShape, checkNotNegative),
    }),
  /** Cosine similarity, negative so that smaller is better: `−mean over samples(p·t / (|p|·|t|))`, from −1 to 1. */
  cosineSimilarity: (): Loss =>
    makeLoss({
      name: "cosineSimilarity",
      label: "negative cosine similarity",
      formula: "−mean(p·t / (|p|·|t|))",
      function: "cosineSimilarity",
      check: valueCheck,
    }),
  /**
   * A loss of your own, written with tensor operations; it returns one number.
   *
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
        const value = f(predictions, alignTargets(targets, predictions));
        if (!(value instanceof Tensor) || value.size !== 1)
          throw new ShapeError({
            op: this.name,
            what: "the function to return",
            expected: "a tensor with one number",
            got: value instanceof Tensor ? value.shape : String(value),
            hint: "End it with .mean() or .sum().",
          });
        return value;
      },
      checkTargets(targets, outputShape) {
        checkFinite(this.name, targets, outputShape);
      },
      fusedWith: () => null,
    };
  },
} as const);

/** The name of a loss. */
export type LossName = Exclude<keyof typeof losses, "custom">;

/** The names of all losses. */
export const lossNames = Object.keys(losses).filter((name) => name !== "custom") as readonly LossName[];
