// An update that is only tried tells what the real one then does, and changes nothing.

import { describe, expect, it } from "vitest";
import { layers, optimizerNames, optimizers, schedules, sequential } from "../index.ts";

const x = [
  [0.5, -1],
  [1, 0.25],
];
const y = [[1], [0]];

function trained(optimizer: Parameters<ReturnType<typeof sequential>["compile"]>[0]["optimizer"], steps = 3) {
  const model = sequential([layers.dense(3, { activation: "tanh", inputShape: 2 }), layers.dense(1)], { seed: 3 });
  model.compile({ loss: "mse", ...(optimizer === undefined ? {} : { optimizer }) });
  for (let step = 0; step < steps; step++) model.trainOnBatch(x, y);
  return model;
}

/** What is not told outside of the engine. */
function asInEngine(optimizer: unknown) {
  return optimizer as { outlookOn(parameter: unknown, at: number): unknown };
}

/** The next update of a model, tried on a twin's gradients and then made. */
function compared(make: () => Parameters<typeof trained>[0]) {
  const [model, twin] = [trained(make()), trained(make())];
  twin.trainOnBatch(x, y);
  const gradients = twin.weights.map((weight) => Array.from(weight.grad?.data ?? []));
  const optimizer = model.compiled?.optimizer;
  const before = model.weights.map((weight) => Array.from(weight.data));
  const first = optimizer?.preview(model.weights, gradients) ?? [];
  const again = optimizer?.preview(model.weights, gradients) ?? [];
  return { model, twin, before, first, again };
}

describe("preview", () => {
  it.each(optimizerNames)("of %s says what the update then makes, as often as it is asked", (name) => {
    const { model, twin, before, first, again } = compared(() => name);
    expect(again).toEqual(first);
    expect(model.weights.map((weight) => Array.from(weight.data))).toEqual(before);
    first.forEach(({ values, step }, index) => {
      expect(step).toBe(4);
      expect(values).toEqual(Array.from(twin.weights[index]?.data ?? []));
    });
    model.trainOnBatch(x, y);
    expect(model.getWeights().map(String)).toEqual(twin.getWeights().map(String));
  });

  describe.each([0, 3])("after %i steps", (steps) => {
    it.each(optimizerNames)("of %s begins from what a look at a single number tells", (name) => {
      // Whatever is looked at first.
      const [model, other] = [trained(name, steps), trained(name, steps)];
      const [optimizer, others] = [model.compiled?.optimizer, other.compiled?.optimizer];
      const [kernel, otherKernel] = [model.weights[0], other.weights[0]];
      if (kernel === undefined || otherKernel === undefined) throw new RangeError("There is a kernel to look at.");
      const [all] = optimizer?.preview([kernel], [[0, 0, 0, 0, 0, 0]]) ?? [];
      const { learningRate, step, settings, memory = {} } = all ?? {};
      for (const at of [0, 4]) {
        const remembered = Object.entries(memory).map(([slot, { before }]) => [slot, before[at]] as const);
        const expected = { learningRate, step, settings, memory: Object.fromEntries(remembered) };
        expect(asInEngine(others).outlookOn(otherKernel, at)).toEqual(expected);
        expect(asInEngine(optimizer).outlookOn(kernel, at)).toEqual(expected);
      }
      expect(step).toBe(steps + 1);
    });
  });

  it("refuses gradients that are none, and says which number", () => {
    const model = trained("adam");
    const kernel = model.weights.slice(0, 1);
    const preview = (gradient: readonly number[]) => () => model.compiled?.optimizer.preview(kernel, [gradient]);
    expect(preview([0, 0, 0, Number.NaN, 0, 0])).toThrow("expected gradients[0][3] as a finite number, got NaN");
    expect(preview(["a", 0, 0, 0, 0, 0] as unknown as number[])).toThrow("expected gradients[0][0] as a finite number");
    expect(preview([0])).toThrow("expected gradients[0] of 6 numbers, got 1");
  });

  it("knows limits, decay and schedules", () => {
    const { twin, first } = compared(() =>
      optimizers.adam({ learningRate: (step) => 0.1 / (1 + step), weightDecay: 0.01, globalClipNorm: 0.1 }),
    );
    expect(first.map(({ values }) => values)).toEqual(twin.weights.map((weight) => Array.from(weight.data)));
    expect(first[0]?.learningRate).toBeCloseTo(0.1 / 4, 12);
    expect(Object.keys(first[0]?.memory ?? {})).toEqual(["means", "squares"]);
  });

  it.each(["sgd", "rmsprop", "adam", "adamax", "nadam", "rAdam"] as const)(
    "of %s knows the momentum that a schedule says for the next step",
    (name) => {
      const momentum = { min: 0.5, max: 0.9 };
      const learningRate = () => schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 12, momentum });
      const { model, twin, first } = compared(() => optimizers[name]({ learningRate: learningRate() }));
      expect(first.map(({ values }) => values)).toEqual(twin.weights.map((weight) => Array.from(weight.data)));
      const said = Object.values(first[0]?.settings ?? {})[0];
      expect(said).toBe(learningRate().momentum?.(3));
      expect(model.compiled?.optimizer.scheduledMomentum).toBe(learningRate().momentum?.(2));
    },
  );
});
