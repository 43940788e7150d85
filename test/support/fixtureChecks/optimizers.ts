// Checks optimizers against fixture files of the schema of `optimizers.json`: along surfaces, and with given gradients.

import {
  type Optimizer,
  type OptimizerName,
  optimizerNames,
  optimizers,
  type Parameter,
  parameter,
  type Tensor,
  tensor,
} from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor } from "./comparison.ts";

export interface OptimizerConfig {
  readonly lr?: number;
  readonly clip?: { readonly type: "value" | "norm" | "global_norm"; readonly value: number };
  /** The others are called as ours are, in snake_case. */
  readonly [setting: string]: unknown;
}

/** The way of a point down a surface: where it is after each step, and the height before. */
interface Path {
  readonly params: FixtureTensor;
  readonly loss: readonly number[];
}

interface OptimizerCase {
  readonly name: string;
  readonly optimizer: string;
  readonly convention: string;
  readonly config: OptimizerConfig;
  readonly lr_per_step?: readonly number[];
  readonly tolerance_f32: { readonly functions: Tolerance; readonly matrix: Tolerance };
  readonly trajectories: Readonly<Record<string, Path | Readonly<Record<string, FixtureTensor>>>>;
}

export interface OptimizersFile {
  readonly problems: Readonly<Record<string, unknown>> & { readonly matrix: Readonly<Record<string, FixtureTensor>> };
  readonly cases: readonly OptimizerCase[];
}

/** What files call ours, where that differs. */
const ownNames: Readonly<Record<string, OptimizerName>> = {
  ...Object.fromEntries(optimizerNames.map((name) => [name, name])),
  adamw: "adamW",
  radam: "rAdam",
};

/** Our optimizer with the settings of a case; its rate may be another or a schedule. */
export function makeOptimizer(
  name: string,
  convention: string,
  config: OptimizerConfig,
  learningRate: number | ((step: number) => number) = config.lr ?? 1,
): Optimizer {
  const { lr: _, clip, ...own } = config;
  // initial_accumulator_value → initialAccumulatorValue; only learning rates have a short name, lr.
  const named = Object.entries(own).map(([key, value]) => [
    key.replace(/^lr_/, "learning_rate_").replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ]);
  const options = {
    ...Object.fromEntries(named),
    learningRate,
    convention: convention === "torch" ? ("torch" as const) : ("keras" as const),
    ...(clip?.type === "value" ? { clipValue: clip.value } : {}),
    ...(clip?.type === "norm" ? { clipNorm: clip.value } : {}),
    ...(clip?.type === "global_norm" ? { globalClipNorm: clip.value } : {}),
  };
  const ownName = ownNames[name];
  if (ownName === undefined) throw new Error(`There is no check for an optimizer ${name}.`);
  return optimizers[ownName](options);
}

export function checkOptimizers(file: OptimizersFile): CaseResult[] {
  return file.cases.flatMap((each) => {
    const trajectories = Object.entries(each.trajectories ?? {});
    if (trajectories.length === 0) return checkCase(each.name, () => refuse("The case has no trajectories."));
    return trajectories.map(([problem, wanted]) =>
      checkCase(`${each.name}, ${problem}`, () =>
        problem === "matrix"
          ? checkMatrices(each, wanted as Readonly<Record<string, FixtureTensor>>, file.problems.matrix)
          : checkPath(each, problem, wanted as Path, file.problems[problem]),
      ),
    );
  });
}

function refuse(sentence: string): never {
  throw new Error(sentence);
}

const surfaces: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  // (1 − x)² + 100 (y − x²)²
  rosenbrock: (x, y) => x.neg().add(1).square().add(y.sub(x.square()).square().mul(100)),
  // (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²
  beale: (x, y) => {
    const part = (constant: number, power: number) => x.mul(y.pow(power).sub(1)).add(constant).square();
    return part(1.5, 1).add(part(2.25, 2)).add(part(2.625, 3));
  },
};

function checkPath(each: OptimizerCase, problem: string, path: Path, given: unknown): number {
  const surface = surfaces[problem];
  const start = (given as { readonly start?: readonly number[] } | undefined)?.start;
  if (surface === undefined || start === undefined) throw new Error(`There is no check for the problem ${problem}.`);
  const optimizer = makeOptimizer(each.optimizer, each.convention, each.config);
  const point = parameter("point", start);
  const comparison = new Comparison(each.tolerance_f32.functions);
  const steps = path.params.shape[0];
  comparison.claim(steps === path.loss.length, `there are as many losses (${path.loss.length}) as steps (${steps})`);
  path.loss.forEach((wanted, step) => {
    point.zeroGrad();
    const value = surface(point.slice(0, 1), point.slice(1, 2)).sum();
    value.backward();
    comparison.numbers([value.item()], [wanted]);
    optimizer.update([point], each.lr_per_step?.[step]);
    comparison.numbers(point.data, rowOf(path.params, step).data);
  });
  return comparison.worst;
}

/** Parameters `w`, `b`, … from `w0`, `b0`, … with the gradients `grad_w`, `grad_b`, … of each step. */
function checkMatrices(
  each: OptimizerCase,
  wanted: Readonly<Record<string, FixtureTensor>>,
  given: Readonly<Record<string, FixtureTensor>>,
): number {
  const optimizer = makeOptimizer(each.optimizer, each.convention, each.config);
  const comparison = new Comparison(each.tolerance_f32.matrix);
  const parts = Object.entries(wanted).map(([name, path]) => {
    const [start, gradients] = [given[`${name}0`], given[`grad_${name}`]];
    if (start === undefined || gradients === undefined) throw new Error(`The problem has no ${name}0 or grad_${name}.`);
    return { weight: parameter(name, readTensor(start)), gradients, path };
  });
  for (let step = 0; step < (parts[0]?.path.shape[0] ?? 0); step++) {
    for (const { weight, gradients } of parts) setGradient(weight, rowOf(gradients, step));
    optimizer.update(
      parts.map(({ weight }) => weight),
      each.lr_per_step?.[step],
    );
    for (const { weight, path } of parts) comparison.tensor(weight, rowOf(path, step));
  }
  return comparison.worst;
}

/** The gradient of `Σ gradient · weight` is the one wanted. */
function setGradient(weight: Parameter, gradient: FixtureTensor): void {
  weight.zeroGrad();
  weight
    .mul(tensor(gradient.data.map(Number), { shape: gradient.shape }))
    .sum()
    .backward();
}

/** The part of a tensor at one place of its first axis. */
function rowOf({ shape, data }: FixtureTensor, row: number): FixtureTensor {
  const rest = shape.slice(1);
  const size = rest.reduce((product, length) => product * length, 1);
  return { shape: rest, data: data.slice(row * size, (row + 1) * size) };
}
