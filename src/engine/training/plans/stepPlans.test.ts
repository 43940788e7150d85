// What may happen between planned steps, and the memory that plans take.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { plainBackend } from "../../backend/plain.ts";
import {
  layers,
  type Model,
  noGrad,
  type Optimizer,
  optimizers,
  Parameter,
  sequential,
  useBackend,
} from "../../index.ts";
import { bitsOf, dense, eagerStep, inside, numbers, random, residentCount } from "./twins.testing.ts";

// Its memory is counted here.
beforeAll(() => void useBackend("plain"));

describe("between planned steps", () => {
  const pair = () =>
    [1, 2].map(() => {
      const net = sequential([dense(), layers.batchNorm(), layers.dense(2)], { seed: 3 });
      net.compile({ loss: "mse", optimizer: "adam" });
      net.build(3);
      return net;
    }) as [Model, Model];
  const [x, y] = [numbers([4, 3]), numbers([4, 2])];
  const step = ([planned, eager]: readonly [Model, Model], count: number) => {
    planned.trainOnBatch(x, y);
    eagerStep(eager, x, y, count);
    expect(bitsOf(planned)).toEqual(bitsOf(eager));
  };

  it("weights may be written, replaced, and stepped eagerly or by hand", () => {
    const nets = pair();
    step(nets, 0);
    for (const net of nets) net.weights[0]?.data.fill(0.25);
    step(nets, 1);
    for (const net of nets) net.setWeights(net.getWeights().map((weight) => weight.mul(0.5)));
    step(nets, 2);
    for (const net of nets) {
      eagerStep(net, x, y, 3);
      const loss = net.layers
        .reduce((values, layer) => layer.call(values, { training: false, random }), x)
        .square()
        .mean();
      for (const weight of net.weights) weight.zeroGrad();
      loss.backward();
      net.compiled?.optimizer.update(net.weights.slice(0, 1));
      net.compiled?.optimizer.update(net.weights);
    }
    expect(bitsOf(nets[0])).toEqual(bitsOf(nets[1]));
    step(nets, 4);
  });

  it("layers may be frozen and thawed", () => {
    const nets = pair();
    for (const [index, trainable] of [true, false, false, true].entries()) {
      for (const net of nets) for (const layer of net.layers.slice(0, 2)) layer.trainable = trainable;
      step(nets, index);
    }
  });

  it("the optimizer may be reset, changed and compiled anew", () => {
    const nets = pair();
    step(nets, 0);
    for (const net of nets) net.compiled?.optimizer.reset();
    step(nets, 1);
    const optimizer = optimizers.sgd({ momentum: 0.9 });
    for (const net of nets)
      net.compile({ loss: "mae", optimizer: net === nets[0] ? optimizer : optimizers.sgd({ momentum: 0.9 }) });
    step(nets, 2);
    step(nets, 3);
    optimizer.learningRate = 0.3;
    const other = nets[1].compiled?.optimizer;
    if (other !== undefined) other.learningRate = 0.3;
    step(nets, 4);
  });

  it("a gradient that was taken stays as it was", () => {
    const [net] = pair();
    net.trainOnBatch(x, y);
    const grad = net.weights[0]?.grad;
    const before = [...(grad?.data ?? [])];
    net.trainOnBatch(x, y);
    expect([...(grad?.data ?? [])]).toEqual(before);
    expect([...(net.weights[0]?.grad?.data ?? [])]).not.toEqual(before);
  });

  it("noGrad is no training", () => {
    const [net] = pair();
    const before = bitsOf(net).filter((_, index) => net.weights[index]?.isTrainable);
    noGrad(() => net.trainOnBatch(x, y));
    expect(bitsOf(net).filter((_, index) => net.weights[index]?.isTrainable)).toEqual(before);
    net.trainOnBatch(x, y);
    expect(bitsOf(net).filter((_, index) => net.weights[index]?.isTrainable)).not.toEqual(before);
  });

  it("two models may share a layer and take turns", () => {
    const twins = [1, 2].map(() => {
      const shared = dense(4);
      const nets = [1, 2].map((each) => {
        const net = sequential([shared, layers.dense(each)], { seed: each });
        net.compile({ loss: "mse", optimizer: "adam" });
        net.build(3);
        return net;
      });
      return nets as [Model, Model];
    }) as [[Model, Model], [Model, Model]];
    const [planned, eager] = twins;
    for (let turn = 0; turn < 6; turn++) {
      const which = turn % 2;
      const target = numbers([4, which + 1]);
      planned[which]?.trainOnBatch(x, target);
      if (eager[which] !== undefined) eagerStep(eager[which], x, target, turn);
      if (turn === 3) inside(planned[0]).steps.evict();
      expect(planned.map(bitsOf)).toEqual(eager.map(bitsOf));
    }
  });

  it("an optimizer's rule that looks at a weight as a whole is given each by itself", () => {
    const seen: number[] = [];
    const adam = optimizers.adam();
    class Whole extends (Object.getPrototypeOf(Object.getPrototypeOf(adam)).constructor as abstract new (
      ...args: unknown[]
    ) => Optimizer) {
      override readonly name = "whole";
      protected override updateParameter({ values }: { readonly values: Float32Array }): void {
        seen.push(values.length);
      }
    }
    const net = sequential([dense(), layers.dense(2)], { seed: 3 });
    net.compile({ loss: "mse", optimizer: new Whole({}, 0.1) });
    net.trainOnBatch(x, y);
    expect(seen).toEqual([12, 4, 8, 2]);
  });

  it("parameters outside of any model are updated too", () => {
    const [net] = pair();
    net.trainOnBatch(x, y);
    const own = new Parameter("own", [2], new Float32Array([1, 2]));
    own.square().sum().backward();
    net.compiled?.optimizer.update([...net.weights, own]);
    expect(own.data[0]).toBeLessThan(1);
  });
});

