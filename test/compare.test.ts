// Races: fair, the same to the bit for any number of workers, stopped and gone on with, and what they say of their certainty.

import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type JobWorkers, setEngineHost } from "../src/engine/host.ts";
import {
  type CompareOptions,
  compare,
  datasets,
  layers,
  newestRace,
  Optimizer,
  optimizers,
  type Race,
  schedules,
  sequential,
} from "../src/engine/index.ts";
import type { ParameterUpdate } from "../src/engine/optimizers/updates.ts";
import { jobWorkersFrom } from "../src/kernel/jobWorkers.ts";
import { type BuiltBundles, buildKernelBundles } from "./support/kernelBundles.ts";

let built: BuiltBundles;
let workers: JobWorkers;

beforeAll(async () => {
  built = await buildKernelBundles(["jobWorker"]);
  workers = jobWorkersFrom(path.join(built.distFolder, "jobWorker.cjs"), () => 2);
});
afterAll(() => built.remove());

/** A small race on two moons. */
function race(options: Partial<CompareOptions> = {}): Promise<Race> {
  return compare({
    model: () =>
      sequential([
        layers.dense(8, { activation: "tanh" }),
        layers.dropout(0.1),
        layers.dense(1, { activation: "sigmoid" }),
      ]),
    data: datasets.moons({ samples: 60, noise: 0.1, seed: 1 }).split({ validation: 0.2, seed: 1 }),
    loss: "binaryCrossentropy",
    metrics: ["acc"],
    optimizers: { slow: "sgd", fast: optimizers.adam({ learningRate: 0.03 }) },
    seeds: 2,
    epochs: 3,
    batchSize: 8,
    ...options,
  });
}

const numbersOf = ({ variants }: Race) =>
  variants.map(({ name, runs }) => [
    name,
    runs.map((run) => [
      run.state,
      run.seed,
      run.loss,
      run.history,
      run.layers.map(({ series }) => series),
      run.learningRates,
      run.model.getWeights().map(String),
    ]),
  ]);

afterEach(() => setEngineHost({ jobWorkers: null, shouldStop: () => false, raceObserver: null }));

