// The examples of a training stand in the routines' memory while it runs, and only then.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backend } from "../../backend/current.ts";
import { type Callback, layers, type Model, sequential, useBackend } from "../../index.ts";
import { Random } from "../../random.ts";
import { Tensor } from "../../tensor.ts";
import { fillPlaces, LastingExamples, ResidentExamples } from "./residentExamples.ts";
import { numbers } from "./twins.testing.ts";

const rowNumbers = Array.from({ length: 90 }, (_, row) => row);

describe.each(["plain", "simd"] as const)("on %s", (name) => {
  beforeAll(() => void useBackend(name));
  afterAll(() => void useBackend("plain"));
  const [x, y] = [numbers([500, 40]), numbers([500, 2])];
  const make = (): Model => {
    const model = sequential([layers.dense(3), layers.dense(2)], { seed: 1 });
    model.compile({ loss: "mse", optimizer: "sgd" });
    return model as Model;
  };
  const used = () => backend().memory.usedFloats;

  it("all memory but the model's comes back, however the training ends", async () => {
    const model = make();
    await model.fit(x, y, { epochs: 2, batchSize: 100 });
    const before = used();
    const seen: number[] = [];
    const endings: Callback[] = [
      { onStepEnd: () => void seen.push(used()) },
      { onStepEnd: ({ step }) => (step === 2 ? "stop" : undefined) },
    ];
    for (const callback of endings) await model.fit(x, y, { epochs: 2, batchSize: 100, callbacks: [callback] });
    const failing: Callback = {
      onStepEnd() {
        throw new Error("no more");
      },
    };
    await expect(model.fit(x, y, { epochs: 2, batchSize: 100, callbacks: [failing] })).rejects.toThrow("no more");
    expect(used()).toBe(before);
    const carried = name === "plain" ? 0 : x.size + y.size;
    expect(Math.max(...seen) - before).toBeGreaterThanOrEqual(carried);
  });

  it("a training that stopped goes on as one that did not", async () => {
    const [first, second] = [make(), make()];
    await first.fit(x, y, { epochs: 2, batchSize: 32, seed: 3 });
    // They go when it stops, and come again when it goes on.
    const stopping: Callback = { onStepEnd: ({ step }) => (step === 5 ? "stop" : undefined) };
    const run = await second.fit(x, y, { epochs: 2, batchSize: 32, seed: 3, callbacks: [stopping] });
    await run.resume();
    expect(second.getWeights().map((weight) => weight.toArray())).toEqual(
      first.getWeights().map((weight) => weight.toArray()),
    );
  });

  it("what several trainings learn from stands there once, and changes no bit, in whatever order they take it", async () => {
    const weightsAfter = async (shuffle: boolean) => {
      const model = make();
      await model.fit(x, y, { batchSize: 64, shuffle, trace: "off" });
      return model.getWeights().map((weight) => weight.toArray());
    };
    for (const shuffle of [true, false]) {
      const alone = await weightsAfter(shuffle);
      const before = used();
      const lasting = new LastingExamples({ xs: [x], ys: [y] });
      const held = used() - before;
      expect(held).toBeGreaterThanOrEqual(name === "plain" ? 0 : x.size + y.size);
      expect(await weightsAfter(shuffle)).toEqual(alone);
      const run = await stoppedRun(make(), shuffle);
      lasting.release();
      // What was stopped goes on without them.
      await run.resume();
      expect(run.model.getWeights().map((weight) => weight.toArray())).toEqual(alone);
      expect(await weightsAfter(shuffle)).toEqual(alone);
    }
  });

  const stoppedRun = (model: Model, shuffle: boolean) => {
    const stopping: Callback = { onStepEnd: ({ step }) => (step === 3 ? "stop" : undefined) };
    return model.fit(x, y, { batchSize: 64, shuffle, trace: "off", callbacks: [stopping] });
  };

  it("examples that somebody may write to are looked at before each training", async () => {
    const given = numbers([500, 40]);
    const model = make();
    for (let each = 0; each < 2; each++) await model.fit(given, y, { batchSize: 100 });
    given.data[777] = Number.NaN;
    await expect(model.fit(given, y, { batchSize: 100 })).rejects.toThrow("NaN at row 19, column 17");
  });

  it.each([
    ["a single row", [7]],
    ["rows side by side", rowNumbers.slice(20, 80)],
    ["few rows anywhere", [5, 0, 89]],
    ["many rows anywhere", new Random(2).permutation(90).slice(0, 64)],
    ["rows that nearly lie side by side", [3, 4, 5, 7, 8, ...rowNumbers.slice(10, 60)]],
    ["no rows", []],
  ] as const)("a batch of %s holds these rows, however wide", (_, rows) => {
    for (const width of [1, 3, 16, 40]) {
      const given = numbers([90, width]);
      const place = backend().memory.allocate(rows.length * width);
      const examples = new ResidentExamples({ xs: [given], ys: [] }, 2);
      fillPlaces([new Tensor([rows.length, width], place)], examples.batch.xs, rows);
      expect([...place]).toEqual(
        rows.flatMap((row) =>
          given
            .slice(row, row + 1)
            .reshape([-1])
            .toArray(),
        ),
      );
      examples.release();
      backend().memory.release(place);
    }
  });
});
