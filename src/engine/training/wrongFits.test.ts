// Mistakes in what is asked of `fit` are told of in its own words.

import { expect, it } from "vitest";
import { layers, sequential } from "../index.ts";
import { numbers } from "./twins.testing.ts";

function compiled() {
  const net = sequential([layers.dense(2)], { seed: 1 });
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}
const [x, y] = [numbers([8, 3]), numbers([8, 2])];

it("validation data are given once", async () => {
  await expect(compiled().fit(x, y, { validationData: [x, y], validationSplit: 0.5 })).rejects.toThrow(
    "fit: expected validationData or validationSplit, got both.",
  );
});

it("a callback answers stop, or something that is no text", async () => {
  const answering = (answer: unknown) => ({ callbacks: [{ onEpochEnd: () => answer as undefined }], epochs: 3 });
  const halted = compiled().fit(x, y, answering("halt"));
  await expect(halted).rejects.toThrow('fit: expected a callback to answer "stop" or nothing, got "halt".');
  expect((await compiled().fit(x, y, answering(7))).epochs.done).toBe(3);
  expect((await compiled().fit(x, y, answering("stop"))).epochs.done).toBe(1);
});
