// A training in a kernel as it is watched: frames, pictures, reports, stops, and what a next cell goes on with.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../../test/support/testSession.ts";
import type { SessionEvent } from "../../session/sessionEvents.ts";
import { foldTraining } from "../../shared/trainingFold.ts";
import { type TrainingView, viewMimeTypes } from "../../shared/views.ts";

let kernel: TestSession;
/** A training that stops by itself has all the time of a busy machine for it. */
let trainingGraceMs = 600_000;
const prelude = `import { datasets, layers, sequential, show } from "nnbook";
    const data = datasets.moons({ samples: 200, seed: 1 }).split({ validation: 0.25, seed: 1 });
    function network() {
      const model = sequential([layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
      model.compile({ loss: "binaryCrossentropy", optimizer: "sgd", metrics: ["acc"] });
      return model;
    }`;
beforeAll(async () => {
  kernel = await startTestSession({ trainingGraceMs: () => trainingGraceMs });
  await kernel.run(prelude);
}, 60_000);
afterAll(() => kernel.dispose());

type Events<Kind extends SessionEvent["kind"]> = readonly Extract<SessionEvent, { kind: Kind }>[];

/** Until the training that runs has an epoch behind it. */
async function untilEpochsDone(): Promise<void> {
  while ((await kernel.until("trainingProgressed")).frame.epochsDone === 0);
}

/** Events of the newest cell. */
function newest<Kind extends SessionEvent["kind"]>(kind: Kind): Events<Kind> {
  const start = kernel.events.findLastIndex((event) => event.kind === "cellStarted");
  return kernel.events.slice(start).filter((event) => event.kind === kind) as unknown as Events<Kind>;
}

function finalView(): TrainingView {
  const updated = newest("displayUpdated").at(-1);
  return updated?.output.items[viewMimeTypes.training] as unknown as TrainingView;
}

const long = "const model = network(); const run = await model.fit(data, { epochs: 100_000, seed: 1 });";

test("frames come in order, at most ten a second, and fold into the final view", async () => {
  const started = performance.now();
  await kernel.run("await network().fit(data, { epochs: 150, batchSize: 8, seed: 1 })");
  const seconds = (performance.now() - started) / 1000;
  const [begin] = newest("trainingStarted");
  const frames = newest("trainingProgressed").map(({ frame }) => frame);
  expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, index) => index + 1));
  expect(frames.length).toBeGreaterThan(1);
  expect(frames.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  const view = begin?.view;
  if (view === undefined) throw new Error("no trainingStarted");
  expect(view).toMatchObject({ state: "running", epochs: { done: 0, planned: 150 } });
  // The strip over time is told at the end, once.
  const { history, ...final } = finalView();
  expect(history?.gradients).toHaveLength(2);
  // The outcome is the last display's to tell.
  expect({ ...frames.reduce(foldTraining, view), state: "finished", sentence: null }).toEqual({
    ...final,
    sentence: null,
  });
  expect(final.metrics[0]?.train).toHaveLength(150);
});

test("a fit shows one output, which is updated at its end, with text beside the picture", async () => {
  await kernel.run("const quiet = await network().fit(data, { epochs: 3, seed: 1 });");
  const displayed = newest("displayed");
  expect(displayed).toHaveLength(1);
  expect(newest("displayUpdated").map(({ displayId }) => displayId)).toEqual([displayed[0]?.displayId]);
  expect(finalView().state).toBe("finished");
  expect(newest("displayUpdated")[0]?.output.items["text/plain"]).toMatch(/loss/i);
});

test("the same cell gives its runs the same ids, each of its fits another", async () => {
  const cell = "for (let i = 0; i < 2; i++) await network().fit(data, { epochs: 1, seed: i + 1 });";
  await kernel.run(cell);
  const first = newest("trainingStarted").map(({ view }) => view.runId);
  await kernel.run(cell);
  expect(newest("trainingStarted").map(({ view }) => view.runId)).toEqual(first);
  expect(first[0]).toMatch(/^fit-[0-9a-f]{8}-1$/);
  expect(first[1]).toBe(first[0]?.replace(/1$/, "2"));
});

