// Checks initializers against fixture files of the schema of `initializers.json`: bounds, variances, orthogonality, defaults.

import { type Initializer, initializers, layers, Random, type Shape, tensor } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison } from "./comparison.ts";

interface ScaledCase {
  readonly name: string;
  readonly initializer: string;
  readonly shape: readonly number[];
  /** Of the uniform ones. */
  readonly limit?: number;
  /** Of the normal ones. */
  readonly std?: number;
  readonly truncated_bound_keras?: number;
  readonly statistics: {
    readonly n: number;
    readonly mean_abs_max_5sigma: number;
    readonly var_bounds_5sigma?: readonly [number, number];
    readonly var_bounds_5sigma_truncated?: readonly [number, number];
    readonly var_bounds_5sigma_untruncated?: readonly [number, number];
  };
}

interface OrthogonalCase {
  readonly shape: readonly number[];
  readonly flattened: readonly [number, number];
  readonly gain: number;
  readonly gram_size: number;
  readonly gram_diagonal: number;
  readonly frobenius_norm: number;
  readonly tolerance_f32: number;
}

interface ConstantCase {
  readonly initializer: string;
  readonly [value: string]: unknown;
}

export interface InitializersFile {
  readonly cases: readonly ScaledCase[];
  readonly orthogonal: readonly OrthogonalCase[];
  readonly constants: readonly ConstantCase[];
}

const makers: Readonly<Record<string, () => Initializer>> = {
  glorot_uniform: initializers.glorotUniform,
  glorot_normal: initializers.glorotNormal,
  he_uniform: initializers.heUniform,
  he_normal: initializers.heNormal,
  lecun_uniform: initializers.lecunUniform,
  lecun_normal: initializers.lecunNormal,
};

/** The normal ones without the cut, as PyTorch draws them. */
const untruncated: Readonly<Record<string, () => Initializer>> = {
  glorot_normal: () => initializers.varianceScaling({ mode: "fanAvg", distribution: "untruncatedNormal" }),
  he_normal: () => initializers.varianceScaling({ scale: 2, distribution: "untruncatedNormal" }),
  lecun_normal: () => initializers.varianceScaling({ distribution: "untruncatedNormal" }),
};

export function checkInitializers(file: InitializersFile): CaseResult[] {
  return [
    ...file.cases.map((each) => checkCase(each.name, () => checkScaled(each))),
    ...file.orthogonal.map((each) =>
      checkCase(`orthogonal [${each.shape.join(", ")}] gain ${each.gain}`, () => checkOrthogonal(each)),
    ),
    ...file.constants.map(checkConstant),
  ];
}

function checkScaled(each: ScaledCase): number {
  const make = makers[each.initializer];
  if (make === undefined) throw new Error(`There is no check for an initializer ${each.initializer}.`);
  const comparison = new Comparison({ rtol: 0, atol: 0 });
  const { statistics } = each;
  const values = sample(make(), each.shape, statistics.n);
  const bound = each.limit ?? each.truncated_bound_keras ?? Number.NaN;
  const largest = largestOf(values);
  comparison.claim(largest <= bound * (1 + 1e-6), `${largest} is within ±${bound}`);
  // As near as n numbers come to their bound, but for one time in 10⁸: normal ones, rare far out, less near.
  const furthest = Math.min(0.9, (each.limit === undefined ? 90 : 20) / statistics.n);
  comparison.claim(largest > bound * (1 - furthest), `${largest} comes near ±${bound}`);
  const bounds = statistics.var_bounds_5sigma_truncated ?? statistics.var_bounds_5sigma;
  claimMoments(comparison, values, statistics.mean_abs_max_5sigma, bounds);
  const makeUntruncated = untruncated[each.initializer];
  if (makeUntruncated !== undefined) {
    const others = sample(makeUntruncated(), each.shape, statistics.n);
    claimMoments(comparison, others, statistics.mean_abs_max_5sigma, statistics.var_bounds_5sigma_untruncated);
  }
  return comparison.worst;
}

function claimMoments(
  comparison: Comparison,
  values: readonly number[],
  largestMean: number,
  bounds: readonly [number, number] | undefined,
): void {
  const { mean, variance } = momentsOf(values);
  const [smallest, greatest] = bounds ?? [Number.NaN, Number.NaN];
  comparison.claim(Math.abs(mean) <= largestMean, `the mean ${mean} is within ±${largestMean}`);
  comparison.claim(
    variance >= smallest && variance <= greatest,
    `the variance ${variance} is from ${smallest} to ${greatest}`,
  );
}

