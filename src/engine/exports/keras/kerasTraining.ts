// Losses and optimizers as Keras code.

import type { LossName } from "../../losses/losses.ts";
import type { LossDescription, OptimizerDescription, Setting } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { type Keywords, keywords, python } from "./kerasCode.ts";
import { written } from "./kerasLayers.ts";

const crossentropy = { fromLogits: "from_logits", labelSmoothing: "label_smoothing" };

/** Keras' name of a loss, and its options there; `null` where it has none. One that is new does not compile before it stands here. */
const losses: Readonly<Record<LossName, readonly [name: string, options: Readonly<Record<string, string>>] | null>> = {
  mse: ["MeanSquaredError", {}],
  mae: ["MeanAbsoluteError", {}],
  huber: ["Huber", { delta: "delta" }],
  smoothL1: null,
  logCosh: ["LogCosh", {}],
  msle: ["MeanSquaredLogarithmicError", {}],
  mape: ["MeanAbsolutePercentageError", {}],
  hinge: ["Hinge", {}],
  squaredHinge: ["SquaredHinge", {}],
  categoricalHinge: ["CategoricalHinge", {}],
  binaryCrossentropy: ["BinaryCrossentropy", crossentropy],
  binaryFocalCrossentropy: [
    "BinaryFocalCrossentropy",
    { ...crossentropy, gamma: "gamma", alpha: "alpha", applyClassBalancing: "apply_class_balancing" },
  ],
  categoricalCrossentropy: ["CategoricalCrossentropy", crossentropy],
  sparseCategoricalCrossentropy: ["SparseCategoricalCrossentropy", { fromLogits: "from_logits" }],
  klDivergence: ["KLDivergence", {}],
  poisson: ["Poisson", {}],
  cosineSimilarity: ["CosineSimilarity", {}],
};

/** @throws NoCounterpart for a loss that a user wrote, and for options that Keras' loss has not. */
export function kerasLoss(loss: LossDescription): string {
  const { name, label, settings } = loss;
  const hint = "Compile with a loss that Keras has, or export the model without one: load(path, { compile: false }).";
  const known = name !== null && Object.hasOwn(losses, name) ? losses[name as LossName] : null;
  if (known === null)
    throw new NoCounterpart(
      "losses that Keras has",
      `the loss ${label}${name === null ? ", which was written in a cell" : ""}`,
      hint,
    );
  const [keras, options] = known;
  const other = Object.keys(settings).find((option) => !(option in options) && !isKerasOwn(option, settings[option]));
  if (other !== undefined)
    throw new NoCounterpart(
      `${label} with options that Keras' ${keras} has`,
      `${other}: ${python(settings[other])}`,
      hint,
    );
  return `keras.losses.${keras}(${written(keywords(settings, options))})`;
}

/** Options that say what Keras does anyway. */
function isKerasOwn(option: string, value: Setting): boolean {
  return (
    value === undefined ||
    value === false ||
    (option === "convention" && value === "keras") ||
    (option === "normalize" && value === true)
  );
}

const betas = { beta1: "beta_1", beta2: "beta_2" };
const optimizers: Readonly<Record<string, readonly [name: string, options: Readonly<Record<string, string>>]>> = {
  sgd: ["SGD", { momentum: "momentum", nesterov: "nesterov" }],
  adagrad: ["Adagrad", { initialAccumulatorValue: "initial_accumulator_value", epsilon: "epsilon" }],
  rmsprop: ["RMSprop", { rho: "rho", momentum: "momentum", epsilon: "epsilon", centered: "centered" }],
  adadelta: ["Adadelta", { rho: "rho", epsilon: "epsilon" }],
  adam: ["Adam", { ...betas, epsilon: "epsilon", amsgrad: "amsgrad" }],
  adamW: ["AdamW", { ...betas, epsilon: "epsilon", amsgrad: "amsgrad" }],
  adamax: ["Adamax", { ...betas, epsilon: "epsilon" }],
  nadam: ["Nadam", { ...betas, epsilon: "epsilon" }],
  lion: ["Lion", betas],
};

const limits = { clipValue: "clipvalue", clipNorm: "clipnorm", globalClipNorm: "global_clipnorm" };

/** @throws NoCounterpart for one that Keras has not. */
export function kerasOptimizer(optimizer: OptimizerDescription): {
  readonly make: string;
  readonly notes: readonly string[];
} {
  const { name, settings, weightDecay, decoupledWeightDecay, convention, isScheduled } = optimizer;
  const known = Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  const hint = `Compile with one of ${Object.keys(optimizers).join(", ")}, or export the model without it: load(path, { compile: false }).`;
  if (known === undefined) throw new NoCounterpart("optimizers that Keras has", `the optimizer ${name}`, hint);
  if (weightDecay > 0 && !decoupledWeightDecay)
    throw new NoCounterpart(
      "weight decay on the weights themselves, as Keras has it",
      `one through the gradient, of the optimizer ${name}`,
      hint,
    );
  const [keras, options] = known;
  const given: Keywords = {
    learning_rate: python(settings.learningRate),
    ...keywords(settings, { ...options, ...limits }),
    ...((weightDecay > 0 || name === "adamW") && { weight_decay: python(weightDecay) }),
  };
  return {
    make: `keras.optimizers.${keras}(${written(given)})`,
    notes: [
      ...(convention === "torch"
        ? [`The optimizer ${name} follows PyTorch in nnbook, and Keras there: its steps differ a little.`]
        : []),
      ...(isScheduled
        ? [
            `The schedule of the learning rate is not taken along: it stays at ${python(settings.learningRate)}. keras.optimizers.schedules has others.`,
          ]
        : []),
      "The optimizer's memory (momentum and the like) starts anew.",
    ],
  };
}
