// The network view: what is connected with what, and which nets are small enough to be drawn unit by unit.

import { describe, expect, it } from "vitest";
import { input, layers, model, sequential } from "../../engine/index.ts";
import { viewText } from "../text/viewText.ts";
import { networkView } from "./networkView.ts";

describe("the network view", () => {
  it("lists inputs and layers after what they take", () => {
    const x = input({ shape: 3, name: "x" });
    const hidden = layers.dense(3, { activation: "tanh" }).apply(x);
    const graph = model({ inputs: x, outputs: layers.dense(1).apply(layers.add().apply([x, hidden])) });
    const { nodes, units } = networkView(graph);
    expect(nodes.map(({ name, takes }) => [name, takes])).toEqual([
      ["x", []],
      ["dense_1", [0]],
      ["add_1", [0, 1]],
      ["dense_2", [2]],
    ]);
    expect(nodes.map(({ outputShape }) => outputShape)).toEqual([
      [null, 3],
      [null, 3],
      [null, 3],
      [null, 1],
    ]);
    expect(units).toBeNull();
    expect(viewText(networkView(graph), "en")).toMatch(/add_1 +add +\[batch, 3\] +0 +x, dense_1/);
  });

  it("draws a layer that is applied to its own output once, without a line that leads back", () => {
    const x = input(2);
    const shared = layers.dense(2);
    const twice = model({ inputs: x, outputs: shared.apply(shared.apply(x)) });
    expect(networkView(twice).nodes.map(({ takes }) => takes)).toEqual([[], [0]]);
  });

  it("knows the shape of each input of a layer that is applied to several", () => {
    const [left, right] = [input({ shape: 4, name: "left" }), input({ shape: 4, name: "right" })];
    const shared = layers.dense(3);
    const joined = layers.concat().apply([shared.apply(left), shared.apply(right)]);
    const { nodes } = networkView(model({ inputs: [left, right], outputs: layers.dense(1).apply(joined) }));
    const inputs = nodes.filter(({ type }) => type === "input");
    expect(inputs.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ["left", [null, 4]],
      ["right", [null, 4]],
    ]);
  });

  it("knows the shape of each input of a layer that joins them, before weights are made and after", () => {
    const [left, right] = [input({ shape: 2, name: "left" }), input({ shape: 3, name: "right" })];
    const net = model({
      inputs: [right, left],
      outputs: layers.dense(1).apply(layers.concat().apply([left, right])),
    });
    const shapes = () =>
      Object.fromEntries(networkView(net).nodes.map(({ name, outputShape }) => [name, outputShape[1]]));
    expect(shapes()).toEqual({ left: 2, right: 3, concat_1: 5, dense_1: 1 });
    net.build();
    expect(shapes()).toEqual({ left: 2, right: 3, concat_1: 5, dense_1: 1 });
  });

  it("has the weights of a small net of dense layers, from each unit to each", () => {
    const net = sequential([layers.dense(2, { inputShape: 3 }), layers.activation("relu"), layers.dense(1)], {
      seed: 1,
    });
    const [kernel] = net.getWeights();
    const columns = networkView(net).units ?? [];
    expect(columns.map(({ units, activation }) => [units, activation])).toEqual([
      [3, null],
      [2, "relu"],
      [1, "linear"],
    ]);
    const expected = ((kernel?.toArray() ?? []) as number[][]).map((row) =>
      row.map((value) => Number(value.toPrecision(4))),
    );
    expect(columns[1]?.weights).toEqual(expected);
  });

  it("keeps what the weights were on the way of a training, as many numbers as are drawn", async () => {
    const net = sequential([layers.dense(2, { inputShape: 1 }), layers.dense(1, { useBias: false })], { seed: 1 });
    const start = net.getWeights().map((weight) => [...weight.data]);
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit({ x: [[1], [2]], y: [[0], [3]] }, { epochs: 5, batchSize: 2, seed: 1 });
    const { units, unitHistory } = networkView(net, { run, runId: "fit-1" });
    expect(unitHistory?.steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(unitHistory?.numbers[0]).toEqual(start.flat().map((value) => Number(value.toPrecision(3))));
    const now = (units ?? []).flatMap(({ weights, biases }) => [...weights.flat(), ...biases]);
    expect(unitHistory?.numbers.at(-1)).toEqual(now.map((value) => Number(Number(value).toPrecision(3))));
    expect(networkView(net).unitHistory).toBeUndefined();
  });

  it("leaves units out where they could not be told apart, or nothing is known of them", () => {
    const units = (...sizes: number[]) =>
      networkView(sequential([...sizes.map((size) => layers.dense(size))], { seed: 1 })).units;
    const built = (inputs: number, size: number) =>
      networkView(sequential([layers.dense(size, { inputShape: inputs })], { seed: 1 })).units;
    expect(built(10, 40)).not.toBeNull();
    expect(built(11, 40)).toBeNull();
    expect(built(2, 41)).toBeNull();
    expect(units(4, 1)).toBeNull();
    const pictures = sequential([layers.conv2d(2, 3, { inputShape: [5, 5, 1] }), layers.flatten()], { seed: 1 });
    expect(networkView(pictures).units).toBeNull();
  });
});