describe("a race", () => {
  it("comes to the same numbers for any number of workers, and by fit", async () => {
    const here = await race();
    expect(here.workers).toBe(0);
    setEngineHost({ jobWorkers: workers });
    for (const count of [1, 2]) {
      const there = await race({ workers: count });
      expect([there.state, there.workers]).toEqual(["finished", count]);
      expect(numbersOf(there)).toEqual(numbersOf(here));
    }
    const model = sequential([
      layers.dense(8, { activation: "tanh" }),
      layers.dropout(0.1),
      layers.dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.03 }), metrics: ["acc"] });
    const data = datasets.moons({ samples: 60, noise: 0.1, seed: 1 }).split({ validation: 0.2, seed: 1 });
    const run = await model.fit(data, { epochs: 3, batchSize: 8, seed: 2 });
    const raced = here.variants[1]?.runs[1];
    expect(raced?.loss).toEqual(run.loss);
    expect(raced?.name).toBe("fast, seed 2");
    expect(raced?.model.run).toBe(raced);
    expect(raced?.model.evaluate(data.validation)).toEqual(model.evaluate(data.validation));
    await expect(raced?.resume({ epochs: 5 })).rejects.toThrow("trained in a race");
  });

  it("starts all variants of a seed from the same weights, over the same batches", async () => {
    const { variants } = await race({ optimizers: ["sgd", "adam", "lion"], epochs: 1 });
    const firsts = variants.map(({ runs }) => runs.map(({ loss }) => loss[0]));
    expect(firsts[1]).toEqual(firsts[0]);
    expect(firsts[2]).toEqual(firsts[0]);
    expect(firsts[0]?.[0]).not.toBe(firsts[0]?.[1]);
  });

  it("keeps the weights on the way where that is asked, wherever a run is trained", async () => {
    const ways = async (options: Partial<CompareOptions>) =>
      (await race({ snapshots: 4, ...options })).variants.map(({ runs }) => runs.map(({ snapshots }) => snapshots));
    const here = await ways({});
    expect(here[0]?.[0]?.map(({ step }) => step)).toEqual([0, 6, 12, 18]);
    expect(here[0]?.[1]?.[0]).toEqual(here[1]?.[1]?.[0]);
    setEngineHost({ jobWorkers: workers });
    expect(await ways({})).toEqual(here);
    expect((await ways({ snapshots: undefined as never })).flat(2)).toEqual([]);
  });

  it("looks closely at one weight of each variant: the same numbers wherever it is trained, each update its rule's", async () => {
    const closeUps = async () =>
      (await race({ epochs: 3 })).variants.map(({ laps }) => laps.map((lap) => lap.closeUps));
    const here = await closeUps();
    setEngineHost({ jobWorkers: workers });
    expect(await closeUps()).toEqual(here);
    const [[slow, other] = [], [fast] = []] = here;
    expect(other).toBeNull();
    expect(slow?.updates.map(({ step }) => step)).toEqual([1, 2, 5, 10, 18]);
    expect([slow?.weight.layer, slow?.weight.parameter, slow?.weight.index.length]).toEqual(["dense_2", "kernel", 2]);
    for (const { before, gradient, after, learningRate } of slow?.updates ?? [])
      expect(after).toBeCloseTo(before - learningRate * gradient, 7);
    expect(fast?.weight).toEqual(slow?.weight);
    expect(fast?.updates[0]?.gradient).toBe(slow?.updates[0]?.gradient);
    for (const { gradient, memory } of fast?.updates ?? [])
      expect(memory.means?.after).toBeCloseTo(0.9 * (memory.means?.before ?? 9) + 0.1 * gradient, 7);
  });

  it("takes variants of anything, and keeps to its budget", async () => {
    setEngineHost({ jobWorkers: workers });
    const wide = () =>
      sequential([layers.dense(16, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
    const { variants, notes } = await race({
      optimizers: {},
      variants: {
        plain: { optimizer: "sgd" },
        wide: { model: wide, optimizer: "momentum", learningRate: 0.5 },
        falling: {
          optimizer: "nesterov",
          learningRate: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 10 }),
          batchSize: 4,
        },
        seeded: { model: sequential(wide().layers, { seed: 3 }), optimizer: "sgd" },
      },
      epochs: undefined as never,
      budget: { examples: 80 },
    });
    expect(variants.map(({ runs }) => runs.map(({ state, steps }) => [state, steps.done]))).toEqual([
      [
        ["finished", 10],
        ["finished", 10],
      ],
      [
        ["finished", 10],
        ["finished", 10],
      ],
      [
        ["finished", 20],
        ["finished", 20],
      ],
      [
        ["finished", 10],
        ["finished", 10],
      ],
    ]);
    expect(variants.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.5, null, 0.01]);
    expect(variants[2]?.runs[0]?.learningRates[5]).toBeCloseTo(0.05, 6);
    expect(notes.map(({ kind, variant }) => [kind, variant])).toEqual([
      ["ownSeed", "seeded"],
      ["ownModels", null],
      ["otherNoise", "wide"],
      ["otherNoise", "seeded"],
    ]);
  });

  it("trains here what cannot be sent, and says so", async () => {
    class Mine extends Optimizer {
      readonly name = "mine";
      protected updateParameter({ values, gradient, learningRate }: ParameterUpdate): void {
        values.forEach((value, index) => {
          values[index] = value - learningRate * (gradient[index] ?? 0);
        });
      }
    }
    setEngineHost({ jobWorkers: workers });
    const { variants, notes } = await race({ optimizers: { sgd: "sgd", mine: () => new Mine({}, 0.01) }, seeds: 1 });
    expect(variants[1]?.runs[0]?.loss).toHaveLength(18);
    expect(variants[1]?.runs[0]?.loss[17]).toBeCloseTo(variants[0]?.runs[0]?.loss[17] ?? 0, 5);
    expect(notes.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        ""mine" trains in the thread of the cells, one run after the other: the optimizer mine (a Mine made by new) cannot be sent to another thread.",
      ]
    `);
  });
});

describe("tuning", () => {
  it("gives each optimizer the best rate of its grid, states the grid, and says when that is at its edge", async () => {
    setEngineHost({ jobWorkers: workers });
    const asked = {
      optimizers: {
        sgd: optimizers.sgd({ learningRate: 0.001 }),
        adam: "adam",
        waving: optimizers.sgd({ learningRate: (step) => 1 / (1 + step) }),
      },
      tune: { steps: 24 },
    } as const;
    const { variants, notes } = await race({ ...asked, epochs: 1 });
    const rates = [0.0001, 0.00032, 0.001, 0.0032, 0.01];
    expect(variants[0]?.tuning?.trials.map(({ learningRate }) => learningRate)).toEqual(rates);
    expect(variants[0]?.tuning).toMatchObject({ chosen: 0.01, isAtEdge: true, steps: 24, seeds: 2 });
    expect(variants[0]?.runs[0]?.learningRate).toBe(0.01);
    const best = variants[1]?.tuning?.trials.reduce((a, b) => ((a.loss ?? 9) <= (b.loss ?? 9) ? a : b));
    expect(variants[1]?.learningRate).toBe(best?.learningRate);
    expect(notes.map(({ kind, variant }) => [kind, variant])).toEqual([
      ["ownThread", "waving"],
      ["edgeOfGrid", "sgd"],
      ["edgeOfGrid", "adam"],
      ["notTuned", "waving"],
    ]);
    expect(notes[1]?.text).toMatchInlineSnapshot(
      `""sgd" trains at 0.01, the lowest mean final loss of 0.0001, 0.00032, 0.001, 0.0032, 0.01 in 24 steps over 2 seeds: at the edge of the grid, so a better rate may lie beyond."`,
    );
    setEngineHost({ jobWorkers: null });
    expect((await race({ ...asked, epochs: 1 })).variants.map(({ tuning }) => tuning)).toEqual(
      variants.map(({ tuning }) => tuning),
    );
  });

  it("leaves out rates that diverge", async () => {
    const { variants } = await race({
      model: () => sequential([layers.dense(1)]),
      loss: "mse",
      metrics: [],
      optimizers: ["sgd"],
      tune: { rates: [0.01, 1e30], seeds: 1 },
      epochs: 1,
    });
    expect(variants[0]?.tuning).toMatchObject({
      chosen: 0.01,
      trials: [{}, { learningRate: 1e30, loss: null }],
      seeds: 1,
    });
  });
});

describe("a race that is stopped", () => {
  it("keeps what had ended, and goes on to the same numbers", async () => {
    const whole = numbersOf(await race({ epochs: 40 }));
    for (const count of [0, 2]) {
      let told = 0;
      setEngineHost({
        jobWorkers: workers,
        shouldStop: () => told > 0,
        raceObserver: {
          started: () => undefined,
          progressed: () => void told++,
          ended: () => {
            told = Number.NEGATIVE_INFINITY;
          },
        },
      });
      const stopped = await race({ epochs: 40, workers: count });
      expect(stopped.state).toBe("stopped");
      expect(newestRace()).toBe(stopped);
      const [first] = stopped.variants[0]?.runs ?? [];
      if (count === 0) expect(first?.model.getWeights().length).toBe(4);
      expect(numbersOf(await stopped.resume())).toEqual(whole);
      expect(stopped.state).toBe("finished");
    }
  });

  it("goes on where its trainings stood, in the workers that a race before it left", async () => {
    let updates = 0;
    class Counting extends Optimizer {
      readonly name = "counting";
      protected updateParameter({ values, gradient, learningRate }: ParameterUpdate): void {
        updates++;
        values.forEach((value, index) => {
          values[index] = value - learningRate * (gradient[index] ?? 0);
        });
      }
    }
    const told: string[] = [];
    let starts = 0;
    let mayStop = true;
    let flag = new Int32Array(1);
    const watched: JobWorkers = {
      count: () => 1,
      start(listen, gone) {
        starts++;
        const worker = workers.start(listen, gone);
        const post = (message: unknown) => {
          const { kind, stop } = message as { kind: string; stop?: Int32Array<ArrayBuffer> };
          told.push(kind);
          flag = stop ?? flag;
          // It ends after its first step.
          if (kind === "run" && mayStop) Atomics.store(flag, 0, 1);
          worker?.post(message);
        };
        return worker && { ...worker, post };
      },
    };
    setEngineHost({ jobWorkers: watched, shouldStop: () => mayStop });
    const stopped = await race({ optimizers: { slow: "sgd" }, seeds: 1 });
    expect([stopped.state, stopped.variants[0]?.laps[0]?.loss.length]).toEqual(["stopped", 1]);
    mayStop = false;
    expect((await race({ seeds: 1 })).state).toBe("finished");
    expect((await stopped.resume()).variants[0]?.runs[0]?.loss).toHaveLength(18);
    expect(told).toEqual(["begin", "run", "rest", "begin", "run", "run", "rest", "begin", "goOn", "rest"]);
    expect(starts).toBe(1);

    setEngineHost({ shouldStop: () => updates === 40 });
    const here = await race({ optimizers: { mine: () => new Counting({}, 0.01) }, seeds: 1 });
    expect([here.state, here.variants[0]?.laps[0]?.loss.length]).toEqual(["stopped", 10]);
    setEngineHost({ shouldStop: () => false });
    await here.resume();
    expect([here.state, updates]).toEqual(["finished", 4 * 18]);
  });

  it("lets the others go on when a variant cannot be trained, and throws at its end what that one threw", async () => {
    class Broken extends Optimizer {
      readonly name = "broken";
      protected updateParameter(): void {
        throw new RangeError("Out of step.");
      }
    }
    const entrants = { broken: () => new Broken({}, 0.01), slow: "sgd", fast: "adam" } as const;
    const says = 'Out of step. This is in the variant "broken".';
    for (const count of [0, 2]) {
      setEngineHost({ jobWorkers: workers });
      await expect(race({ optimizers: entrants, workers: count })).rejects.toThrow(says);
      const failed = newestRace();
      const states = () => failed?.variants.map(({ laps }) => laps.map(({ state }) => state));
      const ended = ["finished", "finished"];
      expect([failed?.state, states()]).toEqual(["failed", [["failed", "waiting"], ended, ended]]);
      const noted = () => failed?.notes.filter(({ kind }) => kind === "failed");
      expect(noted()).toMatchObject([{ variant: "broken", problem: "Out of step." }]);
      await expect(failed?.resume()).rejects.toThrow(says);
      expect([states()?.[1], noted()?.length], "it is tried again, and noted once").toEqual([ended, 1]);
    }
  });

  it("tunes and trains the others when a variant fails while it is tuned", async () => {
    const loss = (): never => {
      throw new RangeError("Out of step.");
    };
    const variants = { broken: { optimizer: "sgd", loss }, slow: { optimizer: "sgd" } } as const;
    const asked = { tune: { rates: [0.01, 0.1], seeds: 1 }, seeds: 1, epochs: 1 };
    await expect(race({ ...asked, optimizers: [], variants })).rejects.toThrow("Out of step.");
    const [first, second] = newestRace()?.variants ?? [];
    expect([first?.laps[0]?.state, first?.tuning, second?.runs.length]).toEqual(["waiting", null, 1]);
    expect(second?.tuning?.trials).toHaveLength(2);
  });

  it("does not wait for a worker that dies, and names the run whose workers do", async () => {
    let started = 0;
    const dying = (deaths: number) =>
      setEngineHost({
        jobWorkers: {
          count: () => 1,
          start(listen, gone) {
            const worker = workers.start(listen, gone);
            if (++started <= deaths) worker?.post(new Proxy({}, { get: () => undefined }) && { kind: "run" });
            return worker;
          },
        },
      });
    dying(1);
    expect((await race({ seeds: 1, workers: 1 })).state).toBe("finished");
    started = 0;
    dying(9);
    await expect(race({ seeds: 1, workers: 1 })).rejects.toThrow(/a worker that lives until "slow" is trained/);
  });
});

describe("a variant", () => {
  it("that a training refuses is named", async () => {
    const wrong = () => sequential([layers.dense(2, { inputShape: 3 })]);
    const asked = { optimizers: {}, variants: { narrow: { model: wrong, optimizer: "sgd" } } } as const;
    await expect(race(asked)).rejects.toThrow('This is in the variant "narrow".');
    setEngineHost({ jobWorkers: workers });
    await expect(race(asked)).rejects.toThrow('This is in the variant "narrow".');
  });
});
