// The cross-entropies: losses of classifiers, from probabilities or from raw scores, with smoothed labels, weights and focus.

import { probabilityCeiling, probabilityFloor } from "../backend/lossMaths.ts";
import { checkedNumber, checkOptions, describeValue, ValueError } from "../errors.ts";
import { isSameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { oneHot } from "../tensorFunctions.ts";
import type { Loss } from "./loss.ts";
import { alignTargets, makeLoss } from "./recipe.ts";
import { allOf, checkClassNumbers, checkClassRows, checkFinite, checkShape, checkShares } from "./targets.ts";

/** Options of all cross-entropies. */
export interface CrossentropyOptions {
  /** Whether predictions are raw scores, before sigmoid or softmax; `false` by default. */
  readonly fromLogits?: boolean;
  /** Share of each target given to all classes alike, from 0 to below 1; 0 by default. */
  readonly labelSmoothing?: number;
}

/** Options of the binary cross-entropy. */
export interface BinaryCrossentropyOptions extends CrossentropyOptions {
  /** How many times positive examples count, for rare ones; 1 by default. */
  readonly positiveWeight?: number;
  /** Near 0 and 1: `"keras"` (by default) keeps probabilities 1e-7 away from them; `"torch"` holds logarithms at −100. */
  readonly convention?: "keras" | "torch";
}

/** Options of the categorical cross-entropies. */
export interface CategoricalCrossentropyOptions extends CrossentropyOptions {
  /** How many times each class counts, in the order of the classes; all once by default. */
  readonly classWeights?: readonly number[];
  /** Divides the weighted sum by the number of samples (`"keras"`, by default) or by the sum of their weights (`"torch"`). */
  readonly convention?: "keras" | "torch";
  /** Whether rows of probabilities are made to sum to 1 first; `true` by default, as in Keras. */
  readonly normalize?: boolean;
}

/** Options of the sparse categorical cross-entropy. */
export type SparseCrossentropyOptions = Omit<CategoricalCrossentropyOptions, "labelSmoothing">;

/** Options of the focal loss. */
export interface FocalOptions extends CrossentropyOptions {
  /** How much easy examples are played down; 2 by default, 0 for not at all. */
  readonly gamma?: number;
  /** The weight of positive examples, `1 − alpha` that of negative ones, where `applyClassBalancing` is set; 0.25 by default. */
  readonly alpha?: number;
  /** Whether `alpha` counts; `false` by default. */
  readonly applyClassBalancing?: boolean;
}

const commonNames = ["fromLogits", "labelSmoothing"] as const;
const weightNames = ["classWeights", "convention", "normalize"] as const;

/** Checks options and settles those all have. @throws UnknownNameError or ValueError */
function settle(
  call: string,
  options: BinaryCrossentropyOptions & CategoricalCrossentropyOptions,
  known: readonly string[],
): { readonly fromLogits: boolean; readonly labelSmoothing: number; readonly isTorch: boolean } {
  const op = `losses.${call}`;
  checkOptions(op, options, known);
  const { fromLogits = false, labelSmoothing = 0, convention } = options;
  checkedNumber(op, "labelSmoothing", labelSmoothing);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw new ValueError({ op, expected: "labelSmoothing from 0 to below 1", got: String(labelSmoothing) });
  return { fromLogits, labelSmoothing, isTorch: readsAsTorch(op, convention) };
}

/** Whether a loss is meant as PyTorch has it. @throws ValueError for what is no convention */
export function readsAsTorch(op: string, convention: unknown = "keras"): boolean {
  if (convention === "keras" || convention === "torch") return convention === "torch";
  throw new ValueError({ op, expected: 'convention as "keras" or "torch"', got: describeValue(convention) });
}

/** Label smoothing: `t·(1 − s) + s/K`, K = 2 for binary targets (Szegedy et al. 2016). */
function smoothed(targets: Tensor, smoothing: number, classes: number): Tensor {
  return new Tensor(
    targets.shape,
    targets.numbers.map((share) => share * (1 - smoothing) + smoothing / classes),
  );
}

/** Each row of targets times the weight of its class; by PyTorch's convention the weights are made to have the mean 1. */
function weighted(targets: Tensor, weights: readonly number[], isTorch: boolean): Tensor {
  const width = weights.length;
  const scaled = targets.numbers.map((share, at) => share * (weights[at % width] ?? 1));
  const sum = scaled.reduce((total, share) => total + share, 0);
  const scale = isTorch && sum > 0 ? scaled.length / width / sum : 1;
  return new Tensor(
    targets.shape,
    scaled.map((share) => share * scale),
  );
}

function checkWeights(op: string, weights: readonly number[] | undefined): void {
  if (weights === undefined) return;
  if (!Array.isArray(weights) || weights.length === 0)
    throw new ValueError({
      op,
      expected: "classWeights as an array, a number for each class",
      got: describeValue(weights),
    });
  for (const weight of weights) checkNotBelow0(op, "each of classWeights", weight);
}

/** A factor below 0 would reward what is wrong. @throws ValueError */
function checkNotBelow0(op: string, name: string, value: unknown): void {
  const number = checkedNumber(op, name, value);
  if (number < 0) throw new ValueError({ op, expected: `${name} of 0 or more`, got: String(number) });
}

/** What targets become: one-hot rows, smoothed, weighted. */
function prepareRows(
  op: string,
  options: CategoricalCrossentropyOptions,
  setting: { readonly labelSmoothing: number; readonly isTorch: boolean },
  start: (targets: Tensor, predictions: Tensor) => Tensor,
): (targets: Tensor, predictions: Tensor) => Tensor {
  const { classWeights } = options;
  return (targets, predictions) => {
    const classes = predictions.shape.at(-1) ?? 1;
    if (classWeights !== undefined && classWeights.length !== classes)
      throw new ValueError({
        op,
        expected: `${classes} classWeights, one for each class`,
        got: `${classWeights.length}`,
      });
    const rows = start(targets, predictions);
    const smooth = setting.labelSmoothing === 0 ? rows : smoothed(rows, setting.labelSmoothing, classes);
    return classWeights === undefined ? smooth : weighted(smooth, classWeights, setting.isTorch);
  };
}

/** A row with a single 1 for each prediction, also where there is one step for each example: targets `[n, 1]`, predictions `[n, 1, classes]`. */
function oneHotRows(targets: Tensor, predictions: Tensor): Tensor {
  const rows = oneHot(targets, predictions.shape.at(-1) ?? 1);
  return isSameShape(targets.shape, predictions.shape.slice(0, -1))
    ? new Tensor(predictions.shape, rows.numbers)
    : rows;
}

function rowRoutine(options: CategoricalCrossentropyOptions) {
  if (options.fromLogits === true) return "categoricalCrossentropyLogits";
  return options.normalize === false ? "categoricalCrossentropyPlain" : "categoricalCrossentropy";
}

/** The cross-entropies, as part of `losses`. */
export const crossentropyLosses = {
  /**
   * Binary cross-entropy: `−mean(t·log p + (1 − t)·log(1 − p))`. For two classes (0 and 1), with a sigmoid output.
   *
   * Probabilities are kept 1e-7 away from 0 and 1, as in Keras. `positiveWeight` counts positive examples several times.
   */
  binaryCrossentropy: (options: BinaryCrossentropyOptions = {}): Loss => {
    const known = [...commonNames, "positiveWeight", "convention"];
    const { fromLogits, labelSmoothing, isTorch } = settle("binaryCrossentropy", options, known);
    const { positiveWeight } = options;
    if (positiveWeight !== undefined) checkNotBelow0("losses.binaryCrossentropy", "positiveWeight", positiveWeight);
    if (isTorch && positiveWeight !== undefined && !fromLogits)
      throw new ValueError({
        op: "losses.binaryCrossentropy",
        expected: 'fromLogits: true with positiveWeight by the convention "torch"',
        got: "probabilities",
        hint: "Leave convention out, or give raw scores.",
      });
    const plain = isTorch && !fromLogits ? "binaryCrossentropyTorch" : "binaryCrossentropy";
    const routine = positiveWeight === undefined ? plain : "weightedBinaryCrossentropy";
    return makeLoss({
      name: "binaryCrossentropy",
      label: "binary cross-entropy",
      formula: "−mean(t·log p + (1 − t)·log(1 − p))",
      function: fromLogits
        ? positiveWeight === undefined
          ? "binaryCrossentropyLogits"
          : "weightedBinaryCrossentropyLogits"
        : routine,
      parameter: positiveWeight ?? 0,
      fromLogits,
      check: allOf(checkShape, checkShares),
      targetKind: "binary",
      outputActivation: fromLogits ? "linear" : "sigmoid",
      ...(labelSmoothing === 0 ? {} : { prepare: (targets) => smoothed(targets, labelSmoothing, 2) }),
      ...(fromLogits ? {} : { fused: () => crossentropyLosses.binaryCrossentropy({ ...options, fromLogits: true }) }),
    });
  },
  /**
   * Binary focal cross-entropy: `−mean((1 − q)^γ · log q)`, q the probability given to the right class. Like the binary
   * cross-entropy, but examples that are easy already count less (Lin et al. 2017). For two classes of which one is rare.
   */
  binaryFocalCrossentropy: (options: FocalOptions = {}): Loss => {
    const known = [...commonNames, "gamma", "alpha", "applyClassBalancing"];
    const { fromLogits, labelSmoothing } = settle("binaryFocalCrossentropy", options, known);
    const { gamma = 2, alpha = 0.25, applyClassBalancing = false } = options;
    const op = "losses.binaryFocalCrossentropy";
    checkNotBelow0(op, "gamma", gamma);
    checkNotBelow0(op, "alpha", alpha);
    if (alpha > 1) throw new ValueError({ op, expected: "alpha from 0 to 1", got: String(alpha) });
    const eachOf = (predictions: Tensor, given: Tensor): Tensor => {
      const aligned = alignTargets(given, predictions).detach();
      const targets = aligned.mul(1 - labelSmoothing).add(labelSmoothing / 2);
      const logs = fromLogits
        ? { right: predictions.neg().applyUnary("softplus").neg(), wrong: predictions.applyUnary("softplus").neg() }
        : logarithms(predictions);
      const crossentropy = targets.mul(logs.right).add(targets.neg().add(1).mul(logs.wrong)).neg();
      const p = fromLogits ? predictions.sigmoid() : logs.right.exp();
      const doubt = p.add(targets).sub(p.mul(targets).mul(2));
      const focal = doubt.pow(gamma).mul(crossentropy);
      if (!applyClassBalancing) return focal;
      return focal.mul(targets.mul(2 * alpha - 1).add(1 - alpha));
    };
    return {
      name: "binaryFocalCrossentropy",
      label: "binary focal cross-entropy",
      formula: "−mean((1 − q)^γ · log q)",
      fromLogits,
      targetKind: "binary",
      outputActivation: fromLogits ? "linear" : "sigmoid",
      isPlannable: true,
      compute: (predictions, given) => eachOf(predictions, given).mean(),
      computeWeighted(predictions, given, weights) {
        const each = eachOf(predictions, given);
        return each.mul(weights.reshape([-1, ...each.shape.slice(1).map(() => 1)])).mean();
      },
      checkTargets: (targets, outputShape) =>
        allOf(checkFinite, checkShape, checkShares)("binaryFocalCrossentropy", targets, outputShape),
      fusedWith: (activation) =>
        !fromLogits && activation === "sigmoid"
          ? crossentropyLosses.binaryFocalCrossentropy({ ...options, fromLogits: true })
          : null,
    };
  },
  /**
   * Categorical cross-entropy: `−mean over samples(Σ t·log p)`. For several classes as one-hot rows, with a softmax output.
   *
   * Rows of probabilities are made to sum to 1 and kept 1e-7 away from 0 and 1, as in Keras. `classWeights` counts samples
   * of some classes more than others.
   */
  categoricalCrossentropy: (options: CategoricalCrossentropyOptions = {}): Loss => {
    const op = "losses.categoricalCrossentropy";
    const setting = settle("categoricalCrossentropy", options, [...commonNames, ...weightNames]);
    checkWeights(op, options.classWeights);
    const isPrepared = setting.labelSmoothing !== 0 || options.classWeights !== undefined;
    return makeLoss({
      name: "categoricalCrossentropy",
      label: "categorical cross-entropy",
      formula: "−mean(Σ t·log p)",
      function: rowRoutine(options),
      fromLogits: setting.fromLogits,
      check: checkClassRows,
      targetKind: "classes",
      outputActivation: setting.fromLogits ? "linear" : "softmax",
      ...(isPrepared ? { prepare: prepareRows(op, options, setting, (targets) => targets) } : {}),
      ...(setting.fromLogits
        ? {}
        : { fused: () => crossentropyLosses.categoricalCrossentropy({ ...options, fromLogits: true }) }),
    });
  },
  /**
   * Categorical cross-entropy with class numbers (0, 1, 2 …) as targets: `−mean(log p[class])`, with a softmax output.
   * `classWeights` counts samples of some classes more than others.
   */
  sparseCategoricalCrossentropy: (options: SparseCrossentropyOptions = {}): Loss => {
    const op = "losses.sparseCategoricalCrossentropy";
    const setting = settle("sparseCategoricalCrossentropy", options, ["fromLogits", ...weightNames]);
    checkWeights(op, options.classWeights);
    return makeLoss({
      name: "sparseCategoricalCrossentropy",
      label: "sparse categorical cross-entropy",
      formula: "−mean(log p[class])",
      function: rowRoutine(options),
      fromLogits: setting.fromLogits,
      check: checkClassNumbers,
      targetKind: "classNumbers",
      outputActivation: setting.fromLogits ? "linear" : "softmax",
      prepare: prepareRows(op, options, setting, oneHotRows),
      ...(setting.fromLogits
        ? {}
        : { fused: () => crossentropyLosses.sparseCategoricalCrossentropy({ ...options, fromLogits: true }) }),
    });
  },
} as const;

/** log p and log(1 − p) of probabilities kept 1e-7 away from 0 and 1. */
function logarithms(p: Tensor): { readonly right: Tensor; readonly wrong: Tensor } {
  const clipped = p.clip(probabilityFloor, probabilityCeiling);
  return { right: clipped.log(), wrong: clipped.neg().log1p() };
}
