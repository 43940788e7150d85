// What resume refuses to go on with, and why.

import { afterEach, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import { type FitOptions, layers, type Model, optimizers, sequential } from "../index.ts";
import { bitsOf, numbers } from "./plans/twins.testing.ts";

afterEach(() => setEngineHost({ shouldStop: () => false }));

const [x, y] = [numbers([23, 3]), numbers([23, 2])];
const options: FitOptions = { epochs: 3, batchSize: 5, seed: 4 };

function build(): Model {
  const net = sequential([layers.dense(4, { activation: "tanh" }), layers.dense(2)], { seed: 9 });
  net.compile({ loss: "mse", optimizer: optimizers.sgd({ momentum: 0.9 }), metrics: ["mae", "r2"] });
  return net;
}

async function stopped() {
  setEngineHost({ shouldStop: () => true });
  const net = build();
  const run = await net.fit(x, y, options);
  setEngineHost({ shouldStop: () => false });
  return { net, run };
}

describe("resume refuses", () => {
  it("a model that was changed since, saying how", async () => {
    const changes: readonly (readonly [(net: Model) => unknown, string])[] = [
      [
        (net) => net.setWeights(net.getWeights().map((weight) => weight.mul(1.5))),
        "one whose weights were changed since",
      ],
      [(net) => net.weights[1]?.data.fill(1e-30), "one whose weights were changed since"],
      [(net) => net.trainOnBatch(x, y), "one that was trained since"],
      [(net) => net.compiled?.optimizer.reset(), "one that was trained since, or whose optimizer was used elsewhere"],
      [(net) => net.compile({ loss: "mse", optimizer: "adam" }), "one that was compiled anew since"],
      [(net) => net.fit(x, y, options), "one that was trained since"],
    ];
    for (const [change, got] of changes) {
      const { net, run } = await stopped();
      await change(net);
      const before = bitsOf(net);
      await expect(run.resume()).rejects.toThrow(`resume: expected the model as this run left it, got ${got}`);
      await expect(run.resume()).rejects.toThrow("Go on from what it has now by model.fit(…)");
      expect(bitsOf(net)).toEqual(before);
    }
  });

  it("nothing where weights were looked at, measured, or set to what they were", async () => {
    const { net, run } = await stopped();
    net.evaluate(x, y);
    net.predict(x);
    net.setWeights(net.getWeights());
    net.clone().compile({ loss: "mse" });
    await run.resume();
    expect(run.state).toBe("finished");
  });

  it("a run that is running", async () => {
    const net = build();
    const running = net.fit(x, y, { ...options, callbacks: [{ onEpochEnd: async () => {} }] });
    await Promise.resolve();
    await expect(net.run?.resume()).rejects.toThrow("resume: expected a run that has stopped");
    const run = await running;
    const resumed = run.resume({ epochs: 5 });
    await expect(run.resume({ epochs: 6 })).rejects.toThrow("resume: expected a run that has stopped");
    expect((await resumed).epochs.done).toBe(5);
  });

  it("a finished one without more epochs, and epochs that make no sense", async () => {
    const run = await build().fit(x, y, options);
    await expect(run.resume()).rejects.toThrow(
      "resume: expected more epochs than the 3 that are done, got none. Say how many there are to be in all: run.resume({ epochs: 6 }).",
    );
    await expect(run.resume({ epochs: 3 })).rejects.toThrow("more epochs than the 3 that are done, got 3");
    await expect(run.resume({ epochs: 4.5 })).rejects.toThrow("epochs as a whole number");
    await expect(run.resume({ epoch: 4 } as never)).rejects.toThrow('Did you mean "epochs"?');
  });

  it("one that diverged, or failed within a step", async () => {
    const net = sequential([layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e30 }) });
    const run = await net.fit([[1e10]], [[1]], { epochs: 9 });
    expect(run.state).toBe("diverged");
    await expect(run.resume()).rejects.toThrow(
      "resume: expected a run whose numbers are finite, got one that diverged at step",
    );
    let calls = 0;
    const fails = layers.custom({
      forward(values, _weights, { training }) {
        if (training && calls++ === 2) throw new Error("mine");
        return values.mul(2);
      },
    });
    const failing = sequential([layers.dense(2), fails], { seed: 1 });
    failing.compile({ loss: "mse" });
    await expect(failing.fit(x, y, options)).rejects.toThrow("mine");
    await expect(failing.run?.resume()).rejects.toThrow("failed within step");
  });
});