test("a report says where in the cell each layer was made", async () => {
  await kernel.run(
    'const placed = sequential([\n  layers.dense(3, { activation: "relu" }),\n  layers.dense(1),\n]);\nplaced.compile({ loss: "mse", optimizer: "sgd" });\nawait placed.fit(data, { epochs: 1, seed: 1 });',
  );
  const { cellId } = newest("cellStarted")[0] ?? { cellId: "" };
  const report = newest("runReported").at(-1)?.report;
  expect(report?.layers.map(({ place }) => place)).toEqual([
    { cellId, line: 2, column: 10 },
    { cellId, line: 3, column: 10 },
  ]);
});

test("a stopped training returns its run, and the cell goes on", async () => {
  const running = kernel.value(`${long} run.state`);
  const { view } = await kernel.until("trainingStarted");
  kernel.session.stopTraining("fit-of-another-run");
  await untilEpochsDone();
  expect(kernel.session.state).toBe("busy");
  kernel.session.stopTraining(view.runId);
  expect(await running).toBe("'stopped'");
  expect(finalView().state).toBe("stopped");
});

test("an interrupt ends the training between two steps, and the cell with it; the model keeps its run", async () => {
  const running = kernel.run(`${long} const after = "reached"; console.log(after)`);
  await untilEpochsDone();
  await kernel.session.interrupt();
  expect(await running).toEqual({ kind: "interrupted", how: "training" });
  expect(finalView().state).toBe("stopped");
  expect(kernel.printed()).toBe("");
  expect(await kernel.value("[model.run.state, model.run.steps.done > 0]")).toBe("[ 'stopped', true ]");
  expect(await kernel.value("(await model.fit(data, { epochs: 1, seed: 1 })).state")).toBe("'finished'");
});

const resumed = `{
    const run = await model.run.resume({ epochs: model.run.epochs.done + 3 });
    const whole = network();
    await whole.fit(data, { epochs: run.epochs.done, seed: 1 });
    const bits = (net) => JSON.stringify([net.run.loss, net.getWeights().map((weight) => weight.toArray())]);
    console.log(run.state, bits(model) === bits(whole));
  }`;

test("a training that was interrupted goes on from the next cell, to the bit, and is shown there with all it was", async () => {
  const running = kernel.run(long);
  await untilEpochsDone();
  await kernel.session.interrupt();
  await running;
  expect(await kernel.run(resumed)).toMatchObject({ kind: "succeeded" });
  expect(kernel.printed()).toBe("finished true\n");
  const [shown] = newest("trainingStarted");
  expect(shown?.view.epochs.done).toBeGreaterThan(0);
  expect(shown?.view.metrics[0]?.train).toHaveLength(shown?.view.epochs.done ?? -1);
  expect(newest("displayUpdated").map(({ output }) => output.items["text/plain"])[0]).toMatch(/finished|loss/i);
});

test("a cell that trains very often shows its first fifty trainings, and says so", async () => {
  await kernel.run(
    "const many = []; for (let i = 0; i < 60; i++) many.push(await network().fit(data, { epochs: 1, seed: 1 }));",
  );
  expect(newest("trainingStarted")).toHaveLength(50);
  expect(newest("displayUpdated")).toHaveLength(50);
  expect(kernel.outputs().at(-1)?.items["text/plain"]).toMatch(/trained more than 50 times/);
  expect(await kernel.value("[many.length, many[59].state]")).toBe("[ 60, 'finished' ]");
});

test("a cell that displays very much shows its first values, and says so", async () => {
  await kernel.run("for (let i = 0; i < 2000; i++) display(i)");
  expect(kernel.outputs()).toHaveLength(501);
  expect(kernel.outputs().at(-1)?.items["text/plain"]).toMatch(/more than 500 values/);
});

