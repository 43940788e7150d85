// The activation a layer applies: by name, with its parameter, learned where the function says so (PReLU).

import { activationInfo, resolveActivation } from "../activations/activationInfo.ts";
import { applyActivation } from "../activations/activations.ts";
import { type ActivationName, activationNames } from "../activations/catalogue.ts";
import { checkedNumber, describeValue, ValueError } from "../errors.ts";
import { initializers } from "../initializers/initializers.ts";
import type { OpenName } from "../names.ts";
import type { Shape } from "../shape.ts";
import { applyBinary, type Parameter, type Tensor } from "../tensor.ts";
import type { WeightPlan } from "./weightPlan.ts";

const namesWithAlpha = activationNames.filter((name) => activationInfo(name).defaultAlpha !== null);

/** An activation chosen for a layer. */
export interface ChosenActivation {
  readonly name: ActivationName;
  /** The parameter in use, `null` when the function has none. For PReLU: where it starts. */
  readonly alpha: number | null;
}

/** Checks name and parameter. @throws UnknownNameError, or ValueError for an alpha the function does not have. */
export function chooseActivation(
  name: OpenName<ActivationName>,
  alpha: number | undefined,
  op: string,
  option = "activation",
): ChosenActivation {
  if (typeof name !== "string")
    throw new ValueError({
      op,
      expected: `${option} as the name of a function, such as "relu"`,
      got: describeValue(name),
    });
  const { name: known, defaultAlpha } = activationInfo(resolveActivation(name, option));
  if (alpha !== undefined && defaultAlpha === null)
    throw new ValueError({
      op,
      expected: `no alpha for ${known}`,
      got: describeValue(alpha),
      hint: `alpha belongs to ${namesWithAlpha.join(", ")}.`,
    });
  if (alpha !== undefined) checkedNumber(op, "alpha", alpha);
  return { name: known, alpha: alpha ?? defaultAlpha };
}

/** The weights an activation brings along: PReLU's slopes, one for each last-axis channel. */
export function activationWeights(chosen: ChosenActivation, outputShape: Shape): readonly WeightPlan[] {
  if (chosen.name !== "prelu") return [];
  return [{ name: "alpha", shape: [outputShape.at(-1) ?? 1], initializer: initializers.constant(chosen.alpha ?? 0) }];
}

export function activate(chosen: ChosenActivation, x: Tensor, weights: readonly Parameter[]): Tensor {
  const slopes = chosen.name === "prelu" ? weights.find((weight) => weight.name === "alpha") : undefined;
  if (slopes !== undefined) return applyBinary("prelu", x, slopes);
  return applyActivation(chosen.name, x, chosen.alpha ?? undefined);
}
