// Optimizers as PyTorch code: the one of that name there, what stands around its step, and what it does otherwise than nnbook's.

import type { OptimizerDescription, Setting } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { bool } from "./torchCode.ts";

/** An optimizer as PyTorch code. */
export interface TorchOptimizer {
  /** `torch.optim.SGD(parameters, lr=0.1)`. */
  readonly make: string;
  /** Lines between `backward()` and the step, of `parameters` and `optimizer`. */
  readonly beforeStep: readonly string[];
  readonly notes: readonly string[];
}

type Options = (setting: (name: string) => Setting) => Readonly<Record<string, string>>;

const betas = (setting: (name: string) => Setting) => `(${String(setting("beta1"))}, ${String(setting("beta2"))})`;
const adam: Options = (setting) => ({ betas: betas(setting), eps: String(setting("epsilon")) });

const optimizers: Readonly<
  Record<string, { readonly name: string; readonly options: Options; readonly differs: string | null }>
> = {
  sgd: {
    name: "SGD",
    options: (setting) =>
      Number(setting("momentum")) > 0
        ? { momentum: String(setting("momentum")), ...(setting("nesterov") === true && { nesterov: "True" }) }
        : {},
    differs: null,
  },
  adagrad: {
    name: "Adagrad",
    options: (setting) => ({
      initial_accumulator_value: String(setting("initialAccumulatorValue") ?? 0),
      eps: String(setting("epsilon")),
    }),
    differs: "adds ε outside of the root, Keras inside",
  },
  rmsprop: {
    name: "RMSprop",
    options: (setting) => ({
      alpha: String(setting("rho")),
      eps: String(setting("epsilon")),
      momentum: String(setting("momentum") ?? 0),
      centered: bool(setting("centered")),
    }),
    differs: "adds ε outside of the root, Keras inside",
  },
  adadelta: {
    name: "Adadelta",
    options: (setting) => ({ rho: String(setting("rho")), eps: String(setting("epsilon")) }),
    differs: null,
  },
  adam: {
    name: "Adam",
    options: (setting) => ({ ...adam(setting), ...(setting("amsgrad") === true && { amsgrad: "True" }) }),
    differs: "adds ε after the correction of the means, Keras before it",
  },
  adamW: {
    name: "AdamW",
    options: (setting) => ({
      ...adam(setting),
      weight_decay: "0.0",
      ...(setting("amsgrad") === true && { amsgrad: "True" }),
    }),
    differs: "adds ε after the correction of the means, Keras before it",
  },
  adamax: { name: "Adamax", options: adam, differs: "adds ε to the gradient, Keras to the largest one" },
  nadam: {
    name: "NAdam",
    options: (setting) => ({ ...adam(setting), momentum_decay: String(Number(setting("momentumDecay"))) }),
    differs: null,
  },
  rAdam: { name: "RAdam", options: adam, differs: null },
};

/** The optimizers known here. */
const torchOptimizerNames: readonly string[] = Object.keys(optimizers);

/** @throws NoCounterpart for one that PyTorch has not. */
export function torchOptimizer(optimizer: OptimizerDescription): TorchOptimizer {
  const { name, settings, isScheduled, convention, weightDecay, decoupledWeightDecay } = optimizer;
  const known = Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  if (known === undefined)
    throw new NoCounterpart(
      "optimizers that PyTorch has",
      `the optimizer ${name}`,
      `Compile with one of ${torchOptimizerNames.join(", ")}, or export the model without it: load(path, { compile: false }).`,
    );
  const options = {
    lr: String(settings.learningRate),
    ...known.options((each) => settings[each]),
    ...(weightDecay > 0 && !decoupledWeightDecay && { weight_decay: String(weightDecay) }),
  };
  const written = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  const beforeStep: string[] = [];
  if (typeof settings.clipValue === "number")
    beforeStep.push(`nn.utils.clip_grad_value_(parameters, ${settings.clipValue})`);
  if (typeof settings.clipNorm === "number")
    beforeStep.push(
      "for parameter in parameters:",
      `    if parameter.grad is not None:`,
      `        nn.utils.clip_grad_norm_([parameter], ${settings.clipNorm})`,
    );
  if (typeof settings.globalClipNorm === "number")
    beforeStep.push(`nn.utils.clip_grad_norm_(parameters, ${settings.globalClipNorm})`);
  if (weightDecay > 0 && decoupledWeightDecay)
    beforeStep.push(
      "with torch.no_grad():",
      "    for parameter in parameters:",
      `        parameter.mul_(1 - optimizer.param_groups[0]["lr"] * ${weightDecay})`,
    );
  return {
    make: `torch.optim.${known.name}(parameters, ${written.join(", ")})`,
    beforeStep,
    notes: [
      ...(known.differs !== null && convention === "keras"
        ? [`PyTorch's ${known.name} ${known.differs}: its steps differ a little, most in the first ones.`]
        : []),
      ...(isScheduled
        ? [
            `The schedule of the learning rate is not taken along: it stays at ${String(settings.learningRate)}. torch.optim.lr_scheduler has others.`,
          ]
        : []),
      "The optimizer's memory (momentum and the like) starts anew.",
    ],
  };
}
