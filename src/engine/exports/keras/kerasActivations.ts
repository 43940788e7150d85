// Activation functions as Keras expressions.

import type { ActivationName } from "../../activations/catalogue.ts";
import { NoCounterpart } from "../exporter.ts";

/** An activation function in Python: its name there, or that of a function which the script defines first. */
export interface KerasActivation {
  readonly expression: string;
  /** The function's definition; `null` where Keras has it by name. */
  readonly definition: string | null;
}

type Write = (alpha: number) => KerasActivation;

const named =
  (name: string): Write =>
  () => ({ expression: `"${name}"`, definition: null });

/** A function of its own, so that a model with it can be saved there. */
function defined(name: string, body: string): KerasActivation {
  return {
    expression: name,
    definition: `@keras.saving.register_keras_serializable("nnbook")\ndef ${name}(x):\n    return ${body}`,
  };
}

const withParameter =
  (name: string, parameter: string): Write =>
  (alpha) =>
    defined(`${name}_${String(alpha).replace(/\W/g, "_")}`, `keras.activations.${name}(x, ${parameter}=${alpha})`);

/** One that is new does not compile before it stands here. */
const expressions: Readonly<Record<Exclude<ActivationName, "prelu">, Write>> = {
  linear: () => ({ expression: "None", definition: null }),
  step: () => defined("step", 'keras.ops.cast(x >= 0, "float32")'),
  sigmoid: named("sigmoid"),
  hardSigmoid: named("hard_sigmoid"),
  logSigmoid: named("log_sigmoid"),
  tanh: named("tanh"),
  hardTanh: named("hard_tanh"),
  tanhshrink: named("tanh_shrink"),
  relu: named("relu"),
  relu6: named("relu6"),
  leakyRelu: withParameter("leaky_relu", "negative_slope"),
  elu: withParameter("elu", "alpha"),
  selu: named("selu"),
  celu: withParameter("celu", "alpha"),
  gelu: () => defined("gelu", "keras.activations.gelu(x, approximate=False)"),
  geluTanh: () => defined("gelu_tanh", "keras.activations.gelu(x, approximate=True)"),
  silu: named("silu"),
  hardSwish: named("hard_silu"),
  mish: named("mish"),
  softplus: named("softplus"),
  softsign: named("softsign"),
  hardShrink: withParameter("hard_shrink", "threshold"),
  softShrink: withParameter("soft_shrink", "threshold"),
  thresholdedRelu: (alpha) =>
    defined(`threshold_${String(alpha).replace(/\W/g, "_")}`, `keras.activations.threshold(x, ${alpha}, 0.0)`),
  exponential: named("exponential"),
  softmax: named("softmax"),
  logSoftmax: named("log_softmax"),
};

/** @throws NoCounterpart for one that is not known here. */
export function kerasActivation(name: string, alpha: number | null, of: string): KerasActivation {
  const known: Readonly<Record<string, Write>> = expressions;
  const write = Object.hasOwn(known, name) ? known[name] : undefined;
  if (write === undefined)
    throw new NoCounterpart("activations that Keras has", `"${name}" of ${of}`, "Take another one before exporting.");
  return write(alpha ?? 1);
}
