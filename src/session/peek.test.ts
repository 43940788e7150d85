// Looking at the variables of a real kernel: while a loop never ends, after a stop, a restart and a death.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";
import type { VariableInfo } from "../shared/peekProtocol.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
}, 120_000);
afterAll(() => kernel?.dispose());

async function list(...path: string[]): Promise<readonly VariableInfo[] | string> {
  const peeked = await kernel.session.peek({ kind: "listParts", paths: [path], order: "defined" });
  return peeked.kind === "answered" ? (peeked.answer[0]?.parts ?? []) : peeked.kind;
}

async function textOf(name: string): Promise<string | undefined> {
  const found = await list();
  return typeof found === "string" ? found : found.find((each) => each.name === name)?.value;
}

/** Asks until the answer is as wanted. */
async function until(name: string, is: (value: string | undefined) => boolean): Promise<string | undefined> {
  for (;;) {
    const value = await textOf(name);
    if (is(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("without a kernel there is nothing to see", async () => {
  expect(await list()).toBe("noKernel");
});

test("variables of cells are listed with the cell that declared them; what the kernel brings along is not", async () => {
  await kernel.value('import { tensor } from "nnbook";\nconst x = tensor([[1, 2], [3, 4]]);\nlet counter = 0;');
  expect(await list()).toMatchObject([
    { name: "x", type: "Tensor", shape: [2, 2], cellId: "cell:1" },
    { name: "counter", value: "0" },
    { step: ":imports", value: "1" },
  ]);
  await kernel.value("let counter = 1;");
  expect((await list()) as readonly VariableInfo[]).toMatchObject([{ name: "x" }, { cellId: "cell:2" }, {}]);
});

test("a variable that a busy loop changes is seen to change, and the loop goes on", async () => {
  const running = kernel.run("while (counter >= 0) counter++;");
  const first = Number(await until("counter", (value) => Number(value) > 1));
  expect(Number(await until("counter", (value) => Number(value) > first))).toBeGreaterThan(first);
  expect(kernel.session.state).toBe("busy");
  await kernel.session.interrupt();
  expect(await running).toMatchObject({ kind: "interrupted" });
  expect(Number(await textOf("counter"))).toBeGreaterThan(first);
}, 60_000);

test("a run can be asked for its numbers at a step, and for its diagnosis", async () => {
  await kernel.value(`import { sequential, layers, datasets } from "nnbook";
const model = sequential([...Array.from({ length: 6 }, () => layers.dense(8, { activation: "sigmoid" })), layers.dense(3, { activation: "softmax" })]);
model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });
const run = await model.fit(datasets.blobs({ classes: 3, samples: 60 }), { epochs: 5, seed: 1 });`);
  const runId = kernel.events.findLast((event) => event.kind === "runReported")?.report.runId ?? "";
  const peeked = await kernel.session.peek({ kind: "readStatistics", runId, step: 3 });
  expect(peeked).toMatchObject({ kind: "answered", answer: { runId, step: 3, layerCount: 7 } });
  const layer = peeked.kind === "answered" ? peeked.answer?.layers[0] : null;
  expect(layer).toMatchObject({ name: "dense_1", activation: "sigmoid" });
  expect(layer?.measures.meanAbs).toBeGreaterThan(0);
  const diagnosis = await kernel.session.peek({ kind: "diagnoseRun", runId });
  expect(diagnosis).toMatchObject({ kind: "answered", answer: { findings: expect.any(Array) } });
  expect(await kernel.session.peek({ kind: "readStatistics", runId: "none", step: null })).toMatchObject({
    answer: null,
  });
}, 60_000);

test("the layers of a model tell how their gradients fare while it trains", async () => {
  const running = kernel.run(
    "await model.fit(datasets.blobs({ classes: 3, samples: 60 }), { epochs: 1_000_000, seed: 1 });",
  );
  for (let health = ""; !health.includes("gradient vanishes"); ) {
    const layers = await list("model");
    if (typeof layers !== "string") health = layers.find(({ name }) => name === "dense_1")?.value ?? "";
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(kernel.session.state).toBe("busy");
  await kernel.session.interrupt();
  expect(await running).toMatchObject({ kind: "interrupted" });
}, 60_000);

test("after a restart the variables are gone, and whoever asks meanwhile is told", async () => {
  const running = kernel.run("while (true);");
  await kernel.until("cellStarted");
  const asked = list();
  await kernel.session.restart();
  await running;
  expect(["noKernel", "object"]).toContain(typeof (await asked) === "string" ? await asked : "object");
  expect(await list()).toBe("noKernel");
  await kernel.value("const fresh = 1;");
  expect(((await list()) as readonly VariableInfo[]).map(({ name }) => name)).toEqual(["fresh"]);
}, 60_000);

test("a kernel that died has none", async () => {
  await kernel.run("process.exit(3);");
  expect(await list()).toBe("noKernel");
}, 60_000);
