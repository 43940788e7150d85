// What is measured of a step: the same planned and eagerly, on both backends, and what its definition says.

import { afterAll, describe, expect, it } from "vitest";
import { backend } from "../../backend/current.ts";
import {
  backendName,
  input,
  type Layer,
  layers,
  type Model,
  model as modelOf,
  type Optimizer,
  optimizers,
  Random,
  type Run,
  sequential,
  stack,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from "../../index.ts";
import { inside, numbers, residentCount } from "../plans/twins.testing.ts";
import type { MeasuredLevel, TraceMeasure } from "./trace.ts";

const usual = backendName();
afterAll(() => void useBackend(usual.startsWith("simd") ? "simd" : "plain"));

const dense = (units: number, activation = "tanh", options = {}) => layers.dense(units, { activation, ...options });
const doubling = () => layers.custom({ name: "doubling", forward: (x) => x.mul(2) });
const scaling = () =>
  layers.custom({
    name: "scaling",
    weights: { factor: { shape: ([features = 1]) => [features], initializer: "ones" } },
    forward: (x, { factor }) => (factor === undefined ? x : x.mul(factor).tanh()),
  });

function withShared(): Model {
  const x = input(6);
  const shared = dense(6, "relu", { name: "shared" });
  const joined = layers.add().apply([shared.apply(shared.apply(x)), x]);
  return modelOf({ inputs: x, outputs: layers.dense(2).apply(joined) }) as Model;
}

const stacks: readonly (readonly [string, () => Model])[] = [
  [
    "dense layers of every kind",
    () => chain(dense(8, "relu"), dense(7, "sigmoid"), dense(5, "gelu"), dense(2, "linear")),
  ],
  [
    "normalization and dropout",
    () => chain(dense(8), layers.batchNorm(), layers.dropout(0.3), layers.layerNorm(), dense(2)),
  ],
  ["an activation layer", () => chain(layers.dense(8), layers.activation("relu"), layers.activation("elu"), dense(2))],
  ["PReLU, which learns", () => chain(dense(8, "prelu"), dense(2))],
  ["a layer that is frozen", () => chain(dense(4, "relu", { trainable: false }), dense(4), dense(2))],
  [
    "wide layers, one of which is frozen",
    () =>
      chain(
        dense(16, "tanh"),
        dense(32, "relu", { trainable: false }),
        dense(16, "relu", { useBias: false }),
        dense(2),
      ),
  ],
  ["a shared layer", withShared],
  ["a residual block", () => chain(dense(4), layers.residual([dense(4, "relu"), layers.dense(4)]), dense(2))],
  ["a custom layer", () => chain(dense(4), doubling(), dense(2))],
  [
    "a sequence of states",
    () => chain(layers.reshape([3, 2]), layers.simpleRnn(3, { returnSequences: true }), layers.flatten(), dense(2)),
  ],
  [
    "a sequence of one state, in which a weight gets no gradient",
    () => chain(dense(16), layers.reshape([1, 16]), layers.simpleRnn(16), dense(2)),
  ],
  [
    "layers that give their input on",
    () =>
      chain(layers.activation("linear"), layers.reshape([3, 2]), layers.flatten(), layers.activation("relu"), dense(2)),
  ],
  ["custom layers with weights", () => chain(scaling(), dense(4, "relu"), scaling(), dense(2))],
];

function chain(...stack: readonly Layer[]): Model {
  return sequential(stack, { seed: 5 });
}

/** The sums of three steps, planned or eager, with their updates, and the weights they lead to. */
function measuredSteps(
  net: Model<unknown>,
  x: Tensor,
  ys: readonly Tensor[],
  { how, measures, optimizer = optimizers.adam({ learningRate: 0.01 }) }: Measuring,
): number[][] {
  net.build(x.shape.slice(1), { seed: 5 });
  net.compile({ loss: "mse", optimizer });
  const { steps } = inside(net);
  const { compiled } = net;
  if (compiled === null) throw new Error("Compile first.");
  const isPlain = optimizer.name === "sgd";
  const sums = [1, 2, 3].map((step) => {
    const request = { losses: compiled.losses, examples: { xs: [x], ys }, rows: null, isPlain };
    const { meter } = steps[how]({ ...request, base: new Random(9), step, measures });
    meter?.update(compiled.optimizer, steps.trainable);
    // Only a planned step puts weights side by side.
    expect(residentCount(net) > 0).toBe(how === "run");
    return [...(meter?.sums ?? [])];
  });
  return [...sums, ...net.weights.map(({ data }) => [...data])];
}

interface Measuring {
  readonly how: "run" | "runEagerly";
  readonly measures: MeasuredLevel;
  readonly optimizer?: Optimizer;
}

describe.each(["plain", "simd"] as const)("on %s", (name) => {
  const use = () => {
    if (name === "simd") expect(useBackend("simd")).toMatch(/simd/);
    else useBackend("plain");
  };

  it.each(stacks)("measures the same in a plan and eagerly: %s", (_, make) => {
    use();
    const [x, y] = [numbers([9, 6]), numbers([9, 2])];
    for (const measures of ["summary", "full"] as const)
      for (const rule of [optimizers.adam, optimizers.sgd]) {
        const steps = (how: Measuring["how"]) =>
          measuredSteps(make(), x, [y], { how, measures, optimizer: rule({ learningRate: 0.01 }) });
        const planned = steps("run");
        expect(planned).toEqual(steps("runEagerly"));
        expect(planned[0]?.some((sum) => sum > 0)).toBe(true);
      }
  });

  it("measures the same in a plan and eagerly: several outputs", () => {
    use();
    const make = () => {
      const x = input(6);
      const hidden = dense(8, "relu").apply(x);
      const outputs = [dense(2, "softmax").apply(hidden), dense(3, "sigmoid").apply(hidden)];
      return modelOf({ inputs: x, outputs });
    };
    const [x, ys] = [numbers([9, 6]), [numbers([9, 2], 0, 1), numbers([9, 3], 0, 1)]];
    const steps = (how: Measuring["how"]) => measuredSteps(make(), x, ys, { how, measures: "full" });
    expect(steps("run")).toEqual(steps("runEagerly"));
  });

  it("measures gradients, weights and activations as they are defined", async () => {
    use();
    const [x, y] = [numbers([33, 6]), numbers([33, 2])];
    const net = chain(dense(40, "relu"), layers.dense(2));
    net.build(6, { seed: 3 });
    net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    const [kernel, bias] = net.layers[0]?.weights ?? [];
    const before = [...(kernel?.data ?? []), ...(bias?.data ?? [])];
    const outputs = net.layers[0]?.call(x, { training: false, random: new Random(1) }).data ?? [];
    const run = await net.fit(x, y, { batchSize: 33, shuffle: false });
    const gradient = [...(kernel?.grad?.data ?? []), ...(bias?.grad?.data ?? [])];
    const got = (measure: TraceMeasure) => run.layers[0]?.series[measure][0] ?? Number.NaN;
    const wanted: Partial<Record<TraceMeasure, number>> = {
      meanAbs: mean(gradient.map(Math.abs)),
      mean: mean(gradient),
      std: deviation(gradient),
      l2: Math.hypot(...gradient),
      max: Math.max(...gradient.map(Math.abs)),
      zeroShare: gradient.filter((value) => value === 0).length / gradient.length,
      weightNorm: Math.hypot(...before),
      weightMean: mean(before),
      weightStd: deviation(before),
      updateNorm: 0.1 * Math.hypot(...gradient),
      updateRatio: (0.1 * Math.hypot(...gradient)) / Math.hypot(...before),
      activationMean: mean([...outputs]),
      activationStd: deviation([...outputs]),
      saturatedShare: [...outputs].filter((value) => value === 0).length / outputs.length,
    };
    for (const [measure, value] of Object.entries(wanted))
      expect(Math.abs(got(measure as TraceMeasure) - value), measure).toBeLessThanOrEqual(
        1e-6 + 1e-5 * Math.abs(value),
      );
  });

  it("finds the signal that a small change of what reaches the activation shows", async () => {
    use();
    const [x, y] = [numbers([4, 3]), numbers([4, 2])];
    for (const activation of ["tanh", "sigmoid", "linear"]) {
      const make = () => {
        const net = chain(dense(5, activation, { name: "first" }), layers.dense(2, { name: "second" }));
        net.build(3, { seed: 2 });
        net.compile({ loss: "mse", optimizer: "sgd" });
        return net;
      };
      const net = make();
      const run = await net.fit(x, y, { batchSize: 4, shuffle: false });
      const [kernel, bias, second, secondBias] = make().getWeights();
      if (kernel === undefined || bias === undefined || second === undefined || secondBias === undefined)
        throw new Error();
      const z = x.matmul(kernel).add(bias);
      const lossAt = (changed: Tensor) => {
        const hidden = activation === "tanh" ? changed.tanh() : activation === "sigmoid" ? changed.sigmoid() : changed;
        return hidden.matmul(second).add(secondBias).sub(y).square().mean().item();
      };
      const epsilon = 1e-2;
      const signal = Array.from(z.data, (_, index) => {
        const shifted = (by: number) =>
          tensor(
            z.data.map((value, at) => (at === index ? value + by : value)),
            z.shape,
          );
        return (lossAt(shifted(epsilon)) - lossAt(shifted(-epsilon))) / (2 * epsilon);
      });
      expectSignal(run, 0, signal, 1e-3);
    }
  });

  it("finds the signal of every step of a sequence that a simpleRnn gives", async () => {
    use();
    const [x, y] = [numbers([4, 3, 2]), numbers([4, 3, 1])];
    const net = chain(layers.simpleRnn(5, { returnSequences: true }), layers.dense(1));
    net.build([3, 2], { seed: 2 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const [kernel, recurrent, bias, last, lastBias] = net.getWeights();
    const run = await net.fit(x, y, { batchSize: 4, shuffle: false, trace: "full" });
    if (kernel === undefined || recurrent === undefined || bias === undefined || last === undefined) throw new Error();
    const shift = tensor(new Array(60).fill(0), { shape: [3, 4, 5], requiresGrad: true });
    let hidden = zeros([4, 5]);
    const outputs = [0, 1, 2].map((step) => {
      const input = x.slice(step, step + 1, 1).reshape([4, 2]);
      hidden = input.matmul(kernel).add(hidden.matmul(recurrent)).add(bias).add(shift.at(step)).tanh();
      return hidden.matmul(last).add(lastBias ?? 0);
    });
    stack(outputs, 1).sub(y).square().mean().backward();
    expectSignal(run, 0, [...(shift.grad?.data ?? [])], 1e-5);
    expect(run.layers[0]?.histograms?.signal.shares[0]).not.toBeNull();
  });

  it("gives the output's signal where there is no activation, and none where nothing before it learns", async () => {
    use();
    const net = chain(
      layers.dropout(0.2),
      layers.layerNorm(),
      layers.reshape([3, 1]),
      layers.flatten(),
      layers.dense(2),
    );
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit(numbers([4, 3]), numbers([4, 2]), { batchSize: 4, shuffle: false });
    const [first, norm, shaped, flat, last] = run.layers.map(({ series }) => series);
    expect(first).toMatchObject({ meanAbs: [], signalMeanAbs: [null], saturatedShare: [null] });
    expect(first?.activationMean[0]).not.toBeNull();
    expect(norm?.signalL2[0]).toBeGreaterThan(0);
    expect([shaped?.signalL2[0], flat?.signalL2[0]]).toEqual([norm?.signalL2[0], norm?.signalL2[0]]);
    expect(last?.signalL2[0]).toBeGreaterThan(0);
  });

  it("counts only the weights that learn", async () => {
    use();
    const net = chain(layers.dense(4), layers.batchNorm(), layers.dense(1));
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit(numbers([16, 3]), numbers([16, 1]), { batchSize: 8, shuffle: false });
    const norm = run.layers[1];
    const gradient = [...(net.layers[1]?.weights ?? [])].flatMap(({ grad }) => (grad === null ? [] : [...grad.data]));
    expect(norm?.parameters).toBe(16);
    expect(gradient).toHaveLength(8);
    expect(norm?.series.meanAbs[1]).toBeCloseTo(mean(gradient.map(Math.abs)), 7);
    expect(norm?.series.zeroShare[1]).toBe(gradient.filter((value) => value === 0).length / 8);
    // Scale 1, shift 0: moving variances are not in it.
    expect(norm?.series.weightNorm[0]).toBe(2);
    expect(norm?.series.weightMean[0]).toBe(0.5);
  });

  it("records distributions whose shares add up", async () => {
    use();
    const net = chain(dense(20, "relu"), layers.dense(1));
    net.compile({ loss: "mse", optimizer: "adam" });
    const run = await net.fit(numbers([40, 3]), numbers([40, 1]), { epochs: 3, batchSize: 16, trace: "full" });
    for (const { histograms, series } of run.layers) {
      expect(histograms?.gradient?.edges).toHaveLength(33);
      expect(histograms?.activation.edges).toHaveLength(49);
      for (const [step] of run.trace.steps.entries()) {
        const sum = (shares: readonly number[] | null | undefined) =>
          (shares ?? []).reduce((all, share) => all + share, 0);
        expect(sum(histograms?.gradient?.shares[step]) + (series.zeroShare[step] ?? 0)).toBeCloseTo(1, 9);
        expect(sum(histograms?.signal.shares[step]) + (series.signalZeroShare[step] ?? 0)).toBeCloseTo(1, 9);
        expect(sum(histograms?.activation.shares[step])).toBeCloseTo(1, 9);
      }
    }
    expect(run.layers[0]?.series.signalZeroShare[0]).toBeGreaterThan(0.1);
  });

  it("gives its memory back", async () => {
    use();
    const train = async () => {
      const net = chain(dense(4), layers.dense(1));
      net.compile({ loss: "mse", optimizer: "sgd" });
      await net.fit(numbers([8, 3]), numbers([8, 1]), { trace: "full", every: 1, epochs: 2 });
      inside(net).steps.evict();
    };
    await train();
    const before = memoryInUse();
    for (let time = 0; time < 5; time++) await train();
    expect(memoryInUse()).toBe(before);
  });
});

function memoryInUse(): number {
  return backend().memory.usedFloats;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function expectSignal(run: Run, layer: number, signal: readonly number[], tolerance: number): void {
  const series = run.layers[layer]?.series;
  const got = [series?.signalMeanAbs, series?.signalMean, series?.signalStd, series?.signalL2, series?.signalMax];
  const sizes = signal.map(Math.abs);
  const want = [mean(sizes), mean(signal), deviation(signal), Math.hypot(...signal), Math.max(...sizes)];
  const scale = Math.max(...sizes);
  want.forEach((value, index) => {
    expect(Math.abs((got[index]?.[0] ?? Number.NaN) - value), `measure ${index}`).toBeLessThanOrEqual(
      tolerance * scale,
    );
  });
}
