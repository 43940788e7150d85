// Activations, losses and initializers against reference values of other frameworks, through the public API.

import { describe, expect, it } from "vitest";
import {
  activations,
  type Initializer,
  initializers,
  type Loss,
  losses,
  Random,
  type Tensor,
  tensor,
} from "../src/engine/index.ts";
import {
  expectClose,
  type FixtureTensor,
  isClose,
  numberOf,
  readFixture,
  type Tolerance,
  tensorOf,
} from "./support/fixtures.ts";

interface Tolerances {
  readonly f32: Tolerance;
  readonly f32_strict?: Tolerance & { readonly applies_to: readonly string[] };
}

describe("activations", () => {
  interface ElementwiseCase {
    readonly name: string;
    readonly params: Record<string, number | string>;
    readonly y: readonly (number | string)[];
    readonly dy: readonly (number | string)[];
    readonly kink_ok?: Record<string, readonly number[]>;
    readonly y_at_zero_ok?: readonly number[];
  }
  interface SoftmaxCase {
    readonly name: string;
    readonly kind: "softmax" | "log_softmax";
    readonly x: FixtureTensor;
    readonly y: FixtureTensor;
    readonly upstream: FixtureTensor;
    readonly grad_x: FixtureTensor;
  }
  const fixture = readFixture<{
    tolerance: Tolerances;
    x: number[];
    elementwise: ElementwiseCase[];
    prelu: Record<"x" | "alpha" | "y" | "upstream" | "grad_x" | "grad_alpha", FixtureTensor>[];
    softmax: SoftmaxCase[];
  }>("activations.json");

  const functions: Record<string, (x: Tensor, alpha: number) => Tensor> = {
    linear: activations.linear,
    step: activations.step,
    sigmoid: activations.sigmoid,
    hard_sigmoid: activations.hardSigmoid,
    tanh: activations.tanh,
    hardtanh: activations.hardTanh,
    relu: activations.relu,
    relu6: activations.relu6,
    "leaky_relu_0.01": activations.leakyRelu,
    "leaky_relu_0.2": activations.leakyRelu,
    "elu_1.0": activations.elu,
    "elu_0.5": activations.elu,
    selu: activations.selu,
    "celu_1.0": activations.celu,
    "celu_2.0": activations.celu,
    gelu_erf: (x) => activations.gelu(x),
    gelu_tanh: (x) => activations.gelu(x, { approximate: true }),
    silu: activations.silu,
    hardswish: activations.hardSwish,
    mish: activations.mish,
    softplus: activations.softplus,
    softsign: activations.softsign,
    tanhshrink: activations.tanhshrink,
    exponential: activations.exponential,
    log_sigmoid: activations.logSigmoid,
  };
  const skipped: Record<string, string> = {
    hard_sigmoid_keras2: "the older form with slope 0.2; ours is that of Keras 3 and PyTorch",
    hardshrink: "not in the catalogue",
    softshrink: "not in the catalogue",
    threshold: "not in the catalogue",
  };

  const x = fixture.x.map(numberOf);
  for (const each of fixture.elementwise) {
    const f = functions[each.name];
    if (f === undefined) {
      it.skip(`${each.name}: ${skipped[each.name] ?? "UNEXPECTED: neither tested nor skipped on purpose"}`);
      continue;
    }
    it(`${each.name} agrees in value and derivative`, () => {
      const input = tensor(x, { requiresGrad: true });
      const output = f(input, numberOf(each.params.alpha ?? 0));
      // Times 0 the input adds nothing but a path whose slope is not 0 everywhere: backward refuses step alone.
      output.add(input.mul(0)).sum().backward();
      x.forEach((point, index) => {
        const wanted = numberOf(each.y[index] ?? Number.NaN);
        const got = output.data[index] ?? Number.NaN;
        const accepted = point === 0 ? [wanted, ...(each.y_at_zero_ok ?? [])] : [wanted];
        expect(
          accepted.some((value) => isClose(got, value, fixture.tolerance.f32)),
          `f(${point}) = ${got}, not ${wanted}`,
        ).toBe(true);
        const slope = input.grad?.data[index] ?? Number.NaN;
        const slopes = [numberOf(each.dy[index] ?? Number.NaN), ...(each.kink_ok?.[String(point)] ?? [])];
        expect(
          slopes.some((value) => isClose(slope, value, fixture.tolerance.f32)),
          `f′(${point}) = ${slope}, not ${slopes[0]}`,
        ).toBe(true);
      });
    });
    const strict = fixture.tolerance.f32_strict;
    const isStable = strict?.applies_to.some((name) =>
      name.endsWith("*") ? each.name.startsWith(name.slice(0, -1)) : name === each.name,
    );
    if (strict === undefined || isStable !== true) continue;
    it(`${each.name} is exact relatively, also where it is tiny`, () => {
      const output = f(tensor(x), numberOf(each.params.alpha ?? 0));
      x.forEach((point, index) => {
        const wanted = numberOf(each.y[index] ?? Number.NaN);
        if (Math.abs(wanted) < 1.2e-38 || Math.abs(point) > 80) return;
        const got = output.data[index] ?? Number.NaN;
        expect(isClose(got, wanted, strict), `f(${point}) = ${got}, not ${wanted}`).toBe(true);
      });
    });
  }

  it("tests or skips by name every function of the file", () => {
    const names = fixture.elementwise.map((each) => each.name);
    expect(names.filter((name) => !(name in functions) && !(name in skipped))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(functions)));
  });

  it.each(fixture.prelu)("prelu agrees in value and both gradients", (each) => {
    const input = tensorOf(each.x, { requiresGrad: true });
    const alpha = tensorOf(each.alpha, { requiresGrad: true });
    const output = activations.prelu(input, alpha);
    output.backward(tensorOf(each.upstream));
    expectClose(output.data, each.y.data, fixture.tolerance.f32);
    expectClose(input.grad?.data ?? [], each.grad_x.data, fixture.tolerance.f32, "grad x");
    expectClose(alpha.grad?.data ?? [], each.grad_alpha.data, fixture.tolerance.f32, "grad alpha");
  });

  it.each(fixture.softmax)("$name agrees in value and gradient", (each) => {
    const input = tensorOf(each.x, { requiresGrad: true });
    const output = each.kind === "softmax" ? activations.softmax(input) : activations.logSoftmax(input);
    output.backward(tensorOf(each.upstream));
    expectClose(output.data, each.y.data, fixture.tolerance.f32);
    expectClose(input.grad?.data ?? [], each.grad_x.data, fixture.tolerance.f32, "grad x");
  });
});