function checkOrthogonal(each: OrthogonalCase): number {
  const tolerance = { rtol: each.tolerance_f32, atol: each.tolerance_f32 };
  const comparison = new Comparison(tolerance);
  const values = initializers.orthogonal({ gain: each.gain }).make(each.shape, new Random(3));
  const matrix = tensor(values, { shape: each.flattened });
  const [rows, columns] = each.flattened;
  const gram = rows >= columns ? matrix.transpose().matmul(matrix) : matrix.matmul(matrix.transpose());
  const size = each.gram_size;
  const wanted = Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? each.gram_diagonal : 0));
  comparison.numbers(gram.data, wanted);
  comparison.numbers([matrix.norm().item()], [each.frobenius_norm]);
  return comparison.worst;
}

const sampleCount = 20000;

/** What is known of initializers and layers without options. */
const constantChecks: Readonly<Record<string, (each: ConstantCase, comparison: Comparison) => void>> = {
  zeros: (each, comparison) => comparison.numbers(sample(initializers.zeros(), [3], 3), constant(each.value, 3)),
  ones: (each, comparison) => comparison.numbers(sample(initializers.ones(), [3], 3), constant(each.value, 3)),
  random_uniform: (each, comparison) => {
    const { minval, maxval } = each.keras_default as { minval: number; maxval: number };
    const values = sample(initializers.randomUniform(), [1000], sampleCount);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    comparison.claim(
      least >= minval - 1e-8 && most <= maxval + 1e-8,
      `${least} to ${most} is in ${minval} to ${maxval}`,
    );
    claimDeviation(comparison, values, Number(each.std));
  },
  random_normal: (each, comparison) => {
    const { mean, stddev } = each.keras_default as { mean: number; stddev: number };
    const values = sample(initializers.randomNormal(), [1000], sampleCount);
    const found = momentsOf(values).mean;
    comparison.claim(
      Math.abs(found - mean) < (5 * stddev) / Math.sqrt(sampleCount),
      `the mean ${found} is near ${mean}`,
    );
    claimDeviation(comparison, values, stddev);
  },
  truncated_normal: (each, comparison) => {
    const values = sample(initializers.truncatedNormal(), [1000], sampleCount);
    const largest = largestOf(values);
    comparison.claim(largest <= Number(each.bound) * (1 + 1e-6), `${largest} is within ±${each.bound}`);
    claimDeviation(comparison, values, Number(each.std));
  },
  lstm_bias_keras: (each, comparison) => {
    const layer = layers.lstm(Number(each.units));
    layer.build([5, 4], new Random(1));
    const bias = layer.weights.find(({ name }) => name === "bias");
    comparison.numbers(bias?.data ?? [], each.bias as readonly number[]);
  },
  keras_layer_defaults: (each, comparison) => {
    comparison.claim(
      each.dense_kernel === "glorot_uniform" && each.bias === "zeros",
      "dense starts with glorot_uniform and zeros",
    );
    const dense = layers.dense(3);
    dense.build([4], new Random(1));
    const [kernel, bias] = dense.weights;
    const same = initializers.glorotUniform().make([4, 3], new Random(1).child("kernel"));
    comparison.numbers(kernel?.data ?? [], same);
    comparison.numbers(bias?.data ?? [], [0, 0, 0]);
  },
  torch_linear_default: (each, comparison) => {
    const initializer = initializers.varianceScaling({ scale: 1 / 3, distribution: "uniform" });
    const largest = largestOf(sample(initializer, [Number(each.fan_in), 10], sampleCount));
    comparison.claim(
      largest <= Number(each.limit) * (1 + 1e-6) && largest > Number(each.limit) * 0.99,
      `${largest} is within ±${each.limit} and comes near`,
    );
  },
};

function checkConstant(each: ConstantCase): CaseResult {
  const name = `constants/${each.initializer}`;
  const check = constantChecks[each.initializer];
  return checkCase(name, () => {
    if (check === undefined) throw new Error("There is no check for a constant of this name.");
    const comparison = new Comparison({ rtol: 1e-6, atol: 1e-7 });
    check(each, comparison);
    return comparison.worst;
  });
}

function constant(value: unknown, count: number): number[] {
  return new Array<number>(count).fill(Number(value));
}

/** The deviation of so many numbers lies within 4 % of the expected one: more than five of its own deviations. */
function claimDeviation(comparison: Comparison, values: readonly number[], wanted: number): void {
  const deviation = Math.sqrt(momentsOf(values).variance);
  comparison.claim(Math.abs(deviation / wanted - 1) < 0.04, `the deviation ${deviation} is near ${wanted}`);
}

/** So many numbers, from as many weights of this shape as it takes. */
function sample(initializer: Initializer, shape: Shape, count: number): number[] {
  const random = new Random(7);
  const values: number[] = [];
  while (values.length < count) values.push(...initializer.make(shape, random.child(values.length)));
  values.length = count;
  return values;
}

function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}
