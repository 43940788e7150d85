// Losses that are not the same measure: nobody is ranked by them. And what is the same for variants whose models differ.

import { beforeAll, describe, expect, it } from "vitest";
import { optimizersView } from "../../insights/index.ts";
import {
  type CompareOptions,
  compare,
  layers,
  losses,
  newestRace,
  optimizers,
  regularizers,
  sequential,
  useBackend,
} from "../index.ts";
import { noiseMeasure } from "./lossMeasure.ts";

beforeAll(() => useBackend("plain"));

const x = Array.from({ length: 24 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
const y = x.map(([a = 0, b = 0]) => [a > b ? 1 : 0]);
const net =
  (hidden: Parameters<typeof layers.dense>[1] = {}, more: Parameters<typeof sequential>[0] = []) =>
  () =>
    sequential([
      layers.dense(4, { activation: "tanh", ...hidden }),
      ...more,
      layers.dense(1, { activation: "sigmoid" }),
    ]);

const race = (options: Partial<CompareOptions>) =>
  compare({
    model: net(),
    data: { x, y },
    loss: "binaryCrossentropy",
    optimizers: { one: optimizers.adam({ learningRate: 0.05 }), two: optimizers.sgd({ learningRate: 0.5 }) },
    ...{ seeds: 3, batchSize: 8, epochs: 2, target: 0.5 },
    ...options,
  });
const kinds = async (variants: NonNullable<CompareOptions["variants"]>) => {
  const { notes, standings } = await race({ optimizers: [], variants });
  return [notes.map(({ kind, variant }) => `${kind} ${variant}`), standings.every(({ rank }) => rank === null)];
};

describe("losses that are not the same measure", () => {
  const optimizer = () => optimizers.adam({ learningRate: 0.05 });

  it("rank nobody", async () => {
    const { standings } = await race({ optimizers: [], variants: { a: { optimizer }, b: { optimizer, loss: "mse" } } });
    expect(standings.map(({ rank, isShared }) => [rank, isShared])).toEqual([
      [null, false],
      [null, false],
    ]);
  });

  it("are other losses, and other settings of one", async () => {
    expect(await kinds({ a: { optimizer }, b: { optimizer, loss: "mse" } })).toEqual([["otherLoss b"], true]);
    const smoothing = losses.binaryCrossentropy({ labelSmoothing: 0.1 });
    expect(await kinds({ a: { optimizer }, b: { optimizer, loss: smoothing } })).toEqual([["otherLoss b"], true]);
    const same = losses.binaryCrossentropy();
    expect(await kinds({ a: { optimizer }, b: { optimizer, loss: same } })).toEqual([[], false]);
  });

  it("are losses that hold other penalties, also those of layers within layers", async () => {
    const l2 = { kernelRegularizer: regularizers.l2(0.01) };
    const [own, other] = ["ownModels null", "otherPenalty b"];
    expect(await kinds({ a: { optimizer }, b: { optimizer, model: net(l2) } })).toEqual([[own, other], true]);
    const within = net({}, [layers.residual([layers.dense(4, l2)])]);
    expect(await kinds({ a: { optimizer }, b: { optimizer, model: within } })).toEqual([[own, other], true]);
    const named = net({ kernelRegularizer: "l2" });
    expect(await kinds({ a: { optimizer, model: net(l2) }, b: { optimizer, model: named } })).toEqual([[own], false]);
  });
});

describe("training losses that are taken with other noise", () => {
  const optimizer = () => optimizers.adam({ learningRate: 0.05 });
  const [own, other] = ["ownModels null", "otherNoise b"];
  const beside = (...more: Parameters<typeof sequential>[0]) =>
    kinds({ a: { optimizer, model: net({}, [layers.dropout(0.2)]) }, b: { optimizer, model: net({}, more) } });

  it("rank nobody", async () => {
    expect(await beside()).toEqual([[own, other], true]);
    expect(await beside(layers.dropout(0.5))).toEqual([[own, other], true]);
    expect(await beside(layers.dropout(0.2), layers.gaussianNoise(0.1))).toEqual([[own, other], true]);
    expect(await beside(layers.dropout(0.2), layers.dense(3), layers.dropout(0))).toEqual([[own], false]);
    expect(await beside(layers.residual([layers.dropout(0.2)]))).toEqual([[own], false]);
  });

  it("also that of layers which drop by an option", () => {
    const model = sequential([layers.lstm(4, { dropout: 0.1, recurrentDropout: 0.3 }), layers.dense(1)]);
    expect(noiseMeasure(model)).toBe("dropout 0.1; recurrentDropout 0.3");
    expect(noiseMeasure(sequential([layers.lstm(4), layers.dense(1)]))).toBe("");
  });
});

describe("what is said of a race", () => {
  const ids = async (options: Partial<CompareOptions>) => {
    const { sentence, notes } = optimizersView(await race(options), "r");
    return { lead: sentence.messages.map(({ id }) => id), notes: notes.map(({ id }) => id) };
  };
  const optimizer = "adam";

  it("names no first and no target where losses are not the same measure", async () => {
    const { lead, notes } = await ids({
      optimizers: [],
      variants: { a: { optimizer }, b: { optimizer, loss: "mse" } },
    });
    expect(lead).toEqual(["raceOtherMeasures"]);
    expect(notes).toContain("raceOtherLoss");
  });

  it("names a variant that failed, and why, and nobody ahead", async () => {
    const optimizer = () => optimizers.sgd({ learningRate: 0.1 });
    const loss = (): never => {
      throw new RangeError("No loss today.\nSecond line.");
    };
    const broken = compare({
      model: net(),
      data: { x, y },
      loss: "mse",
      seeds: 2,
      variants: { fine: { optimizer }, broken: { optimizer, loss } },
    });
    await expect(broken).rejects.toThrow("No loss today.");
    const raced = newestRace();
    if (raced === null) expect.fail("no race was kept");
    const { sentence, notes } = optimizersView(raced, "r");
    expect(sentence).toMatchObject({ tone: "error", messages: [{ id: "raceFailed", args: { ended: { value: 2 } } }] });
    expect(notes.at(-1)).toMatchObject({
      id: "raceVariantFailed",
      args: { name: "broken", problem: "No loss today." },
    });
  });

  it("says what was the same, and what was not", async () => {
    const [fair] = (await ids({})).notes;
    expect(fair).toBe("raceFair");
    const batches = await ids({ optimizers: [], variants: { a: { optimizer }, b: { optimizer, batchSize: 4 } } });
    expect(batches.notes.slice(0, 2)).toEqual(["raceFairOrder", "raceUnequalSteps"]);
    const relu = { optimizer, model: net({ activation: "relu" }) };
    const models = await ids({ optimizers: [], variants: { a: { optimizer }, relu } });
    expect(models.notes[0]).toBe("raceFairLayers");
    expect(models.notes).not.toContain("raceUnequalSteps");
    const both = await ids({ optimizers: [], variants: { a: { optimizer }, relu: { ...relu, batchSize: 4 } } });
    expect(both.notes[0]).toBe("raceFairLayersOrder");
    const longer = await ids({ optimizers: [], variants: { a: { optimizer }, b: { optimizer, epochs: 4 } } });
    expect(longer.notes.slice(0, 2)).toEqual(["raceFair", "raceUnequalSteps"]);
  });

  it("which is true of the weights they start from", async () => {
    const variants = {
      plain: { optimizer },
      relu: { optimizer, model: net({ activation: "relu" }) },
      deep: { optimizer, model: net({}, [layers.dense(4)]) },
      he: { optimizer, model: net({ kernelInitializer: "heNormal" }) },
    } as const;
    const { variants: raced } = await race({ optimizers: [], variants, snapshots: 2 });
    const [plain, relu, deep, he] = raced.map(({ runs }) => runs.map(({ snapshots }) => snapshots[0]?.weights ?? []));
    expect(relu).toEqual(plain);
    expect(deep?.map(([first]) => first)).toEqual(plain?.map(([first]) => first));
    expect(deep?.[0]?.at(-2)).not.toEqual(plain?.[0]?.at(-2));
    expect(he?.[0]?.[0]).not.toEqual(plain?.[0]?.[0]);
    expect(he?.[0]?.[2]).toEqual(plain?.[0]?.[2]);
    expect(plain?.[0]).not.toEqual(plain?.[1]);
  });
});
