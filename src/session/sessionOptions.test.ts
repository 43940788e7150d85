// What a session tells its kernel at the start, and what it tells a log.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";
import type { SessionMoment } from "./sessionMoments.ts";

const moments: SessionMoment[] = [];
let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession({ traceDetail: () => "full", onMoment: (moment) => moments.push(moment) });
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

test("a log is told when kernels come and go, and how cells ended", async () => {
  await kernel.value("1");
  moments.length = 0;
  await kernel.run("throw new Error('no')");
  const endless = kernel.run("while (true);");
  await kernel.until("cellStarted");
  await kernel.session.interrupt();
  await endless;
  await kernel.session.restart();
  await kernel.value("2");
  await kernel.run("process.exit(3)");
  const ms = expect.any(Number);
  expect(moments).toEqual([
    { kind: "cellEnded", label: expect.stringMatching(/^Cell \d+$/), outcome: "failed", ms },
    { kind: "stopAsked", label: expect.any(String) },
    { kind: "cellEnded", label: expect.any(String), outcome: "interrupted", ms },
    { kind: "kernelEnded", reason: "restarted" },
    expect.objectContaining({ kind: "kernelStarted", node: process.version, ms }),
    { kind: "cellEnded", label: expect.any(String), outcome: "succeeded", ms },
    { kind: "kernelDied", death: expect.objectContaining({ kind: "exitCalled", code: 3 }) },
    { kind: "cellEnded", label: expect.any(String), outcome: "lost", ms },
  ]);
}, 60_000);
