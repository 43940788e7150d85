// A long training, watched while it runs: the chart moves and does not jump; its stop button ends it and keeps the model.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type Journey,
  notebookText,
  pictureOfFailure,
  type RecordingWindow,
  recordTraining,
  startJourney,
} from "./journey.ts";

const setUp = `import { datasets, layers, sequential } from "nnbook";
const data = datasets.digits().standardize().split({ validation: 0.2, seed: 1 });
const model = sequential([
  layers.dense(32, { activation: "sigmoid" }),
  layers.dense(32, { activation: "sigmoid" }),
  layers.dense(10, { activation: "softmax" }),
]);
model.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });`;

describe("a training that lasts", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = {
      "long.nnbook": notebookText([
        setUp,
        "const run = await model.fit(data, { epochs: 100000, batchSize: 32, seed: 1 });",
        "'kept ' + (run.epochs.done > 0 && model.evaluate(data.validation).loss < 10)",
      ]),
    };
    journey = await startJourney({ files: { ...files, "other.nnbook": notebookText(["1 + 1"]) } });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("moves before the reader's eyes while its cell runs", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("long.nnbook");
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await workbench.runCell(1);
    const frame = await workbench.outputFrame(".training .bar", 60_000);
    await frame.evaluate(recordTraining);
    const seen = () => frame.evaluate(() => (window as unknown as RecordingWindow).seenWhileTraining);
    await expect.poll(async () => (await seen()).states.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
    expect(await workbench.cellStatus(1)).toBe("executing");
    await journey.picture("10-live");
    const { states, pictures, heights } = await seen();
    expect(pictures.length, states.join(" | ")).toBeGreaterThanOrEqual(3);
    expect(heights, "the view jumps").toHaveLength(1);
  });

  test("goes on where it is after it was scrolled away, and hidden behind another tab", async () => {
    const { workbench, page } = journey;
    const goesOn = async (what: string) => {
      const bar = (await workbench.outputFrame(".training .bar", 60_000)).locator(".training .bar").first();
      const epoch = async () => Number((await bar.getAttribute("aria-valuenow")) ?? -1);
      const before = await epoch();
      await expect.poll(epoch, { timeout: 60_000, message: what }).toBeGreaterThan(before);
    };
    await workbench.scrollTo(0);
    await workbench.scrollToCell(1);
    await goesOn("scrolled away and back");
    await workbench.openFromExplorer("other.nnbook");
    await expect.poll(() => page.locator(".tab.active", { hasText: "other.nnbook" }).count()).toBe(1);
    await page.locator(".tab", { hasText: "long.nnbook" }).first().click();
    await goesOn("hidden and shown");
    expect(await workbench.cellStatus(1)).toBe("executing");
    await journey.picture("12-shown-again");
  });

  test("ends at its own stop button, and the cells after it have the model", async () => {
    const { workbench } = journey;
    const frame = await workbench.outputFrame(".training .action .button");
    await frame.locator(".training .action .button").first().click();
    await workbench.waitForStatus(1, "success", 15_000);
    await workbench.outputFrame(".training .bar.still");
    await journey.picture("11-training-stopped");
    await workbench.runCell(2);
    await workbench.waitForStatus(2, "success");
    await workbench.outputFrame(':text("kept true")');
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});
