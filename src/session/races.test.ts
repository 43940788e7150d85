// Races in a real kernel: stopped in every way and taken up again, with variants that throw or diverge, and as large as races get.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";
import { foldRace } from "../shared/raceFrames.ts";
import { type OptimizersView, viewMimeTypes } from "../shared/views.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession({}, ["kernel", "kernelWorker", "jobWorker", "computeWorker", "languageWorker"]);
  await kernel.value(`
    import { compare, datasets, layers, newestRace, optimizers, sequential } from "nnbook";
    const data = datasets.moons({ samples: 200, seed: 1 });
    const model = sequential([layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
    const plan = { model, data, loss: "binaryCrossentropy", optimizers: ["sgd", "adam"], seeds: 2, trace: "off" };
    const losses = (race) => JSON.stringify(race.variants.map(({ laps }) => laps.map(({ loss }) => [loss.length, loss.at(-1)])));
    0`);
}, 60_000);
afterAll(() => kernel.dispose());

/** What was told of races since the newest cell began. */
function views(): readonly OptimizersView[] {
  const newest = new Map<string, OptimizersView>();
  return kernel.events.flatMap((event) => {
    const known = event.kind === "raceProgressed" ? newest.get(event.frame.raceId) : undefined;
    const view =
      event.kind === "raceProgressed"
        ? known && foldRace(known, event.frame)
        : event.kind === "displayed" || event.kind === "displayUpdated"
          ? (event.output.items[viewMimeTypes.optimizers] as unknown as OptimizersView | undefined)
          : undefined;
    if (view === undefined) return [];
    newest.set(view.raceId, view);
    return [view];
  });
}

async function running(): Promise<string> {
  const before = views().length;
  for (let tries = 0; ; tries++) {
    if (tries > 1000) throw new Error("No race was told of within 20 seconds.");
    const newest = views()
      .slice(before)
      .findLast(({ racers }) => racers.some(({ steps }) => steps.length > 20));
    if (newest !== undefined) return newest.raceId;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const epochs = 4000;
let whole: string | undefined;

test("its stop button ends a race and its cell goes on; resumed, it comes to what it would have come to", async () => {
  whole = await kernel.value(`losses(await compare({ ...plan, epochs: ${epochs} }))`);
  const cell = kernel.run(`const race = await compare({ ...plan, epochs: ${epochs} });\nrace.state`);
  kernel.session.stopTraining(await running());
  expect(await cell).toMatchObject({ kind: "succeeded" });
  expect(await kernel.value("race.state")).toBe("'stopped'");
  expect(await kernel.value("losses(await race.resume())")).toBe(whole);
}, 40_000);

test("a stopped cell leaves its race to be resumed", async () => {
  const cell = kernel.run(`const other = await compare({ ...plan, epochs: ${epochs} });`);
  await running();
  await kernel.session.interrupt();
  expect(await cell).toMatchObject({ kind: "interrupted" });
  expect(await kernel.value("newestRace().state")).toBe("'stopped'");
  expect(await kernel.value("losses(await newestRace().resume())")).toBe(whole);
}, 40_000);

test("stopped again and again, also while it is resumed, it still comes to the same", async () => {
  for (let round = 0; round < 3; round++) {
    const cell = kernel.run(
      round === 0 ? `await compare({ ...plan, epochs: ${epochs} })` : "await newestRace().resume()",
    );
    const raceId = await running();
    if (round % 2 === 0) await kernel.session.interrupt();
    else kernel.session.stopTraining(raceId);
    await cell;
  }
  expect(await kernel.value("losses(await newestRace().resume())")).toBe(whole);
}, 40_000);

test("a race may be begun anew in the place of one that was stopped, as a control does", async () => {
  for (let round = 0; round < 3; round++) {
    const cell = kernel.run("await compare({ ...plan, epochs: 100000 })");
    await running();
    await kernel.session.interrupt();
    expect(await cell).toMatchObject({ kind: "interrupted" });
  }
  expect(await kernel.value(`losses(await compare({ ...plan, epochs: ${epochs} }))`)).toBe(whole);
}, 40_000);

test("a variant that throws is named, and the next race runs", async () => {
  const failed = await kernel.run(`
    let calls = 0;
    await compare({ ...plan, optimizers: undefined, epochs: 5, variants: {
      fine: { optimizer: "sgd" },
      broken: { optimizer: "sgd", loss: (y, p) => { if (++calls > 3) throw new Error("no more"); return p.sub(y).square().mean(); } },
    } })`);
  expect(failed).toMatchObject({
    kind: "failed",
    error: { message: expect.stringMatching(/no more This is in the variant .broken/) },
  });
  expect(views().at(-1)?.state).toBe("failed");
  expect(await kernel.value(`losses(await compare({ ...plan, epochs: ${epochs} }))`)).toBe(whole);
}, 40_000);

test("a variant that diverges ends alone, and is said to", async () => {
  const told = await kernel.value(`
    const linear = sequential([layers.dense(1)]);
    const wild = await compare({ ...plan, model: linear, loss: "mse", optimizers: { wild: optimizers.sgd({ learningRate: 1e20 }), sgd: "sgd" }, epochs: 5 });
    JSON.stringify(wild.variants.map(({ laps }) => laps.map(({ state }) => state)))`);
  expect(told).toBe(`'[["diverged","diverged"],["finished","finished"]]'`);
  expect(
    views()
      .at(-1)
      ?.sentence.messages.map(({ id }) => id),
  ).toContain("raceDiverged");
}, 40_000);

test("twenty optimizers with ten seeds are live in small messages, and stop at once", async () => {
  const seen = views().length;
  const cell = kernel.run(`await compare({ ...plan, seeds: 10, epochs: 100000,
    optimizers: Object.fromEntries(Array.from({ length: 20 }, (_, index) => ["rate " + index, optimizers.sgd({ learningRate: 0.01 * (index + 1) })])) })`);
  const raceId = await running();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  kernel.session.stopTraining(raceId);
  expect(await cell).toMatchObject({ kind: "succeeded" });
  const sizes = views()
    .slice(seen)
    .map((view) => JSON.stringify(view).length);
  expect(Math.max(...sizes)).toBeLessThan(300_000);
}, 40_000);
