// A kernel is told what trainings record that do not say it themselves; one that says it gets what it asked for.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession({ traceDetail: () => "full" });
}, 60_000);
afterAll(() => kernel.dispose());

const train = (options: string) => `
  import { datasets, layers, sequential } from "nnbook";
  const model = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(1)]);
  model.compile({ loss: "mse", optimizer: "sgd" });
  const run = await model.fit(datasets.xor({ samples: 16, seed: 1 }), { epochs: 1${options} });
  [run.layers[0].histograms !== null, run.trace.steps.length > 0].join(" ")
`;

test("the setting is the default of fit, and no more", async () => {
  expect(await kernel.value(train(""))).toBe("'true true'");
  expect(await kernel.value(train(', trace: "summary"'))).toBe("'false true'");
  expect(await kernel.value(train(", trace: false"))).toBe("'false false'");
}, 60_000);

test("a kernel says what computes in it", async () => {
  await kernel.value("1");
  const started = kernel.events.find((event) => event.kind === "kernelStarted");
  expect(started).toMatchObject({ node: process.version, backend: expect.stringMatching(/^(simd-\w+|plain)$/) });
}, 60_000);
