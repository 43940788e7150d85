// Activation functions on tensors: `activations.sigmoid(x)`, and by name for layers.

import type { UnaryName } from "../backend/scalarMaths.ts";
import { checkedNumber, checkOptions, ValueError } from "../errors.ts";
import { withKnownMembers } from "../members.ts";
import { softmaxOp } from "../ops/softmax.ts";
import { applyBinary, applyUnary, asTensor, runOp, type Tensor, type TensorLike } from "../tensor.ts";
import { activationInfo, activationRoutine } from "./activationInfo.ts";
import { type ActivationName, activationAliases } from "./catalogue.ts";

/** `alpha` of PReLU is a tensor, that of all others a number. */
export function applyActivation(name: ActivationName, x: TensorLike, alpha?: number): Tensor {
  const routine: UnaryName | null = activationRoutine(name);
  if (alpha !== undefined) checkedNumber(`activations.${name}`, "alpha", alpha);
  const given = alpha ?? activationInfo(name).defaultAlpha ?? 0;
  if (routine === "identity") return asTensor(x);
  if (routine !== null) return applyUnary(routine, x, given);
  if (name === "prelu") return applyBinary("prelu", x, given);
  return runOp(softmaxOp, [asTensor(x)], { isLog: name === "logSoftmax" });
}

/**
 * Every activation function, for use on tensors.
 *
 * @example activations.relu([-1, 2]).toArray() // [0, 2]
 */
export const activations = withKnownMembers(
  "activation",
  {
    /** `x` itself. */
    linear: (x: TensorLike): Tensor => asTensor(x),
    /** 1 where `x ≥ 0`, else 0. Its slope is 0 everywhere: training through it changes nothing before it. */
    step: (x: TensorLike): Tensor => applyActivation("step", x),
    /** `1 / (1 + e⁻ˣ)`, between 0 and 1. Slope at most 0.25. */
    sigmoid: (x: TensorLike): Tensor => applyActivation("sigmoid", x),
    /** `max(0, min(1, x/6 + 1/2))`. */
    hardSigmoid: (x: TensorLike): Tensor => applyActivation("hardSigmoid", x),
    /** `−log(1 + e⁻ˣ)`. */
    logSigmoid: (x: TensorLike): Tensor => applyActivation("logSigmoid", x),
    /** Hyperbolic tangent, between −1 and 1. Slope at most 1. */
    tanh: (x: TensorLike): Tensor => applyActivation("tanh", x),
    /** `max(−1, min(1, x))`. */
    hardTanh: (x: TensorLike): Tensor => applyActivation("hardTanh", x),
    /** `x − tanh x`. */
    tanhshrink: (x: TensorLike): Tensor => applyActivation("tanhshrink", x),
    /** `max(0, x)` (Nair & Hinton 2010). */
    relu: (x: TensorLike): Tensor => applyActivation("relu", x),
    /** `min(max(0, x), 6)`. */
    relu6: (x: TensorLike): Tensor => applyActivation("relu6", x),
    /** `x` if `x ≥ 0`, else `α·x`; `α` is 0.2 by default (as in Keras). */
    leakyRelu: (x: TensorLike, alpha?: number): Tensor => applyActivation("leakyRelu", x, alpha),
    /** `x` if `x ≥ 0`, else `α·x` with an `α` that is learned: a tensor, one number for each last-axis channel (He et al. 2015). */
    prelu: (x: TensorLike, alpha: TensorLike): Tensor => {
      if (alpha === undefined)
        throw new ValueError({
          op: "activations.prelu",
          expected: "alpha as a number or a tensor",
          got: "none",
          hint: 'It is learned where a layer has it: layers.dense(8, { activation: "prelu" }).',
        });
      return applyBinary("prelu", x, alpha);
    },
    /** `x` if `x > 0`, else `α·(eˣ − 1)`; `α` is 1 by default. */
    elu: (x: TensorLike, alpha?: number): Tensor => applyActivation("elu", x, alpha),
    /** Scaled ELU with the constants that keep mean 0 and variance 1 (Klambauer et al. 2017). */
    selu: (x: TensorLike): Tensor => applyActivation("selu", x),
    /** `x` if `x > 0`, else `α·(e^(x/α) − 1)`; `α` is 1 by default. */
    celu: (x: TensorLike, alpha?: number): Tensor => applyActivation("celu", x, alpha),
    /** `x·Φ(x)` with the normal distribution function Φ; `approximate: true` takes the tanh form. */
    gelu: (x: TensorLike, options: { approximate?: boolean } = {}): Tensor => {
      checkOptions("activations.gelu", options, ["approximate"]);
      return applyActivation(options.approximate === true ? "geluTanh" : "gelu", x);
    },
    /** GELU in its tanh form. */
    geluTanh: (x: TensorLike): Tensor => applyActivation("geluTanh", x),
    /** `x·sigmoid(x)`, also called swish. */
    silu: (x: TensorLike): Tensor => applyActivation("silu", x),
    /** Another name for `silu`. */
    swish: (x: TensorLike): Tensor => applyActivation("silu", x),
    /** `x·min(max(0, x + 3), 6)/6`. The slope at its kinks: 0 at −3, 1 at 3. */
    hardSwish: (x: TensorLike): Tensor => applyActivation("hardSwish", x),
    /** `x·tanh(log(1 + eˣ))`. */
    mish: (x: TensorLike): Tensor => applyActivation("mish", x),
    /** `log(1 + eˣ)`. */
    softplus: (x: TensorLike): Tensor => applyActivation("softplus", x),
    /** `x / (1 + |x|)`. */
    softsign: (x: TensorLike): Tensor => applyActivation("softsign", x),
    /** `x` where `|x| > α`, else 0; `α` is 0.5 by default. */
    hardShrink: (x: TensorLike, alpha?: number): Tensor => applyActivation("hardShrink", x, alpha),
    /** `x` moved towards 0 by `α`, 0 where it is nearer; `α` is 0.5 by default. */
    softShrink: (x: TensorLike, alpha?: number): Tensor => applyActivation("softShrink", x, alpha),
    /** `x` where `x > α`, else 0; `α` is 1 by default. */
    thresholdedRelu: (x: TensorLike, alpha?: number): Tensor => applyActivation("thresholdedRelu", x, alpha),
    /** `eˣ`. */
    exponential: (x: TensorLike): Tensor => applyActivation("exponential", x),
    /** Shares along an axis, the last by default: `e^xᵢ / Σⱼ e^xⱼ`, computed without overflow. */
    softmax: (x: TensorLike, axis = -1): Tensor => asTensor(x).softmax(axis),
    /** Logarithm of the softmax along an axis, the last by default. */
    logSoftmax: (x: TensorLike, axis = -1): Tensor => asTensor(x).logSoftmax(axis),
  } as const,
  activationAliases,
  {
    prefix: "activations.",
    counts: {
      ...{ leakyRelu: 2, prelu: 2, elu: 2, celu: 2, gelu: 2, softmax: 2, logSoftmax: 2 },
      ...{ hardShrink: 2, softShrink: 2, thresholdedRelu: 2 },
    },
  },
);
