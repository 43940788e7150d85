// A program that trains random models and prints for each what its numbers are, to the bit: run in processes of its own.

import { createHash } from "node:crypto";
import { type BackendName, useBackend } from "../../../src/engine/index.ts";
import { randomTraining } from "./randomTrainings.ts";
import { type Outcome, trainByFit, trainOnBatches } from "./waysToTrain.ts";

function bitsOf(outcomes: readonly Outcome[]): string {
  const hash = createHash("sha256");
  for (const { losses = [], gradients = [], weights, predictions = [] } of outcomes)
    for (const numbers of [losses, gradients, weights, predictions].flat()) hash.update(Float64Array.from(numbers));
  return hash.digest("hex");
}

const [backend, ...seeds] = process.argv.slice(2);
useBackend(backend as BackendName);
for (const seed of seeds) {
  const training = randomTraining(Number(seed));
  console.log(bitsOf([trainOnBatches(training), await trainByFit(training, "full", true)]));
}
