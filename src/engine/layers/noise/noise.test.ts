// Dropout and noise: on while training alone, repeated by a seed, true to their rates.

import { describe, expect, it } from "vitest";
import { layers, ones, Random, sequential, tensor, zeros } from "../../index.ts";

const x = ones([1, 50]);
const passOf = (seed: number) => ({ training: true, random: new Random(seed) });

describe("dropout", () => {
  it("passes everything on outside training, and at rate 0", () => {
    expect(layers.dropout(0.5).call(x, { training: false, random: new Random(1) })).toBe(x);
    expect(layers.dropout(0).call(x, passOf(1))).toBe(x);
  });

  it("drops by the pass and the layer's name", () => {
    const draw = (name: string, pass: number) => layers.dropout(0.5, { name }).call(x, passOf(pass)).toArray();
    expect(draw("a", 1)).toEqual(draw("a", 1));
    expect(draw("a", 1)).not.toEqual(draw("b", 1));
    expect(draw("a", 1)).not.toEqual(draw("a", 2));
  });

  it("drops by its own seed when it has one, differently in each pass", () => {
    const draw = (seed: number, pass: number) => {
      const layer = layers.dropout(0.5, { seed });
      return [layer.call(x, passOf(pass)).toArray(), layer.call(x, passOf(pass)).toArray()];
    };
    expect(draw(1, 2)).toEqual(draw(1, 3));
    expect(draw(1, 2)).not.toEqual(draw(2, 2));
    const [first, second] = draw(1, 2);
    expect(first).not.toEqual(second);
  });

  it("takes its rate first or as an option, and refuses what is none", () => {
    expect(layers.dropout({ rate: 0.3, name: "d" })).toMatchObject({ rate: 0.3, name: "d" });
    expect(() => layers.dropout(20)).toThrow(
      "layers.dropout: expected a rate from 0 to below 1, got 20. For 20 % give 0.2.",
    );
    expect(() => layers.dropout(1)).toThrow("from 0 to below 1");
  });
});

describe("spatialDropout", () => {
  it.each([
    ["spatialDropout1d", [3, 4, 40]],
    ["spatialDropout2d", [3, 2, 2, 40]],
  ] as const)("leaves features out as a whole, and their gradients: %s", (name, shape) => {
    const leaf = tensor(ones([...shape]), { requiresGrad: true });
    const layer = layers[name](0.25);
    const output = layer.call(leaf, passOf(1));
    output.sum().backward();
    const perPlace = shape.slice(1, -1).reduce((product: number, length) => product * length, 1);
    const sums = output.reshape([3, perPlace, 40]).sum(1).toArray().flat() as number[];
    const kept = perPlace / 0.75;
    for (const sum of sums) expect(Math.abs(sum) < 1e-6 || Math.abs(sum - kept) < 1e-5).toBe(true);
    const droppedCount = sums.filter((sum) => sum === 0).length;
    expect(droppedCount).toBeGreaterThan(10);
    expect(droppedCount).toBeLessThan(50);
    expect(leaf.grad?.toArray()).toEqual(output.toArray());
    expect(layer.call(leaf, { training: false, random: new Random(1) })).toBe(leaf);
  });

  it("says what shape it takes, and refuses what is no rate", () => {
    expect(() => layers.spatialDropout1d(20)).toThrow(
      "layers.spatialDropout1d: expected a rate from 0 to below 1, got 20",
    );
    expect(() => sequential([layers.spatialDropout2d({ rate: 0.2, inputShape: [4, 3] })], { seed: 1 })).toThrow(
      "expected input [batch, height, width, channels], got [batch, 4, 3]",
    );
  });
});

describe("gaussianNoise", () => {
  it("passes everything on outside training, and without deviation", () => {
    expect(layers.gaussianNoise(0.5).call(x, { training: false, random: new Random(1) })).toBe(x);
    expect(layers.gaussianNoise(0).call(x, passOf(1))).toBe(x);
  });

  it("adds normal noise of its deviation while training; the gradient passes unchanged", () => {
    const input = zeros([100, 100]);
    const { data } = layers.gaussianNoise(0.1).call(input, passOf(3));
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const square = data.reduce((sum, value) => sum + value * value, 0) / data.length;
    expect(Math.abs(mean)).toBeLessThan((5 * 0.1) / 100);
    expect(Math.abs(square / 0.01 - 1)).toBeLessThan((5 * Math.SQRT2) / 100);
    const leaf = tensor([[1, 2, 3]], { requiresGrad: true });
    layers.gaussianNoise(2).call(leaf, passOf(3)).sum().backward();
    expect(leaf.grad?.toArray()).toEqual([[1, 1, 1]]);
  });

  it("takes its deviation first or as an option, and refuses what is none", () => {
    expect(layers.gaussianNoise({ stddev: 0.3 })).toMatchObject({ stddev: 0.3, type: "gaussianNoise" });
    expect(() => layers.gaussianNoise(-1)).toThrow("expected stddev as a finite number, 0 or more, got -1");
  });
});
