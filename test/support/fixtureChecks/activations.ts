// Checks activation functions against fixture files of the schema of `activations.json`: values and derivatives.

import { activations, type Tensor, tensor } from "../../../src/engine/index.ts";
import { type FixtureTensor, isClose, type Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor } from "./comparison.ts";

type Numbers = readonly (number | string)[];

interface ElementwiseCase {
  readonly name: string;
  readonly params: Readonly<Record<string, number | string>>;
  readonly y: Numbers;
  readonly dy: Numbers;
  /** The derivatives to accept at points where it jumps. */
  readonly kink_ok?: Readonly<Record<string, readonly number[]>>;
  readonly y_at_zero_ok?: readonly number[];
}

interface PreluCase {
  readonly name?: string;
  readonly x: FixtureTensor;
  readonly alpha: FixtureTensor;
  readonly y: FixtureTensor;
  readonly upstream: FixtureTensor;
  readonly grad_x: FixtureTensor;
  readonly grad_alpha: FixtureTensor;
}

interface SoftmaxCase {
  readonly name: string;
  readonly kind: "softmax" | "log_softmax";
  /** The last, from either end. */
  readonly axis?: number;
  readonly x: FixtureTensor;
  readonly y: FixtureTensor;
  readonly upstream: FixtureTensor;
  readonly grad_x: FixtureTensor;
}

export interface ActivationsFile {
  readonly tolerance: {
    readonly f32: Tolerance;
    /** Relative, for functions that stay exact where they are tiny. */
    readonly f32_strict?: Tolerance & { readonly applies_to: readonly string[] };
  };
  readonly x: Numbers;
  readonly elementwise: readonly ElementwiseCase[];
  readonly prelu: readonly PreluCase[];
  readonly softmax: readonly SoftmaxCase[];
}

type Parameters = Readonly<Record<string, number>>;

/** By the fixture's name without a number at its end. */
const functions: Readonly<Record<string, (x: Tensor, params: Parameters) => Tensor>> = {
  linear: (x) => activations.linear(x),
  step: (x) => activations.step(x),
  sigmoid: (x) => activations.sigmoid(x),
  hard_sigmoid: (x) => activations.hardSigmoid(x),
  tanh: (x) => activations.tanh(x),
  hardtanh: (x, { min = -1, max = 1 }) => (min === -1 && max === 1 ? activations.hardTanh(x) : x.clip(min, max)),
  relu: (x) => activations.relu(x),
  relu6: (x) => activations.relu6(x),
  leaky_relu: (x, { alpha }) => activations.leakyRelu(x, alpha),
  elu: (x, { alpha }) => activations.elu(x, alpha),
  selu: (x) => activations.selu(x),
  celu: (x, { alpha }) => activations.celu(x, alpha),
  gelu_erf: (x) => activations.gelu(x),
  gelu_tanh: (x) => activations.gelu(x, { approximate: true }),
  silu: (x) => activations.silu(x),
  hardswish: (x) => activations.hardSwish(x),
  mish: (x) => activations.mish(x),
  softplus: (x) => activations.softplus(x),
  softsign: (x) => activations.softsign(x),
  tanhshrink: (x) => activations.tanhshrink(x),
  exponential: (x) => activations.exponential(x),
  log_sigmoid: (x) => activations.logSigmoid(x),
  hardshrink: (x, { lambda }) => activations.hardShrink(x, lambda),
  softshrink: (x, { lambda }) => activations.softShrink(x, lambda),
  threshold: (x, { theta }) => activations.thresholdedRelu(x, theta),
};

/** What a convention excludes. */
const excluded: Readonly<Record<string, string>> = {
  hard_sigmoid_keras2: "the older form with slope 0.2; ours is that of Keras 3 and PyTorch",
};

export function checkActivations(file: ActivationsFile): CaseResult[] {
  const tolerance = file.tolerance.f32;
  return [
    ...file.elementwise.map((each) => checkElementwise(each, file)),
    ...file.prelu.map((each, index) => checkCase(each.name ?? `prelu ${index}`, () => checkPrelu(each, tolerance))),
    ...file.softmax.map((each) => checkCase(each.name, () => checkSoftmax(each, tolerance))),
  ];
}

