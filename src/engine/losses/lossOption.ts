// The loss a user means: by name as this or another library spells it, made by hand, or a function.

import { ValueError } from "../errors.ts";
import { namedOption } from "../namedOption.ts";
import type { OpenName } from "../names.ts";
import type { Tensor } from "../tensor.ts";
import type { Loss } from "./loss.ts";
import { type LossName, losses, lossNames } from "./losses.ts";

/** What `compile` takes: a name for the defaults, a loss, or a function of predictions and targets. */
export type LossOption = OpenName<LossName> | Loss | ((predictions: Tensor, targets: Tensor) => Tensor);

const aliases: Readonly<Record<string, LossName>> = {
  meanSquaredError: "mse",
  l2: "mse",
  meanAbsoluteError: "mae",
  l1: "mae",
  meanSquaredLogarithmicError: "msle",
  meanAbsolutePercentageError: "mape",
  bce: "binaryCrossentropy",
  binaryCE: "binaryCrossentropy",
  crossentropy: "categoricalCrossentropy",
  cce: "categoricalCrossentropy",
  scce: "sparseCategoricalCrossentropy",
  sparseCrossentropy: "sparseCategoricalCrossentropy",
  kld: "klDivergence",
  nll: "sparseCategoricalCrossentropy",
  kullbackLeiblerDivergence: "klDivergence",
  cosine: "cosineSimilarity",
  smoothL1Loss: "smoothL1",
  focal: "binaryFocalCrossentropy",
  binaryFocal: "binaryFocalCrossentropy",
};

/** Losses of other libraries that are not quite one of ours: offered, never taken. */
const relatives: Readonly<Record<string, LossName>> = {
  crossEntropyLoss: "sparseCategoricalCrossentropy",
  nllLoss: "sparseCategoricalCrossentropy",
  bceLoss: "binaryCrossentropy",
  bceWithLogitsLoss: "binaryCrossentropy",
  logLoss: "binaryCrossentropy",
  mseLoss: "mse",
  l1Loss: "mae",
  klDivLoss: "klDivergence",
};

/** The loss an option means. @throws UnknownNameError with the nearest right name. */
export function resolveLoss(option: LossOption): Loss {
  const uncalled = lossNames.find((name) => (losses[name] as unknown) === option);
  if (uncalled !== undefined)
    throw new ValueError({
      op: "loss",
      expected: "a loss",
      got: `the function losses.${uncalled}`,
      hint: `Call it: losses.${uncalled}(), or give its name: "${uncalled}".`,
    });
  if (typeof option === "function") return losses.custom(option);
  if (typeof option === "object" && option !== null && typeof option.compute === "function") return option;
  const expected = 'a name such as "mse", or losses.mse()';
  return losses[namedOption(option, { what: "loss", known: lossNames, aliases, relatives, expected })]();
}
