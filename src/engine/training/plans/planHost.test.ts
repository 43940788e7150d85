// JavaScript of users inside planned steps: it runs at every step, and gradients go through it.

import { describe, expect, it } from "vitest";
import { Layer, layers, optimizers, type Shape, sequential, type Tensor } from "../../index.ts";
import { bitsOf, dense, expectTwins, numbers, residentCount } from "./twins.testing.ts";

/** A layer as a user writes one, with JavaScript that is different at every step. */
class Drifting extends Layer {
  override readonly type = "drifting";
  calls = 0;

  override outputShapeFor(shape: Shape): Shape {
    return shape;
  }

  override call(x: Tensor): Tensor {
    this.calls++;
    return x.mul(1 + this.calls / 10).add(x.data[0] ?? 0);
  }
}

describe("JavaScript inside a planned step", () => {
  it("runs at every step, in layers", () => {
    const made: Drifting[] = [];
    const make = () => {
      made.push(new Drifting());
      return [dense(), made.at(-1) as Drifting, dense(3), layers.dense(2)];
    };
    const { planned } = expectTwins({ make, x: [3], y: [2] });
    expect(made.map(({ calls }) => calls)).toEqual([4, 4]);
    expect(residentCount(planned)).toBe(6);
  });

  it("learns with weights of its own", () => {
    const scale = () =>
      layers.custom({
        weights: { factor: { shape: ([features = 1]) => [features] }, seen: { shape: 1, trainable: false } },
        forward: (x, { factor, seen }, { training }) => {
          if (training) seen.assign([seen.data[0] ?? 0]);
          return x.mul(factor);
        },
      });
    expectTwins({ make: () => [scale(), dense(), scale(), layers.dense(2), scale()], x: [3], y: [2] });
  });

  it("may use the weights of a built-in layer, whose gradients then add up", () => {
    const make = () => {
      const encoder = dense(4);
      const decoder = layers.custom({
        outputShape: 3,
        forward: (x) => x.matmul((encoder.weights[0] ?? x).transpose()),
      });
      return [encoder, dense(4), decoder];
    };
    expect(residentCount(expectTwins({ make, x: [3], y: [3] }).planned)).toBe(4);
  });

  it("runs at every step, in losses", () => {
    let steps = 0;
    const loss = (predictions: Tensor, targets: Tensor) =>
      predictions
        .sub(targets)
        .square()
        .mean()
        .mul(1 + Math.floor(steps++ / 2));
    expectTwins({ make: () => [dense(), layers.dense(2)], x: [3], y: [2], loss });
    expect(steps).toBe(8);
  });

  it("may cut the gradient off: what lies before stays as it is, decay included", () => {
    const cut = () => layers.custom({ forward: (x) => x.detach() });
    const make = () => [layers.batchNorm(), dense(), cut(), layers.dense(2)];
    const optimizer = () => optimizers.sgd({ learningRate: 0.1, weightDecay: 0.1 });
    const { planned } = expectTwins({ make, x: [3], y: [2], optimizer });
    expect(planned.weights.find(({ name }) => name === "kernel")?.grad).toBeNull();
  });

  it("keeps what a layer is given: the next step does not write over it", () => {
    const kept: Tensor[] = [];
    const keep = layers.custom({ forward: (x) => x.mul(kept.push(x) > 0 ? 1 : 0) });
    const net = sequential([dense(), keep, layers.dense(2)], { seed: 3 });
    net.compile({ loss: "mse" });
    net.trainOnBatch(numbers([4, 3]), numbers([4, 2]));
    const [first] = kept.splice(0).slice(-1);
    const before = [...(first?.data ?? [])];
    net.trainOnBatch(numbers([4, 3]), numbers([4, 2]));
    expect([...(first?.data ?? [])]).toEqual(before);
  });

  it("ends in an error that comes through, and the next step goes on", () => {
    let isBroken = false;
    const fragile = layers.custom({
      forward: (x) => {
        if (isBroken) throw new Error("mine");
        return x.mul(2);
      },
    });
    const net = sequential([dense(), fragile, layers.dense(2)], { seed: 3 });
    net.compile({ loss: "mse" });
    const [x, y] = [numbers([4, 3]), numbers([4, 2])];
    net.trainOnBatch(x, y);
    isBroken = true;
    const before = bitsOf(net);
    expect(() => net.trainOnBatch(x, y)).toThrow("mine");
    expect(bitsOf(net)).toEqual(before);
    isBroken = false;
    net.trainOnBatch(x, y);
    expect(bitsOf(net)).not.toEqual(before);
  });
});
