// Splits, watched data, order and weights with several inputs and outputs: as if all stood in one table.

import { describe, expect, it } from "vitest";
import { type FitOptions, input, layers, type Model, model, optimizers, type Run, sequential } from "../index.ts";
import { numbers } from "./plans/twins.testing.ts";

const rows = 23;
const x = numbers([rows, 5]);
const y = numbers([rows, 3]);
const [xa, xb] = [x.slice(0, 2, 1), x.slice(2, 5, 1)];
const [yp, yq] = [y.slice(0, 1, 1), y.slice(1, 3, 1)];
const kernel = numbers([5, 3]);

/** One table: five features, three targets. */
function single(): Model {
  const net = sequential([layers.dense(3)]);
  net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.3, momentum: 0.5 }), metrics: ["mae"] });
  net.build(5);
  net.setWeights([kernel, [0, 0, 0]]);
  return net;
}

/** The same network with two inputs and two outputs, whose losses are weighted to the mean of all three targets. */
function several() {
  const [a, b] = [input({ shape: 2, name: "a" }), input({ shape: 3, name: "b" })];
  const joined = layers.concat().apply([a, b]);
  const [p, q] = [layers.dense(1, { name: "p" }), layers.dense(2, { name: "q" })];
  const net = model({ inputs: { a, b }, outputs: { p: p.apply(joined), q: q.apply(joined) }, seed: 1 });
  const optimizer = optimizers.sgd({ learningRate: 0.3, momentum: 0.5 });
  net.compile({ loss: "mse", lossWeights: { p: 1 / 3, q: 2 / 3 }, optimizer, metrics: ["mae"] });
  net.setWeights([kernel.slice(0, 1, 1), [0], kernel.slice(1, 3, 1), [0, 0]]);
  return net;
}

const historyOf = (run: Run, name: string) => run.history.find((each) => each.name === name);

function expectClose(got: readonly number[] | null | undefined, want: readonly number[] | null | undefined) {
  expect(got).toHaveLength(want?.length ?? -1);
  got?.forEach((value, at) => void expect(value).toBeCloseTo(want?.[at] ?? Number.NaN, 5));
}

const both = ([first, second]: readonly [typeof xa, typeof xb], [third, fourth]: readonly [typeof yp, typeof yq]) => ({
  x: { a: first, b: second },
  y: { p: third, q: fourth },
});
const all = both([xa, xb], [yp, yq]);
const sampleWeight = Array.from({ length: rows }, (_, row) => (row % 4) / 2);
const watched = [0, 1, 2, 3, 4].map((row) => row * 3);

describe("a model of several inputs and outputs", () => {
  const ways: Readonly<Record<string, readonly [FitOptions, FitOptions?]>> = {
    "a last batch that is smaller, in an order by the seed": [{ batchSize: 4, seed: 7 }],
    "the order of the rows": [{ batchSize: 5, shuffle: false }],
    "one batch": [{ batchSize: 100 }],
    "a validation split": [{ batchSize: 4, validationSplit: 0.3 }],
    "validation data of its own": [
      { batchSize: 6, validationData: { x: x.gather(watched), y: y.gather(watched) } },
      {
        batchSize: 6,
        validationData: both([xa.gather(watched), xb.gather(watched)], [yp.gather(watched), yq.gather(watched)]),
      },
    ],
    "weights of the examples, and a validation split": [{ batchSize: 4, validationSplit: 0.25, sampleWeight }],
  };

  it.each(Object.entries(ways))("trains as with one of each: %s", async (_, [options, own = options]) => {
    const [one, two] = [single(), several()];
    const run = await one.fit(x, y, { epochs: 3, ...options });
    const other = await two.fit(all, { epochs: 3, ...own });
    expect(other.steps).toEqual(run.steps);
    expectClose(other.loss, run.loss);
    expectClose(historyOf(other, "loss")?.train, historyOf(run, "loss")?.train);
    const mean = (side: "train" | "validation") =>
      historyOf(other, "pMae")?.[side]?.map(
        (value, at) => (value + 2 * (historyOf(other, "qMae")?.[side]?.[at] ?? 0)) / 3,
      );
    expectClose(mean("train"), historyOf(run, "mae")?.train);
    if (historyOf(run, "loss")?.validation === null) expect(historyOf(other, "loss")?.validation).toBeNull();
    else {
      expectClose(historyOf(other, "loss")?.validation, historyOf(run, "loss")?.validation);
      expectClose(mean("validation"), historyOf(run, "mae")?.validation);
    }
    const [{ p, q }, whole] = [two.predict({ a: xa, b: xb }), one.predict(x)];
    expectClose([...p.data], [...whole.slice(0, 1, 1).data]);
    expectClose([...q.data], [...whole.slice(1, 3, 1).data]);
  });

  it("measures as with one of each, whatever the batches", () => {
    const [one, two] = [single(), several()];
    for (const batchSize of [1, 4, 23, 100]) {
      for (const weights of [{}, { sampleWeight }]) {
        const wanted = one.evaluate(x, y, { batchSize, ...weights });
        const got = two.evaluate(all, { batchSize, ...weights });
        expect(got.loss).toBeCloseTo(wanted.loss ?? 0, 5);
        expect(((got.pLoss ?? 0) + 2 * (got.qLoss ?? 0)) / 3).toBeCloseTo(wanted.loss ?? 0, 5);
        expect(((got.pMae ?? 0) + 2 * (got.qMae ?? 0)) / 3).toBeCloseTo(wanted.mae ?? 0, 5);
      }
    }
  });

  it("steps on batches with weights as with one of each", () => {
    const [one, two] = [single(), several()];
    for (const size of [5, 5, 3]) {
      const take = (from: typeof x) => from.slice(0, size);
      const weights = { sampleWeight: sampleWeight.slice(0, size) };
      const wanted = one.trainOnBatch(take(x), take(y), weights);
      const got = two.trainOnBatch({ a: take(xa), b: take(xb) }, { p: take(yp), q: take(yq) }, weights);
      expect(got.loss).toBeCloseTo(wanted.loss ?? 0, 5);
    }
    expectClose([...(two.getWeights()[0]?.data ?? [])], [...(one.getWeights()[0]?.slice(0, 1, 1).data ?? [])]);
  });

  it("is refused rows that do not go together", async () => {
    const net = several();
    const short = { x: { a: xa.slice(0, 9), b: xb }, y: { p: yp, q: yq } };
    await expect(net.fit(short)).rejects.toThrow("got 9 and 23");
    await expect(net.fit(all, { validationData: short })).rejects.toThrow("validation x");
    await expect(net.fit(all, { validationSplit: 0.99 })).rejects.toThrow("validationSplit as a share");
    await expect(net.fit(all, { sampleWeight: [1, 2] })).rejects.toThrow("a number for each of the 23 examples");
  });
});
