// A newcomer takes the walkthrough: a sample opens beside it, gradients vanish and come back, and each step is marked as done.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, pictureOfFailure, startJourney } from "./journey.ts";

/** Cells of 05-vanishing-gradients.nnbook: all that a reader runs until ReLU stands beside sigmoid. */
const cells = { data: 1, network: 3, sigmoid: 5, gradients: 6, relu: 10 };

describe("the first five minutes", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ widthPx: 1700 });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  /** The ids of the steps that are marked as done. */
  const stepsDone = async () => {
    const marks = await journey.page.locator('[data-done-step-id][aria-checked="true"]').all();
    const ids = await Promise.all(marks.map((mark) => mark.getAttribute("data-done-step-id")));
    return [...new Set(ids.map((id) => id?.split("#").at(-1)))].sort();
  };

  test("the walkthrough shows its steps, with a picture", async () => {
    const { workbench, page } = journey;
    await workbench.runCommand("nnbook: Get Started");
    await expect.poll(() => page.locator(".getting-started-step").count(), { timeout: 30_000 }).toBe(5);
    const picture = page.locator(".getting-started-media img").first();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(400);
    await journey.picture("10-walkthrough");
  });

  test("its first link opens a sample beside it", async () => {
    const { workbench, page } = journey;
    await page
      .locator(".getting-started-step.expanded .monaco-button, .getting-started-step .monaco-button")
      .first()
      .click();
    await workbench.waitForNotebook();
    expect(await page.locator(".getting-started-step").first().isVisible()).toBe(true);
    await expect.poll(stepsDone, { timeout: 15_000 }).toEqual(["open"]);
  });

  test("running it marks what was seen, in this order", async () => {
    const { workbench } = journey;
    const run = async (...indexes: readonly number[]) => {
      for (const index of indexes) {
        await workbench.runCell(index);
        await workbench.waitForStatus(index, "success", 120_000);
      }
    };
    await run(cells.data, cells.network);
    await expect.poll(stepsDone, { timeout: 15_000 }).toEqual(["open", "run"]);
    await run(cells.sigmoid, cells.gradients);
    await expect.poll(stepsDone, { timeout: 15_000 }).toEqual(["open", "read", "run"]);
    await run(cells.relu);
    await expect.poll(stepsDone, { timeout: 15_000 }).toEqual(["cure", "open", "read", "run"]);
    await journey.picture("11-walkthrough-done");
  });
});