describe("losses", () => {
  interface LossCase {
    readonly name: string;
    readonly params: Record<string, number>;
    readonly pred: FixtureTensor;
    readonly target: FixtureTensor;
    readonly value: number | string;
    readonly grad: FixtureTensor;
    readonly value_f32?: number;
    readonly grad_f32?: FixtureTensor;
    readonly tolerance?: { readonly f32: Tolerance };
  }
  const fixture = readFixture<{ tolerance: Tolerances; cases: LossCase[] }>("losses.json");

  /** The loss a case is about, by the beginning of its name; the longest beginning wins. */
  const makers: Record<string, (params: Record<string, number>) => Loss> = {
    mse: losses.mse,
    mae: losses.mae,
    huber: ({ delta }) => losses.huber(delta === undefined ? {} : { delta }),
    log_cosh: losses.logCosh,
    msle: losses.msle,
    mape: losses.mape,
    hinge: losses.hinge,
    squared_hinge: losses.squaredHinge,
    categorical_hinge: losses.categoricalHinge,
    bce_probs: ({ label_smoothing = 0 }) => losses.binaryCrossentropy({ labelSmoothing: label_smoothing }),
    bce_logits: () => losses.binaryCrossentropy({ fromLogits: true }),
    cce_logits: ({ label_smoothing = 0 }) =>
      losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: label_smoothing }),
    cce_probs: ({ label_smoothing = 0 }) => losses.categoricalCrossentropy({ labelSmoothing: label_smoothing }),
    cce_logits_sparse: () => losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    cce_logits_saturated: () => losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    cce_probs_sparse: () => losses.sparseCategoricalCrossentropy(),
    sparse_cce_probs: () => losses.sparseCategoricalCrossentropy(),
    kl_divergence: losses.klDivergence,
    poisson: losses.poisson,
    cosine_similarity: losses.cosineSimilarity,
  };
  const skipped: Record<string, string> = {
    "smooth_l1_beta_1.0": "PyTorch's smooth L1 is Huber divided by beta; not in the catalogue",
    "smooth_l1_beta_0.5": "PyTorch's smooth L1 is Huber divided by beta; not in the catalogue",
    bce_probs_saturated_torch: "PyTorch clamps logarithms; ours clips probabilities as Keras",
    bce_logits_pos_weight: "class weights come with a later version",
    binary_focal: "focal loss is not in the catalogue",
    cce_probs_onehot_plain: "without renormalising; ours renormalises as Keras",
    cce_logits_class_weight_torch: "class weights come with a later version",
    cce_logits_class_weight_keras: "class weights come with a later version",
    kl_divergence_torch_logprobs: "PyTorch takes log-probabilities; ours takes probabilities as Keras",
    poisson_torch_log_input: "PyTorch takes the logarithm of the rate; ours takes the rate as Keras",
    cosine_embedding_torch: "PyTorch's 1 − cos; ours is Keras' −cos",
  };

  for (const each of fixture.cases) {
    const reason = skipped[each.name];
    if (reason !== undefined) {
      it.skip(`${each.name}: ${reason}`);
      continue;
    }
    it(`${each.name} agrees in value and gradient`, () => {
      const beginnings = Object.keys(makers).filter((name) => each.name.startsWith(name));
      const make = makers[beginnings.sort((a, b) => b.length - a.length)[0] ?? ""];
      if (make === undefined) expect.fail(`neither tested nor skipped on purpose: ${each.name}`);
      const prediction = tensorOf(each.pred, { requiresGrad: true });
      const loss = make(each.params).compute(prediction, tensorOf(each.target));
      loss.backward();
      // Where clipping at 1 − 1e-7 shows, the float32 values of the same formula are the ones to meet.
      const hasOwn = each.value_f32 !== undefined && each.grad_f32 !== undefined;
      const tolerance = hasOwn ? fixture.tolerance.f32 : (each.tolerance?.f32 ?? fixture.tolerance.f32);
      expectClose([loss.item()], [each.value_f32 ?? each.value], tolerance);
      expectClose(prediction.grad?.data ?? [], (each.grad_f32 ?? each.grad).data, tolerance, "grad");
    });
  }
});

