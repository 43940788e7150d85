// Activation functions as PyTorch expressions.

import type { ActivationName } from "../../activations/catalogue.ts";
import { NoCounterpart } from "../exporter.ts";

type Expression = (x: string, alpha: number) => string;

/** One that is new does not compile before it stands here. */
const expressions: Readonly<Record<Exclude<ActivationName, "linear" | "prelu">, Expression>> = {
  step: (x) => `(${x} >= 0).to(torch.float32)`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  hardSigmoid: (x) => `F.hardsigmoid(${x})`,
  logSigmoid: (x) => `F.logsigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  hardTanh: (x) => `F.hardtanh(${x})`,
  tanhshrink: (x) => `F.tanhshrink(${x})`,
  relu: (x) => `F.relu(${x})`,
  relu6: (x) => `F.relu6(${x})`,
  leakyRelu: (x, alpha) => `F.leaky_relu(${x}, ${alpha})`,
  elu: (x, alpha) => `F.elu(${x}, ${alpha})`,
  selu: (x) => `F.selu(${x})`,
  celu: (x, alpha) => `F.celu(${x}, ${alpha})`,
  gelu: (x) => `F.gelu(${x})`,
  geluTanh: (x) => `F.gelu(${x}, approximate="tanh")`,
  silu: (x) => `F.silu(${x})`,
  hardSwish: (x) => `F.hardswish(${x})`,
  mish: (x) => `F.mish(${x})`,
  softplus: (x) => `F.softplus(${x}, threshold=1e4)`,
  softsign: (x) => `F.softsign(${x})`,
  hardShrink: (x, alpha) => `F.hardshrink(${x}, ${alpha})`,
  softShrink: (x, alpha) => `F.softshrink(${x}, ${alpha})`,
  thresholdedRelu: (x, alpha) => `F.threshold(${x}, ${alpha}, 0.0)`,
  exponential: (x) => `torch.exp(${x})`,
  softmax: (x) => `torch.softmax(${x}, dim=-1)`,
  logSoftmax: (x) => `torch.log_softmax(${x}, dim=-1)`,
};

/** A function of an expression; `null` for the linear one. @throws NoCounterpart */
export function torchActivation(name: string, alpha: number | null, of: string): ((x: string) => string) | null {
  if (name === "linear") return null;
  const known: Readonly<Record<string, Expression>> = expressions;
  const expression = Object.hasOwn(known, name) ? known[name] : undefined;
  if (expression === undefined)
    throw new NoCounterpart(
      "activations that PyTorch has",
      `"${name}" of ${of}`,
      "Take another one, or write it in the script by hand after exporting with another.",
    );
  return (x) => expression(x, alpha ?? 1);
}
