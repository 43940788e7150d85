// What fit may be asked to record, and the answers to what it may not.

import { describe, expect, it } from "vitest";
import { type FitOptions, layers, sequential, tensor, ValueError } from "../../index.ts";

const [x, y] = [tensor([[1], [2], [3], [4]]), tensor([[1], [2], [3], [4]])];

async function traced(options: FitOptions) {
  const net = sequential([layers.dense(1)]);
  net.compile({ loss: "mse", optimizer: "adam" });
  return net.fit(x, y, { epochs: 10, batchSize: 1, ...options });
}

describe("what fit records", () => {
  it.each([
    ["off", 0, false],
    [false, 0, false],
    ["summary", 40, false],
    [true, 40, false],
    [undefined, 40, false],
    ["full", 40, true],
  ] as const)("with trace: %s", async (trace, steps, hasHistograms) => {
    const run = await traced(trace === undefined ? {} : { trace });
    expect(run.trace.steps).toHaveLength(steps);
    expect(run.layers[0]?.series.updateNorm).toHaveLength(steps);
    expect(run.layers[0]?.histograms != null).toBe(hasHistograms);
  });

  it("is every n-th step, from the first on", async () => {
    const run = await traced({ every: 15 });
    expect(run.trace).toEqual({ steps: [1, 16, 31], stride: 15 });
  });

  it("keeps to its bounds when every step is measured", async () => {
    const run = await traced({ every: 1, epochs: 150 });
    expect(run.steps.done).toBe(600);
    expect(run.trace.steps.length).toBeLessThanOrEqual(240);
    expect([run.trace.steps[0], run.trace.steps.at(-1)]).toEqual([1, 600]);
    expect(run.trace.stride).toBeGreaterThan(1);
  });

  it("must be a level that there is, and a whole number of steps", async () => {
    for (const options of [{ trace: "all" }, { trace: 1 }, { every: 0 }, { every: 1.5 }, { every: "2" }])
      await expect(traced(options as unknown as FitOptions)).rejects.toThrow(ValueError);
    await expect(traced({ trace: "all" as never })).rejects.toThrow(
      'fit: expected trace as "off", "summary" or "full" (or true, false), got "all". Leave it out for the usual one, "summary".',
    );
    await expect(traced({ every: 0 })).rejects.toThrow("every as a whole number of steps, 1 or more, got 0");
  });
});
