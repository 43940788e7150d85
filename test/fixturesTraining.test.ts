// Optimizers step by step, and whole trainings of networks, against reference values of other frameworks.

import { describe, expect, it } from "vitest";
import {
  type Layer,
  type Loss,
  losses,
  type Optimizer,
  type OptimizerName,
  optimizerNames,
  optimizers,
  type Parameter,
  parameter,
  Random,
  type Tensor,
  tensor,
} from "../src/engine/index.ts";
import { type LayerConfig, layerMakers, weightNamesInFile } from "./support/fixtureChecks/trainingLayers.ts";
import {
  expectClose,
  type FixtureTensor,
  numberOf,
  readFixture,
  type Tolerance,
  tensorOf,
} from "./support/fixtures.ts";

interface OptimizerConfig {
  readonly lr?: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly dampening?: number;
  readonly rho?: number;
  readonly centered?: boolean;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly amsgrad?: boolean;
  readonly momentum_decay?: number;
  readonly lr_decay?: number;
  readonly initial_accumulator_value?: number;
  readonly weight_decay?: number;
  readonly decoupled_weight_decay?: boolean;
  readonly clip?: { readonly type: "value" | "norm" | "global_norm"; readonly value: number };
}

/** What the file calls each of ours. */
const namesInFile: Readonly<Record<string, OptimizerName>> = {
  ...Object.fromEntries(optimizerNames.map((name) => [name, name])),
  adamw: "adamW",
  radam: "rAdam",
};

