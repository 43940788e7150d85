// Momentum that a schedule moves: every rule that has one follows it, as PyTorch's formulas do in double precision.

import { describe, expect, it } from "vitest";
import { schedules } from "../schedules/schedules.ts";
import { parameter } from "../tensor.ts";
import type { Optimizer } from "./optimizer.ts";
import { optimizers } from "./optimizers.ts";

const steps = 12;
const start = 0.7;
const range = { min: 0.5, max: 0.9 };
const learningRate = schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: steps, momentum: range });
const momentum = learningRate.momentum ?? (() => Number.NaN);

/** p after some updates by the gradients 2p. */
function descend(optimizer: Optimizer): number {
  const p = parameter("p", [start]);
  for (let step = 0; step < steps; step++) {
    p.zeroGrad();
    p.square().sum().backward();
    optimizer.update([p]);
  }
  return p.data[0] ?? Number.NaN;
}

/** The same by a formula: `change` gives the next p. */
function formula(change: (at: { p: number; g: number; rate: number; beta: number; t: number }) => number): number {
  let p = start;
  for (let step = 0; step < steps; step++)
    p = change({ p, g: 2 * p, rate: learningRate(step), beta: momentum(step), t: step + 1 });
  return p;
}

/** Running means, as Adam and its relatives keep them. */
function means() {
  let [m, v, u] = [0, 0, 0];
  return (g: number, beta1: number, beta2 = 0.999) => {
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    u = Math.max(beta2 * u, Math.abs(g));
    return { m, v, u };
  };
}

const formulas: Readonly<Record<string, readonly [Optimizer, () => number]>> = {
  "sgd, Keras": [
    optimizers.sgd({ learningRate }),
    () => {
      let velocity = 0;
      return formula(({ p, g, rate, beta }) => {
        velocity = beta * velocity - rate * g;
        return p + velocity;
      });
    },
  ],
  "sgd, torch": [
    optimizers.sgd({ learningRate, convention: "torch" }),
    () => {
      let velocity = 0;
      return formula(({ p, g, rate, beta }) => {
        velocity = beta * velocity + g;
        return p - rate * velocity;
      });
    },
  ],
  "Nesterov, torch": [
    optimizers.sgd({ learningRate, nesterov: true, convention: "torch" }),
    () => {
      let velocity = 0;
      return formula(({ p, g, rate, beta }) => {
        velocity = beta * velocity + g;
        return p - rate * (g + beta * velocity);
      });
    },
  ],
  rmsprop: [
    optimizers.rmsprop({ learningRate, convention: "torch", rho: 0.9 }),
    () => {
      let [v, velocity] = [0, 0];
      return formula(({ p, g, rate, beta }) => {
        v = 0.9 * v + 0.1 * g * g;
        velocity = beta * velocity + g / (Math.sqrt(v) + 1e-8);
        return p - rate * velocity;
      });
    },
  ],
  adam: [
    optimizers.adam({ learningRate, convention: "torch" }),
    () => {
      const next = means();
      return formula(({ p, g, rate, beta, t }) => {
        const { m, v } = next(g, beta);
        return p - ((rate / (1 - beta ** t)) * m) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      });
    },
  ],
  adamW: [
    optimizers.adamW({ learningRate, weightDecay: 0.1, convention: "torch" }),
    () => {
      const next = means();
      return formula(({ p, g, rate, beta, t }) => {
        const { m, v } = next(g, beta);
        return p * (1 - rate * 0.1) - ((rate / (1 - beta ** t)) * m) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      });
    },
  ],
  adamax: [
    optimizers.adamax({ learningRate, convention: "torch" }),
    () => {
      const next = means();
      return formula(({ p, g, rate, beta, t }) => {
        const { m, u } = next(g, beta);
        return p - ((rate / (1 - beta ** t)) * m) / u;
      });
    },
  ],
  nadam: [
    optimizers.nadam({ learningRate, convention: "torch" }),
    () => {
      const next = means();
      let product = 1;
      return formula(({ p, g, rate, beta, t }) => {
        const { m, v } = next(g, beta);
        const mu = (at: number) => beta * (1 - 0.5 * 0.96 ** (at * 0.004));
        product *= mu(t);
        const push = ((1 - mu(t)) / (1 - product)) * g + (mu(t + 1) / (1 - product * mu(t + 1))) * m;
        return p - (rate * push) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      });
    },
  ],
  lion: [
    optimizers.lion({ learningRate }),
    () => {
      let m = 0;
      return formula(({ p, g, rate, beta }) => {
        const direction = Math.sign(beta * m + (1 - beta) * g);
        m = 0.99 * m + 0.01 * g;
        return p - rate * direction;
      });
    },
  ],
};

describe("momentum by a schedule", () => {
  it.each(Object.entries(formulas))("moves %s", (_, [optimizer, expected]) => {
    expect(descend(optimizer)).toBeCloseTo(expected(), 5);
    expect(optimizer.scheduledMomentum).toBe(momentum(steps - 1));
    optimizer.reset();
    expect(optimizer.scheduledMomentum).toBe(range.max);
    expect(descend(optimizer)).toBeCloseTo(expected(), 5);
  });

  it("goes through RAdam too, whose first steps are momentum alone", () => {
    let m = 0;
    const early = formula(({ p, g, rate, beta, t }) => {
      if (t > 5) return p;
      m = beta * m + (1 - beta) * g;
      return p - (rate / (1 - beta ** t)) * m;
    });
    const p = parameter("p", [start]);
    const optimizer = optimizers.rAdam({ learningRate });
    for (let step = 0; step < 5; step++) {
      p.zeroGrad();
      p.square().sum().backward();
      optimizer.update([p]);
    }
    expect(p.data[0]).toBeCloseTo(early, 5);
    expect(optimizer.beta1).toBe(momentum(4));
  });

  it("takes the place of the optimizer's own, and its settings say so", () => {
    const optimizer = optimizers.sgd({ learningRate, momentum: 0.3 });
    expect(optimizer.momentum).toBe(range.max);
    expect(optimizer.config).toMatchObject({ learningRate: "schedule", momentum: "schedule" });
    expect(optimizers.adam({ learningRate }).config).toMatchObject({ beta1: "schedule", beta2: 0.999 });
    const still = schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: steps });
    expect(optimizers.sgd({ learningRate: still, momentum: 0.3 }).config).toMatchObject({ momentum: 0.3 });
  });

  it("may be a function of your own", () => {
    const own = Object.assign(() => 0.1, { momentum: (step: number) => (step < 3 ? 0.5 : 0.9) });
    const optimizer = optimizers.sgd({ learningRate: own });
    descend(optimizer);
    expect(optimizer.momentum).toBe(0.9);
    const wrong = Object.assign(() => 0.1, { momentum: () => 1 });
    expect(() => optimizers.sgd({ learningRate: wrong })).toThrow(
      "momentum: expected the momentum of step 0 from 0 to below 1, got 1",
    );
  });

  it("is refused by rules that have none", () => {
    for (const name of ["adagrad", "adadelta"] as const)
      expect(() => optimizers[name]({ learningRate })).toThrow("a rule without momentum");
  });
});
