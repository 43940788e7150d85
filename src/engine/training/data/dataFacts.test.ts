// What is found out about data is remembered only as long as nobody can change the data.

import { expect, it } from "vitest";
import { layers, losses, sequential, type Tensor, tensor } from "../../index.ts";

const rows = 1024;

function targets(): Tensor {
  const numbers = Float32Array.from({ length: 4 * rows }, (_, index) => (index % 4 === index % 3 ? 1 : 0));
  return tensor(numbers, { shape: [rows, 4] });
}

async function guessLoss(y: Tensor): Promise<number | null> {
  const model = sequential([layers.dense(4)], { seed: 1 });
  model.compile({ loss: "mse", optimizer: "sgd" });
  const run = await model.fit(tensor(new Float32Array(2 * rows), { shape: [rows, 2] }), y, { batchSize: rows });
  return run.guessLoss;
}

it("the same targets give the same facts, however often they are looked at", async () => {
  const y = targets();
  const first = await guessLoss(y);
  expect(first).toBeGreaterThan(0.1);
  expect(await guessLoss(y)).toBe(first);
  expect(await guessLoss(targets())).toBe(first);
});

it("targets that somebody wrote to are looked at again", async () => {
  const y = targets();
  const first = await guessLoss(y);
  y.data.fill(0);
  expect(await guessLoss(y)).toBe(0);
  y.data.set(targets().data);
  expect(await guessLoss(y)).toBe(first);
});

it("targets that suited the loss are judged again for another output, and when somebody wrote to them", async () => {
  const y = targets();
  const loss = losses.binaryCrossentropy();
  const train = (units: number) => {
    const model = sequential([layers.dense(units, { activation: "sigmoid" })], { seed: 1 });
    model.compile({ loss, optimizer: "sgd" });
    return model.fit(tensor(new Float32Array(2 * rows), { shape: [rows, 2] }), y, { batchSize: rows });
  };
  for (let time = 0; time < 2; time++) expect((await train(4)).state).toBe("finished");
  await expect(train(5)).rejects.toThrow(`expected targets [batch, 5], got [${rows}, 4]`);
  y.data[9] = 7;
  await expect(train(4)).rejects.toThrow("expected targets from 0 to 1, got 7 at row 2");
});