/** Our optimizer with the settings of a case. */
function makeOptimizer(name: string, convention: string, config: OptimizerConfig): Optimizer {
  const { lr = 1, clip, ...own } = config;
  // initial_accumulator_value → initialAccumulatorValue; only learning rates have a short name, lr.
  const named = Object.entries(own).map(([key, value]) => [
    key.replace(/^lr_/, "learning_rate_").replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  const options = {
    ...Object.fromEntries(named),
    learningRate: lr,
    convention: convention === "torch" ? ("torch" as const) : ("keras" as const),
    ...(clip?.type === "value" ? { clipValue: clip.value } : {}),
    ...(clip?.type === "norm" ? { clipNorm: clip.value } : {}),
    ...(clip?.type === "global_norm" ? { globalClipNorm: clip.value } : {}),
  };
  return optimizers[namesInFile[name] ?? expect.fail(`no optimizer ${name}`)](options);
}

describe("optimizers", () => {
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
    readonly trajectories: {
      readonly rosenbrock: Path;
      readonly beale: Path;
      readonly matrix: { readonly w: FixtureTensor; readonly b: FixtureTensor };
    };
  }
  const { cases, problems } = readFixture<{
    cases: OptimizerCase[];
    problems: Record<"rosenbrock" | "beale", { start: number[] }> & {
      matrix: Record<"w0" | "b0" | "grad_w" | "grad_b", FixtureTensor>;
    };
  }>("optimizers.json");

  const surfaces = {
    // (1 − x)² + 100 (y − x²)²
    rosenbrock: (x: Tensor, y: Tensor) => x.neg().add(1).square().add(y.sub(x.square()).square().mul(100)),
    // (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²
    beale: (x: Tensor, y: Tensor) => {
      const part = (constant: number, power: number) => x.mul(y.pow(power).sub(1)).add(constant).square();
      return part(1.5, 1).add(part(2.25, 2)).add(part(2.625, 3));
    },
  };

  it("has cases of all optimizers", () => {
    expect(new Set(cases.map((each) => namesInFile[each.optimizer] ?? each.optimizer))).toEqual(
      new Set(optimizerNames),
    );
    expect(cases.length).toBeGreaterThan(70);
  });

  for (const each of cases) {
    for (const surface of ["rosenbrock", "beale"] as const)
      it(`${each.name} walks down ${surface} as the reference`, () => {
        const optimizer = makeOptimizer(each.optimizer, each.convention, each.config);
        const point = parameter("point", problems[surface].start);
        const path = each.trajectories[surface];
        const tolerance = each.tolerance_f32.functions;
        path.loss.forEach((wanted, step) => {
          point.zeroGrad();
          const value = surfaces[surface](point.slice(0, 1), point.slice(1, 2)).sum();
          value.backward();
          expectClose([value.item()], [wanted], tolerance, `loss before step ${step}`);
          optimizer.update([point], each.lr_per_step?.[step]);
          expectClose(
            point.data,
            path.params.data.slice(2 * step, 2 * step + 2),
            tolerance,
            `point after step ${step}`,
          );
        });
      });

    it(`${each.name} changes a matrix and a vector as the reference`, () => {
      const { w0, b0, grad_w, grad_b } = problems.matrix;
      const optimizer = makeOptimizer(each.optimizer, each.convention, each.config);
      const w = parameter("w", tensorOf(w0));
      const b = parameter("b", tensorOf(b0));
      const given = (grads: FixtureTensor, step: number, size: number) =>
        tensor(grads.data.slice(step * size, (step + 1) * size).map(numberOf));
      for (let step = 0; step < 25; step++) {
        for (const [each, grads] of [
          [w, grad_w],
          [b, grad_b],
        ] as const) {
          each.zeroGrad();
          each
            .flatten()
            .mul(given(grads, step, each.size))
            .sum()
            .backward();
        }
        optimizer.update([w, b], each.lr_per_step?.[step]);
        const tolerance = each.tolerance_f32.matrix;
        expectClose(
          w.data,
          each.trajectories.matrix.w.data.slice(step * w.size, (step + 1) * w.size),
          tolerance,
          `w after step ${step}`,
        );
        expectClose(
          b.data,
          each.trajectories.matrix.b.data.slice(step * b.size, (step + 1) * b.size),
          tolerance,
          `b after step ${step}`,
        );
      }
    });
  }
});

describe("trainings", () => {
  type Stats = readonly [l2: number, meanAbs: number, maxAbs: number, std: number];
  interface TrainingCase {
    readonly name: string;
    readonly model: {
      readonly layers: readonly LayerConfig[];
      readonly loss: string;
    };
    readonly optimizer: OptimizerConfig & { readonly name: string; readonly convention: string };
    readonly steps: number;
    readonly x: FixtureTensor;
    readonly y: FixtureTensor;
    readonly batches?: readonly (readonly number[])[];
    readonly lr_per_step?: readonly number[];
    readonly l2_kernel_regularizer?: number;
    readonly initial_weights: Record<string, FixtureTensor>;
    /** Moving statistics, which no gradient changes. */
    readonly initial_state?: Record<string, FixtureTensor>;
    readonly final_state?: Record<string, FixtureTensor>;
    /** Weights whose gradient is 0 but for rounding. */
    readonly zero_gradients?: readonly string[];
    readonly loss: readonly number[];
    readonly gradients_step0: Record<string, FixtureTensor>;
    readonly gradient_stats: readonly {
      step: number;
      weights: Record<string, Stats>;
      layers: Record<string, Stats>;
      global_l2: number;
    }[];
    readonly activation_stats?: readonly { step: number; layers: Record<string, Record<string, number>> }[];
    readonly final_weights: Record<string, FixtureTensor>;
    readonly final_predictions: FixtureTensor;
    readonly final_loss: number;
    readonly tolerance_f32: Tolerance;
    readonly tolerance_f32_gradient_stats: Tolerance;
  }
  const { cases } = readFixture<{ cases: TrainingCase[] }>("training.json");
  const lossOf: Record<string, () => Loss> = {
    mse: losses.mse,
    bce: losses.binaryCrossentropy,
    cce: losses.categoricalCrossentropy,
    scce: losses.sparseCategoricalCrossentropy,
  };
  const random = new Random(1);

  interface Network {
    readonly layers: readonly Layer[];
    readonly loss: Loss;
    /** Those that the optimizer changes. */
    readonly weights: readonly (readonly [name: string, Parameter])[];
    /** Those that layers keep by themselves. */
    readonly state: readonly (readonly [name: string, Parameter])[];
  }

  function buildNetwork(each: TrainingCase): Network {
    let shape = each.x.shape.slice(1);
    const built = each.model.layers.map((config) => {
      const layer = layerMakers[config.type]?.(config) ?? expect.fail(`no layer ${config.type}`);
      layer.build(shape, random);
      shape = layer.outputShape?.slice() ?? shape;
      return layer;
    });
    const named = built.flatMap((layer) => {
      const names = weightNamesInFile(layer);
      return layer.weights.map((weight, index) => [names[index] ?? weight.name, weight] as const);
    });
    for (const [name, weight] of named)
      weight.assign(
        tensorOf(each.initial_weights[name] ?? each.initial_state?.[name] ?? expect.fail(`no initial ${name}`)),
      );
    return {
      layers: built,
      loss: lossOf[each.model.loss]?.() ?? expect.fail(`no loss ${each.model.loss}`),
      weights: named.filter(([, weight]) => weight.isTrainable),
      state: named.filter(([, weight]) => !weight.isTrainable),
    };
  }

  /** One pass; cross-entropies are taken from the logits, as the reference does. */
  function forward({ layers: all, loss }: Network, x: Tensor, y: Tensor, training = true) {
    const seen = new Map<string, { preActivation: Tensor | null; output: Tensor }>();
    const context = {
      training,
      random,
      observe: (layer: { name: string }, values: { preActivation: Tensor | null; output: Tensor }) =>
        void seen.set(layer.name, values),
    };
    const predictions = all.reduce((value, layer) => layer.call(value, context), x);
    const last = all.at(-1) ?? expect.fail("no layers");
    const fused = loss.fusedWith(last.activation);
    const logits = seen.get(last.name)?.preActivation ?? predictions;
    return {
      value: fused === null ? loss.compute(predictions, y) : fused.compute(logits, y),
      predictions,
      seen,
      isFused: fused !== null,
    };
  }

  function statsOf(values: readonly number[]): Stats {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const meanAbs = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
    return [
      Math.sqrt(square),
      meanAbs,
      values.reduce((max, value) => Math.max(max, Math.abs(value)), 0),
      Math.sqrt(variance),
    ];
  }

  function compareGradients(each: TrainingCase, network: Network, step: number): void {
    const wanted = each.gradient_stats.find((stats) => stats.step === step);
    if (wanted === undefined) return;
    const tolerance = each.tolerance_f32_gradient_stats;
    const compare = (got: Stats, want: Stats, what: string) =>
      expectClose(got, want, tolerance, `step ${step} ${what}`);
    for (const [name, weight] of network.weights) {
      const got = statsOf([...(weight.grad?.data ?? [])]);
      if (each.zero_gradients?.includes(name)) expect(got[2], `step ${step} ${name}`).toBeLessThan(1e-6);
      else compare(got, wanted.weights[name] ?? expect.fail(name), name);
    }
    for (const layer of network.layers.filter(({ trainableWeights }) => trainableWeights.length > 0))
      compare(
        statsOf(layer.trainableWeights.flatMap((weight) => [...(weight.grad?.data ?? [])])),
        wanted.layers[layer.name] ?? expect.fail(layer.name),
        layer.name,
      );
    const all = statsOf(network.weights.flatMap(([, weight]) => [...(weight.grad?.data ?? [])]));
    expectClose([all[0]], [wanted.global_l2], tolerance, `step ${step} global norm`);
  }

  function compareActivations(each: TrainingCase, pass: ReturnType<typeof forward>, step: number): void {
    const wanted = each.activation_stats?.find((stats) => stats.step === step)?.layers;
    if (wanted === undefined) return;
    for (const [name, stats] of Object.entries(wanted)) {
      const output = pass.seen.get(name)?.output ?? expect.fail(name);
      const mean = output.data.reduce((sum, value) => sum + value, 0) / output.size;
      const zeros = output.data.filter((value) => value === 0).length / output.size;
      expectClose(
        [mean, statsOf([...output.data])[3], zeros],
        [stats.mean ?? 0, stats.std ?? 0, stats.zero_fraction ?? 0],
        each.tolerance_f32,
        name,
      );
      if (stats.grad_l2 === undefined) continue;
      const [l2, meanAbs] = statsOf([...(output.grad?.data ?? [])]);
      expectClose(
        [l2, meanAbs],
        [stats.grad_l2, stats.grad_mean_abs ?? 0],
        each.tolerance_f32_gradient_stats,
        `${name} output gradient`,
      );
    }
  }

  it("finds trainings of dense, normalized, convolutional, recurrent and attending networks, and can make them all", () => {
    const kinds = new Set(cases.flatMap((each) => each.model.layers.map(({ type }) => type)));
    expect([...kinds].filter((kind) => !(kind in layerMakers))).toEqual([]);
    expect(kinds).toEqual(new Set(Object.keys(layerMakers)));
    expect(cases).toHaveLength(14);
  });

  it.each(cases)("$name trains as the reference, step by step", (each) => {
    const network = buildNetwork(each);
    const { name } = each.optimizer;
    const { convention, name: _, ...config } = each.optimizer;
    const optimizer = makeOptimizer(name, convention, config);
    const [x, y] = [tensorOf(each.x), tensorOf(each.y)];
    for (let step = 0; step < each.steps; step++) {
      const rows = each.batches?.[step];
      const pass =
        rows === undefined ? forward(network, x, y) : forward(network, x.gather([...rows]), y.gather([...rows]));
      for (const { output } of pass.seen.values()) if (output.needsGradient) output.retainGrad();
      const l2 = each.l2_kernel_regularizer ?? 0;
      const penalty = network.weights
        .filter(([weightName]) => weightName.endsWith("kernel") && l2 > 0)
        .map(([, kernel]) => kernel.square().sum().mul(l2));
      const loss = penalty.reduce((sum, part) => sum.add(part), pass.value);
      for (const [, weight] of network.weights) weight.zeroGrad();
      loss.backward();
      expectClose([loss.item()], [each.loss[step] ?? Number.NaN], each.tolerance_f32, `loss of step ${step}`);
      if (step === 0)
        for (const [weightName, weight] of network.weights)
          expectClose(
            weight.grad?.data ?? [],
            each.gradients_step0[weightName]?.data ?? [],
            each.tolerance_f32,
            `${weightName} gradient`,
          );
      compareGradients(each, network, step);
      compareActivations(each, pass, step);
      optimizer.update(
        network.weights.map(([, weight]) => weight),
        each.lr_per_step?.[step],
      );
    }
    const final = forward(network, x, y, false);
    expect(each.gradient_stats.every(({ step }) => step < each.steps) && each.gradient_stats.length > 0).toBe(true);
    expectClose(final.predictions.data, each.final_predictions.data, each.tolerance_f32, "final prediction");
    expectClose([final.value.item()], [each.final_loss], each.tolerance_f32, "final loss");
    for (const [weightName, weight] of network.weights)
      expectClose(weight.data, each.final_weights[weightName]?.data ?? [], each.tolerance_f32, `final ${weightName}`);
    for (const [name, weight] of network.state)
      expectClose(weight.data, each.final_state?.[name]?.data ?? [], each.tolerance_f32, `final ${name}`);
  });
});
