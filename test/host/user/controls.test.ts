// Controls that a cell shows: moving one runs the cells again that use it, in place; a training under way is started anew; the file keeps the value.

import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

const cells = [
  `import { datasets, input, layers, sequential } from "nnbook";
const data = datasets.moons({ samples: 400, seed: 1 });`,
  'const units = input.slider("units", { min: 1, max: 64, step: 1, value: 2 });',
  '"twice is " + 2 * units',
  `const model = sequential([layers.dense(units, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
const trainedWith = units;
const run = await model.fit(data, { epochs: 100000, seed: 1 });`,
  '"trained with " + trainedWith',
];

describe("a slider", () => {
  let journey: Journey;
  let frame: Frame;
  beforeAll(async () => {
    journey = await startJourney({ files: { "play.nnbook": notebookText(cells) } });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("moved by key runs the cell that uses it, keeps the focus, and not the one that shows it", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("play.nnbook");
    for (const cell of [0, 1, 2]) {
      await workbench.runCell(cell);
      await workbench.waitForStatus(cell, "success");
    }
    await workbench.outputFrame(':text("twice is 4")');
    frame = await workbench.outputFrame('.control input[type="range"]:enabled');
    const slider = frame.locator('.control input[type="range"]').first();
    await slider.press("ArrowRight");
    await workbench.outputFrame(':text("twice is 6")');
    await slider.press("ArrowRight");
    await workbench.outputFrame(':text("twice is 8")');
    expect(await frame.locator('.control input[type="range"]:focus').count()).toBe(1);
    await journey.picture("30-control");
  });

  test("moved while its training runs starts that anew", async () => {
    const { workbench } = journey;
    await workbench.runCell(3);
    await workbench.outputFrame(".training .bar", 60_000);
    const epoch = async () => Number((await frame.locator(".training .bar").getAttribute("aria-valuenow")) ?? -1);
    await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(20);
    await frame.locator('.control input[type="range"]').first().press("End");
    await workbench.outputFrame(':text("twice is 128")');
    await frame.locator(".training .action .button").first().click({ timeout: 30_000 });
    await workbench.waitForStatus(3, "success", 15_000);
    await workbench.runCell(4);
    await workbench.outputFrame(':text("trained with 64")');
    await journey.picture("31-control-training");
  });

  test("stands in the file as it was moved", async () => {
    await journey.workbench.page.keyboard.press("Control+s");
    const file = path.join(journey.folder, "play.nnbook");
    await expect.poll(() => readFile(file, "utf8"), { timeout: 15_000 }).toMatch(/"max": 64,[^}]*"value": 64/);
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});
