// Real kernels whose computations several threads share: helpers start, results are the same, and nothing outlives a stop or a restart.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
let marks = "";
beforeAll(async () => {
  kernel = await startTestSession({ threads: () => 3 });
  marks = path.join(kernel.bundles.workFolder, "helpers");
  // Each helper leaves a mark as it starts.
  const mark = `require("node:fs").appendFileSync(${JSON.stringify(marks)}, "x");\n`;
  const file = path.join(kernel.bundles.distFolder, "computeWorker.cjs");
  const code = readFileSync(file, "utf8");
  writeFileSync(
    file,
    code.replace(/^("use strict";)?/, (start) => `${start}${mark}`),
  );
}, 60_000);
afterAll(() => kernel.dispose());

const train = `
  import { layers, Random, sequential, tensor, useThreads } from "nnbook";
  const random = new Random(1);
  const x = tensor(random.normalFloats(128 * 300), { shape: [128, 300] });
  const y = tensor(random.normalFloats(128 * 40), { shape: [128, 40] });
  function train(steps) {
    const model = sequential([layers.dense(300, { activation: "tanh" }), layers.dense(40)], { seed: 2 });
    model.compile({ loss: "mse", optimizer: "adam" });
    let loss = 0;
    for (let step = 0; step < steps; step++) loss = model.trainOnBatch(x, y).loss;
    return loss;
  }
`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function vanished(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("helpers start with the first long computation, and change no bit", async () => {
  expect(existsSync(marks)).toBe(false);
  const shared = await kernel.value(`${train}\ntrain(40)`);
  expect(await kernel.value("useThreads(1); train(40)")).toBe(shared);
  await kernel.value("useThreads(3); train(5)");
  // On a busy machine helpers take their time to start.
  while (readFileSync(marks, "utf8").length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("a stopped computation leaves the kernel able to compute", async () => {
  const before = await kernel.value("train(10)");
  for (let each = 0; each < 3; each++) {
    const running = kernel.run("for (;;) train(3)");
    await new Promise((resolve) => setTimeout(resolve, 300));
    await kernel.session.interrupt();
    expect(await running).toMatchObject({ kind: "interrupted" });
    expect(await kernel.value("train(10)")).toBe(before);
  }
});

test("a restart ends the kernel with its helpers while they work", async () => {
  const pid = kernel.session.kernelPid ?? 0;
  expect(isRunning(pid)).toBe(true);
  const running = kernel.run("for (;;) train(3)");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await kernel.session.restart();
  expect(await running).toMatchObject({ kind: "lost" });
  await vanished(pid);
  expect(await kernel.value(`${train}\ntypeof train(2)`)).toBe("'number'");
});

test("process.exit ends the kernel with its helpers", async () => {
  const pid = kernel.session.kernelPid ?? 0;
  expect(await kernel.run("train(3); process.exit(0)")).toMatchObject({ kind: "lost" });
  await vanished(pid);
});