describe("the memory of plans", () => {
  const small = (seed: number) => {
    const net = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(1)], { seed });
    net.compile({ loss: "mse", optimizer: "adam" });
    return net;
  };
  const [x, y] = [numbers([4, 3]), numbers([4, 1])];
  const used = () => plainBackend.memory.usedFloats;

  it("stays flat over 10,000 models", () => {
    const highest = [0, 0];
    for (let index = 0; index < 10_000; index++) {
      small(index).trainOnBatch(x, y);
      const part = index < 100 ? 0 : 1;
      highest[part] = Math.max(highest[part] ?? 0, used());
    }
    expect(highest[1]).toBeLessThanOrEqual(highest[0] ?? 0);
  }, 120_000);

  it("stays flat over 1,000 compilations, batch sizes and optimizers of one model", () => {
    const net = small(1);
    net.trainOnBatch(x, y);
    let most = 0;
    for (let index = 0; index < 1000; index++) {
      if (index % 3 === 0) net.compile({ loss: "mse", optimizer: "adam" });
      const size = 1 + (index % 50);
      net.trainOnBatch(numbers([size, 3]), numbers([size, 1]));
      if (index <= 400) most = Math.max(most, used());
      else expect(used()).toBeLessThanOrEqual(most);
    }
  });

  it("goes to the models trained last; the others go on where they were, momentum included", () => {
    const twins = Array.from({ length: 40 }, (_, index) => [small(index), small(index)] as const);
    for (const [, eager] of twins) eager.build(3);
    for (let step = 0; step < 3; step++)
      for (const [planned, eager] of twins) {
        planned.trainOnBatch(x, y);
        eagerStep(eager, x, y, step);
        expect(bitsOf(planned)).toEqual(bitsOf(eager));
      }
    const places = twins.map(([planned]) => residentCount(planned));
    expect(places.slice(0, 20)).toEqual(new Array(20).fill(0));
    expect(places.at(-1)).toBe(4);
  });

  it("is given back when a model is evicted", () => {
    const net = small(1);
    net.trainOnBatch(x, y);
    inside(net).steps.evict();
    const before = used();
    net.trainOnBatch(x, y);
    net.trainOnBatch(numbers([2, 3]), numbers([2, 1]));
    expect(used()).toBeGreaterThan(before);
    inside(net).steps.evict();
    expect(used()).toBe(before);
  });

  it("is kept while somebody holds the array of a weight: it never shows another model's numbers", () => {
    const net = small(1);
    net.trainOnBatch(x, y);
    const held = net.weights[0]?.data ?? new Float32Array();
    inside(net).steps.evict();
    held.fill(0.5);
    expect([...(net.getWeights()[0]?.data ?? [])]).toEqual([...held]);
    for (let index = 0; index < 40; index++) small(index).trainOnBatch(x, y);
    expect(new Set(held)).toEqual(new Set([0.5]));
    net.trainOnBatch(x, y);
    expect([...(net.getWeights()[0]?.data ?? [])]).toEqual([...held]);
  });

  it("of arrays that were held comes back when nobody can reach them", async () => {
    const collect = collector();
    const before = used();
    (() => {
      for (let index = 0; index < 20; index++) {
        const net = small(index);
        net.trainOnBatch(x, y);
        expect(net.weights[0]?.data.length).toBe(6);
        inside(net).steps.evict();
      }
    })();
    expect(used()).toBeGreaterThan(before);
    for (let turn = 0; turn < 10 && used() > before; turn++) {
      // A new turn: what was looked at in this one is not collected before it ends.
      await new Promise((resolve) => setTimeout(resolve));
      collect();
      const net = small(turn);
      net.trainOnBatch(x, y);
      inside(net).steps.evict();
    }
    expect(used()).toBeLessThanOrEqual(before);
  });
});

/** Node's garbage collector, which is not reached without a flag. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