test("pictures of runs, functions and models are shown as their views, with text", async () => {
  await kernel.run("const shown = network(); const done = await shown.fit(data, { epochs: 2, seed: 1 });");
  for (const [source, mime] of [
    ["show.gradients(done)", viewMimeTypes.gradients],
    ["show.training(done)", viewMimeTypes.training],
    ['show.activation("relu", { layer: done.layers[0] })', viewMimeTypes.activation],
    ["show.summary(shown)", viewMimeTypes.summary],
    ["shown.summary()", viewMimeTypes.summary],
  ] as const) {
    await kernel.run(source);
    const items = kernel.outputs().at(-1)?.items ?? {};
    expect(Object.keys(items)).toEqual([mime, "text/plain"]);
    expect(String(items["text/plain"]).length).toBeGreaterThan(20);
  }
});

test("a picture of something else says what it takes and what to write", async () => {
  await kernel.run(
    "const untrained = network(); const trained = network(); await trained.fit(data, { epochs: 1, seed: 1 });",
  );
  for (const [source, message] of [
    [
      "show.gradients(untrained as never)",
      "show.gradients: expected a run, as fit returns, got a Model. Train it first: const run = await model.fit(…).",
    ],
    [
      "show.training(trained as never)",
      "show.training: expected a run, as fit returns, got a Model. Its newest run is model.run.",
    ],
    [
      "show.gradients(undefined as never)",
      "show.gradients: expected a run, as fit returns, got undefined. Give what a training returned: const run = await model.fit(…).",
    ],
    [
      "show.summary(trained.run as never)",
      "show.summary: expected a model, got a Run. A run knows its model: run.model.",
    ],
  ] as const)
    expect(await kernel.run(source)).toMatchObject({ kind: "failed", error: { name: "ValueError", message } });
});

test("display shows in the middle of a cell, before what follows", async () => {
  await kernel.run('import { display } from "nnbook"; console.log("before"); display([1, 2]); console.log("after"); 3');
  const order = kernel.events.filter(({ kind }) => kind === "streamed" || kind === "displayed").slice(-4);
  expect(order).toMatchObject([
    { text: "before\n" },
    { output: { items: { "text/plain": "[ 1, 2 ]" } } },
    { text: "after\n" },
    { output: { items: { "text/plain": "3" } } },
  ]);
});

describe("where a callback holds the training up", () => {
  beforeAll(async () => {
    trainingGraceMs = 100;
    await kernel.session.restart();
    await kernel.run(prelude);
  }, 60_000);

  test("a training whose callback was ended from outside goes on too", async () => {
    const running = kernel.run(`const model = network(); let isHeld = true;
      await model.fit(data, { epochs: 3, seed: 1, callbacks: [{ onStepEnd({ step }) { if (step === 5) console.log("held"); while (isHeld && step === 5); } }] });`);
    await kernel.until("streamed");
    await kernel.session.interrupt();
    expect(await running).toEqual({ kind: "interrupted", how: "terminated" });
    expect(await kernel.value("isHeld = false; [model.run.state, model.run.steps.done]")).toBe("[ 'stopped', 5 ]");
    expect(await kernel.run(resumed)).toMatchObject({ kind: "succeeded" });
    expect(kernel.printed()).toBe("finished true\n");
  });

  test("an interrupt ends a training that its own callback holds up", async () => {
    const running = kernel.run(
      'const held = network(); await held.fit(data, { epochs: 3, seed: 1, callbacks: [{ onStepEnd() { console.log("held"); for (;;); } }] });',
    );
    await kernel.until("streamed");
    await kernel.session.interrupt();
    expect(await running).toEqual({ kind: "interrupted", how: "terminated" });
    expect(finalView().state).toBe("stopped");
    expect(await kernel.value("held.layers.length")).toBe("2");
  });
});