function checkElementwise(each: ElementwiseCase, file: ActivationsFile): CaseResult {
  const name = String(each.name);
  const reason = excluded[name];
  if (reason !== undefined) return { name, worst: 0, skipped: reason };
  const f = functions[name] ?? functions[name.replace(/_[\d.]+$/, "")];
  return checkCase(name, () => {
    if (f === undefined) throw new Error("There is no check for an activation of this name.");
    return checkFunction(f, each, file);
  });
}

function checkFunction(
  f: (x: Tensor, params: Parameters) => Tensor,
  each: ElementwiseCase,
  file: ActivationsFile,
): number {
  const points = file.x.map(Number);
  const params = Object.fromEntries(Object.entries(each.params).map(([key, value]) => [key, Number(value)]));
  const x = tensor(points, { requiresGrad: true });
  const y = f(x, params);
  // Times 0 the input adds nothing but a path whose slope is not 0 everywhere: backward refuses step alone.
  y.add(x.mul(0)).sum().backward();
  const comparison = new Comparison(file.tolerance.f32);
  points.forEach((point, index) => {
    const atZero = point === 0 ? (each.y_at_zero_ok ?? []) : [];
    compareAny(comparison, y.data[index], [each.y[index] ?? Number.NaN, ...atZero], file.tolerance.f32);
    const atKink = each.kink_ok?.[String(point)] ?? [];
    compareAny(comparison, x.grad?.data[index], [each.dy[index] ?? Number.NaN, ...atKink], file.tolerance.f32);
  });
  return Math.max(comparison.worst, checkStrictly(each, points, y, file));
}

/** Compares with the first wanted number, or with another that is accepted and fits. What float32 cannot hold is infinite. */
function compareAny(
  comparison: Comparison,
  got: number | undefined,
  wanted: readonly (number | string)[],
  tolerance: Tolerance,
): void {
  const have = got ?? Number.NaN;
  const numbers = wanted.map((each) =>
    Math.abs(Number(each)) > 3.4028235e38 ? Number(each) * Infinity : Number(each),
  );
  const fitting = numbers.find((each) => isClose(have, each, tolerance)) ?? numbers[0] ?? Number.NaN;
  comparison.numbers([have], [fitting]);
}

/** Where the file asks for it: exact relatively, also where the value is tiny. */
function checkStrictly(each: ElementwiseCase, points: readonly number[], y: Tensor, file: ActivationsFile): number {
  const strict = file.tolerance.f32_strict;
  const isMeant = strict?.applies_to.some((name) =>
    name.endsWith("*") ? each.name.startsWith(name.slice(0, -1)) : name === each.name,
  );
  if (strict === undefined || isMeant !== true) return 0;
  const comparison = new Comparison(strict);
  points.forEach((point, index) => {
    const wanted = Number(each.y[index]);
    if (Math.abs(wanted) >= 1.2e-38 && Math.abs(point) <= 80)
      comparison.numbers([y.data[index] ?? Number.NaN], [wanted]);
  });
  return comparison.worst;
}

function checkPrelu(each: PreluCase, tolerance: Tolerance): number {
  const comparison = new Comparison(tolerance);
  const x = readTensor(each.x, { requiresGrad: true });
  const alpha = readTensor(each.alpha, { requiresGrad: true });
  const y = activations.prelu(x, alpha);
  y.backward(readTensor(each.upstream));
  comparison.tensor(y, each.y);
  comparison.tensor(x.grad, each.grad_x);
  comparison.tensor(alpha.grad, each.grad_alpha);
  return comparison.worst;
}

function checkSoftmax(each: SoftmaxCase, tolerance: Tolerance): number {
  const comparison = new Comparison(tolerance);
  const x = readTensor(each.x, { requiresGrad: true });
  const { axis = -1 } = each;
  comparison.claim(axis === -1 || axis === x.rank - 1, "the softmax is over the last axis");
  const y = each.kind === "softmax" ? activations.softmax(x) : activations.logSoftmax(x);
  y.backward(readTensor(each.upstream));
  comparison.tensor(y, each.y);
  comparison.tensor(x.grad, each.grad_x);
  return comparison.worst;
}