describe("initializers", () => {
  interface ScaledCase {
    readonly name: string;
    readonly initializer: string;
    readonly shape: readonly number[];
    readonly limit?: number;
    readonly truncated_bound_keras?: number;
    readonly statistics: Readonly<Record<string, number | [number, number]>>;
  }
  const fixture = readFixture<{
    cases: ScaledCase[];
    orthogonal: {
      shape: number[];
      flattened: [number, number];
      gain: number;
      gram_size: number;
      gram_diagonal: number;
      tolerance_f32: number;
    }[];
  }>("initializers.json");
  const makers: Record<string, () => Initializer> = {
    glorot_uniform: initializers.glorotUniform,
    glorot_normal: initializers.glorotNormal,
    he_uniform: initializers.heUniform,
    he_normal: initializers.heNormal,
    lecun_uniform: initializers.lecunUniform,
    lecun_normal: initializers.lecunNormal,
  };

  it.each(fixture.cases)("$name stays in its bounds and has its variance", (each) => {
    const initializer = makers[each.initializer]?.() ?? expect.fail(`no initializer ${each.initializer}`);
    const random = new Random(7);
    const sampleSize = Number(each.statistics.n);
    const values: number[] = [];
    while (values.length < sampleSize) values.push(...initializer.make(each.shape, random.child(values.length)));
    values.length = sampleSize;
    const bound = each.limit ?? each.truncated_bound_keras ?? expect.fail("no bound");
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(largest).toBeGreaterThan(bound * 0.9);
    const mean = values.reduce((sum, value) => sum + value, 0) / sampleSize;
    expect(Math.abs(mean)).toBeLessThan(Number(each.statistics.mean_abs_max_5sigma));
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sampleSize;
    const bounds = each.statistics.var_bounds_5sigma_truncated ?? each.statistics.var_bounds_5sigma;
    const [smallest, greatest] = Array.isArray(bounds) ? bounds : expect.fail("no variance bounds");
    expect(variance).toBeGreaterThan(smallest);
    expect(variance).toBeLessThan(greatest);
  });

  it.each(fixture.orthogonal)("orthogonal $shape with gain $gain is orthogonal", (each) => {
    const values = initializers.orthogonal({ gain: each.gain }).make(each.shape, new Random(3));
    const matrix = tensor(values, { shape: each.flattened });
    const [rows, columns] = each.flattened;
    const gram = rows >= columns ? matrix.transpose().matmul(matrix) : matrix.matmul(matrix.transpose());
    const size = each.gram_size;
    const wanted = Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? each.gram_diagonal : 0));
    expectClose(gram.data, wanted, { rtol: each.tolerance_f32, atol: each.tolerance_f32 });
  });
});
